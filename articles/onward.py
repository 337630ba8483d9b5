"""What to read after a story: chosen when an edition is cut, and again when others go live; never for a reader.

Stories that share its topics come first, the more the better, then the newest of its section.
"""

from collections import Counter
from collections.abc import Iterable

from newsroom.lib.facts import changed
from newsroom.lib.tasks import enqueue

from . import shown
from .models import Edition, EditionTopic
from .story import CARDS

# One more than stands at the end of a story: it is named as the next of its section.
WANTED = CARDS + 1
# Of how many stories the topics are compared, the newest ones.
LOOKED_AT = 200
# How many stories of the same topics, and of the same section, hear of a new one.
TOLD = 12


def onward(article: int, *, section: int, topics: Iterable[int]) -> list[int]:
    """The live stories to go on with, by key, the closest first: at most four. Two queries."""
    links = EditionTopic.objects.live().filter(topic__in=list(topics)).exclude(article=article).newest_first()
    shared = Counter(links.values_list("article", flat=True)[:LOOKED_AT])
    close = [story for story, _ in shared.most_common(CARDS)]
    newest = Edition.objects.live().filter(section=section).exclude(article__in=[article, *close]).newest_first()
    return [*close, *newest.values_list("article", flat=True)[: WANTED - len(close)]]


def tell_neighbours(sender: object, edition: Edition, **more: object) -> None:
    """A story went live: those close to it may lead to it from now on."""
    enqueue(renew_around, article=edition.article_id)


def renew_around(*, article: int) -> None:
    """Choose anew what readers go on with from the stories around this one. Safe to repeat."""
    edition = Edition.objects.live().filter(article=article).as_cards().first()
    if edition is None:
        return
    topics = edition.editiontopics.values_list("topic", flat=True)
    links = EditionTopic.objects.live().filter(topic__in=list(topics)).newest_first()
    near = {*links.values_list("edition", flat=True)[:TOLD]}
    section = Edition.objects.live().filter(section=edition.section_id).newest_first()
    near |= {*section.values_list("pk", flat=True)[:TOLD]}
    for other in Edition.objects.filter(pk__in=near).as_cards().prefetch_related("editiontopics"):
        named = [link.topic_id for link in other.editiontopics.all()]
        found = onward(other.article_id, section=other.section_id, topics=named)
        if found != other.onward:
            Edition.objects.filter(pk=other.pk).update(onward=found)
            changed(shown.onward(other.article_id))
