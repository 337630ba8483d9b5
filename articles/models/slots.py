"""The slots of a story, filled when it is rendered: its corrections, and cards of other stories."""

from dataclasses import replace

from newsroom.lib.facts import shows

from .. import shown
from ..body.references import stories_in
from ..story import Story
from .correction import with_corrections
from .edition import Edition


def with_slots(story: Story) -> Story:
    """The story as it is shown now: one query for corrections, and one more where there are other stories."""
    return with_related(with_corrections(story))


def with_related(story: Story) -> Story:
    """The story with a card for each live story that it refers to or leads to; for any other its place stays empty."""
    wanted = [*stories_in(story.html), *story.onward]
    # Also those that are not there: they may come back.
    shows(shown.onward(story.article_id), *(shown.story(article) for article in wanted))
    if not wanted:
        return story
    live = Edition.objects.live().filter(article__in=wanted).exclude(article=story.article_id).as_cards()
    return replace(story, related={edition.article_id: edition.card for edition in live})
