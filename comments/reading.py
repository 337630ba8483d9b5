"""What a page shows of a discussion: a page of threads in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from articles.models import Edition
from articles.story import Card

from .models import Comment, Discussion
from .threads import Node, tree

ROOTS = 20
REPLIES = 12


@dataclass(frozen=True)
class Shown:
    """A discussion on a page; one that nobody has begun has no row yet."""

    article_id: int
    is_open: bool
    count: int
    threads: list[Node] = field(default_factory=list)
    more_url: str = ""


def of_story(story: Card, *, before: int | None = None) -> Shown:
    """The newest threads of a story (older than number `before`, if given): at most four queries."""
    row = Discussion.objects.filter(article=story.article_id).first()
    if row is None:
        edition = Edition.objects.live().filter(article=story.article_id).as_cards().first()
        return Shown(story.article_id, edition is not None and edition.discussion == "open", 0)
    heads = Comment.objects.filter(discussion=row).heads().with_people()
    if before is not None:
        heads = heads.filter(seq__lt=before)
    page = list(heads[: ROOTS + 1])
    more = len(page) > ROOTS
    page = page[:ROOTS]
    more_url = reverse("comments:discussion", args=[story.article_id]) + f"?before={page[-1].seq}" if more else ""
    return Shown(story.article_id, row.is_open, row.shown_count, with_replies(page), more_url)


def with_replies(heads: list[Comment]) -> list[Node]:
    """Threads with their first replies, in one query."""
    first = Q(root__in=[head.pk for head in heads], reply_no__lte=REPLIES)
    replies = list(Comment.objects.filter(first).with_people())
    nodes = tree([*heads, *replies])
    for node in nodes:
        shown = sum(1 for reply in replies if reply.root_id == node.comment.pk and not reply.is_tombstone)
        node.more_replies = max(0, node.comment.shown_replies - shown)
    return nodes


def branch(comment: Comment) -> list[Node]:
    """The whole thread a comment stands in."""
    root = comment.root_id or comment.pk
    return tree(Comment.objects.filter(Q(pk=root) | Q(root=root)).with_people())


def stories_of(comments: Iterable[Comment]) -> dict[int, Card]:
    """The live stories of comments with their discussions, by article id, in one query."""
    articles = {comment.discussion.article_id for comment in comments}
    editions = Edition.objects.live().filter(article__in=articles).as_cards()
    return {edition.article_id: edition.card for edition in editions}
