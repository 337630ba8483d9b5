"""What a page shows of a discussion: a page of threads in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from articles.models import Edition
from articles.story import Card

from .models import Comment, Discussion
from .models.comment import CommentQuerySet
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
    counts: dict[int, int] = field(default_factory=dict)


def of_story(story: Card, *, before: int | None = None, others: Iterable[Card] = ()) -> Shown:
    """The newest threads of a story (older than number `before`, if given), in two queries.

    `others` are stories whose numbers of comments the same page shows.
    """
    asked = [story.article_id, *(other.article_id for other in others)]
    rows = {row.article_id: row for row in Discussion.objects.filter(article__in=asked)}
    counts = {article: row.shown_count for article, row in rows.items()}
    here = rows.get(story.article_id)
    if here is None:
        edition = Edition.objects.live().filter(article=story.article_id).as_cards().first()
        is_open = edition is not None and edition.discussion == "open"
        return Shown(story.article_id, is_open, 0, counts=counts)
    heads = Comment.objects.filter(discussion=here).heads()
    shown = with_replies(heads if before is None else heads.filter(seq__lt=before))
    first = [comment for comment in shown if comment.root_id is None]
    more_url = ""
    if len(first) > ROOTS:
        left_out = first[ROOTS].pk
        shown = [comment for comment in shown if left_out not in {comment.pk, comment.root_id}]
        more_url = f"{reverse('comments:discussion', args=[story.article_id])}?before={first[ROOTS - 1].seq}"
    return Shown(story.article_id, here.is_open, here.shown_count, threads_of(shown), more_url, counts)


def with_replies(heads: CommentQuerySet) -> list[Comment]:
    """The first of these, one more than a page has, then the first replies to each, in one query."""
    first = heads.values("pk")[: ROOTS + 1]
    below = Comment.objects.filter(root__in=first, reply_no__lte=REPLIES).order_by().with_people()
    both = Comment.objects.filter(pk__in=first).order_by().with_people().union(below, all=True)
    return sorted(both, key=lambda comment: (comment.root_id is not None, -comment.seq))


def threads_of(rows: list[Comment]) -> list[Node]:
    """The threads of a page, each with the number of replies that are not on it."""
    nodes = tree(rows)
    for node in nodes:
        shown = sum(1 for row in rows if row.root_id == node.comment.pk and not row.is_tombstone)
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
