"""The feed of a discussion: what can be read there, newest first, in plain words and with nothing that a spoiler hides.

It says no more than a mail does, for it is read away from the page, where nothing folds.
"""

from django.conf import settings
from django.http import Http404
from django.utils.html import format_html

from articles.feeds import ITEMS, Item, Source, key, view
from articles.models import Edition
from comments import reading, shown
from comments.models import Comment, Discussion
from newsroom.lib.facts import shows


def source(article_id: int) -> Source:
    """The newest comments of a story that readers have now. Raises Http404 for any other."""
    edition = Edition.objects.live().filter(article=article_id).as_cards().first()
    if edition is None:
        raise Http404
    story = edition.card
    said = Comment.objects.shown().filter(discussion__article=article_id).select_related("author")
    comments = list(said.order_by("-seq")[:ITEMS])
    note(article_id, comments)
    items = [entry(comment, story.headline) for comment in comments]
    about = f"What readers say about “{story.headline}”"
    return Source(f"Discussion: {story.headline} · {settings.SITE_NAME}", about, f"{story.path}#discussion", items)


def note(article_id: int, comments: list[Comment]) -> None:
    """Note whose discussion it is, and who speaks."""
    talks = [comment.discussion_id for comment in comments[:1]]
    talks = talks or list(Discussion.objects.filter(article=article_id).values_list("pk", flat=True))
    shows(*(map(shown.talk, talks) if talks else [shown.beginning(article_id)]))
    reading.note_people(comments)


def entry(comment: Comment, headline: str) -> Item:
    return Item(
        key=key("comment", comment.pk),
        title=f"{comment.author_name} on “{headline}”",
        url=settings.SITE_URL + comment.get_absolute_url(),
        summary="",
        html=format_html("<p>{}</p>", comment.plain),
        published_at=comment.posted_at,
        updated_at=comment.edited_at or comment.posted_at,
        authors=(comment.author_name,),
    )


discussion_feed = view(source, "feed/")
