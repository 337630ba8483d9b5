"""What a page shows of a discussion: a page of threads in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.urls import reverse

from articles import shown as stories_shown
from articles.models import Edition
from articles.story import Card
from newsroom.lib.facts import shows

from . import shown
from .ballot import Ballot, ballot
from .models import Comment, Discussion
from .models.comment import CommentQuerySet
from .models.discussion import CLOSED
from .orders import Edge, Order, Place
from .threads import Node, tree
from .workflow import Mode

ROOTS = 20
REPLIES = 3
# How many more replies come at once, and how many stand above the comment that a permalink leads to.
MORE_REPLIES = 50
ABOVE = 5


@dataclass(frozen=True)
class Shown:
    """A discussion on a page; one that nobody has begun has no row yet. `newest` is the number of its last comment."""

    article_id: int
    closed_because: str
    count: int
    threads: list[Node] = field(default_factory=list)
    more_url: str = ""
    counts: dict[int, int] = field(default_factory=dict)
    order: str = Order.NEWEST
    newest: int = 0
    ballot: Ballot = field(default_factory=Ballot)
    pinned: Comment | None = None
    notices: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        return not self.closed_because

    @property
    def orders(self) -> list[tuple[str, str, str]]:
        """The orders it can be read in: name, label, address."""
        return [(order.value, order.label, address(self.article_id, Place(order))) for order in Order]


def address(article_id: int, place: Place) -> str:
    """Where a page of a story's discussion is read by itself."""
    path = reverse("comments:discussion", args=[article_id])
    return f"{path}?{place.query}" if place.query else path


def of_story(story: Card, *, place: Place | None = None, others: Iterable[Card] = ()) -> Shown:
    """A page of a story's threads, the newest unless told, in two queries, and one where something calms it.

    `others` are stories whose numbers of comments the same page shows.
    """
    place = place or Place()
    asked = [story.article_id, *(other.article_id for other in others)]
    discussions = Discussion.objects.with_what_holds().select_related("pinned__author")
    rows = {row.article_id: row for row in discussions.filter(article__in=asked)}
    shows(
        shown.RULES, *(shown.beginning(article) for article in asked), *(shown.count(row.pk) for row in rows.values())
    )
    counts = {article: row.shown_count for article, row in rows.items()}
    here = rows.get(story.article_id)
    if here is None:
        edition = Edition.objects.live().filter(article=story.article_id).as_cards().first()
        is_open = edition is not None and edition.discussion != Mode.CLOSED
        nothing = ballot(story.answers, (0,) * len(story.answers))
        return Shown(story.article_id, "" if is_open else CLOSED, 0, counts=counts, ballot=nothing)
    shows(shown.talk(here.pk))
    heads = page_of_heads(Comment.objects.filter(discussion=here), place)
    more_url = ""
    if len(heads) > ROOTS:
        left_out, last = heads[ROOTS].pk, heads[ROOTS - 1]
        heads = [comment for comment in heads if left_out not in {comment.pk, comment.root_id}]
        more_url = address(story.article_id, replace(place, after=Edge(last.seq, last.like_count)))
    choices = ballot(story.answers, here.vote_counts)
    return Shown(
        story.article_id,
        here.closed_because,
        here.shown_count,
        threads_of(with_answers(heads, choices)),
        more_url,
        counts,
        place.order,
        here.seq,
        choices,
        here.pinned if here.pinned and not here.pinned.is_tombstone else None,
        here.notices,
    )


def with_answers(comments: list[Comment], choices: Ballot) -> list[Comment]:
    """The comments, each with the words of the answer its author had chosen."""
    note_people(comments)
    for comment in comments:
        comment.answer_text = choices.text(comment.answer)
    return comments


def note_people(comments: Iterable[Comment]) -> None:
    """Note whose names and pictures a page shows with these comments: their authors', and of those they answer."""
    answered = [comment.parent for comment in comments if Comment.parent.is_cached(comment) and comment.parent]
    people = {comment.author_id for comment in (*comments, *answered)}
    shows(stories_shown.AUTHORS, *(shown.person(pk) for pk in people if pk))


def page_of_heads(comments: CommentQuerySet, place: Place) -> list[Comment]:
    """The comments that begin the threads of a page, in order and one more than it has; then the first replies to each.

    One query. A pick stands alone.
    """
    first = comments.in_order(place)
    if place.order == Order.PICKS:
        return list(first.with_people()[: ROOTS + 1])
    keys = first.values("pk")[: ROOTS + 1]
    below = Comment.objects.filter(root__in=keys, reply_no__lte=REPLIES).order_by().with_people()
    both = list(Comment.objects.filter(pk__in=keys).order_by().with_people().union(below, all=True))
    heads = sorted((row for row in both if row.root_id is None), key=KEYS[Order(place.order)])
    return [*heads, *(row for row in both if row.root_id is not None)]


KEYS = {
    Order.NEWEST: lambda comment: -comment.seq,
    Order.OLDEST: lambda comment: comment.seq,
    Order.LIKED: lambda comment: (-comment.like_count, -comment.seq),
}


def threads_of(rows: list[Comment]) -> list[Node]:
    """The threads of a page, each with the number of replies that are not on it."""
    nodes = tree(rows)
    for node in nodes:
        below = [row for row in rows if row.root_id == node.comment.pk]
        here = sum(1 for row in below if not row.is_tombstone)
        node.more_replies = max(0, node.comment.shown_replies - here) if node.comment.root_id is None else 0
        node.last_reply_no = max((row.reply_no for row in below), default=0)
    return nodes


@dataclass(frozen=True)
class Branch:
    """A part of one conversation: its head with replies, and the addresses of those before and after them."""

    head: Node
    before_url: str = ""
    after_url: str = ""

    @property
    def nodes(self) -> list[Node]:
        """What a page shows of it."""
        return [self.head]


def replies_url(root: int, after: int) -> str:
    """Where the replies of a conversation after this one (its `reply_no`) are read by themselves."""
    return f"{reverse('comments:replies', args=[root])}?after={after}"


def replies_after(root: Comment, number: int, choices: Ballot) -> Branch:
    """The replies to the head of a thread that follow one, by its number; one query."""
    rows = list(_replies(root.pk).filter(reply_no__gt=number)[: MORE_REPLIES + 1])
    before = replies_url(root.pk, max(0, number - MORE_REPLIES)) if number else ""
    return _part(root, rows, before, choices)


def around(comment: Comment, choices: Ballot) -> Branch:
    """A comment where it stands: the head of its conversation, what it answers, the replies next to it; one query."""
    if comment.root_id is None:
        return replies_after(comment, 0, choices)
    start = max(0, comment.reply_no - ABOVE - 1)
    near = Q(reply_no__gt=start, reply_no__lte=start + MORE_REPLIES + 1) | Q(pk=comment.parent_id)
    here = Q(near, root=comment.root_id) | Q(pk=comment.root_id)
    root, *rows = Comment.objects.filter(here).order_by("reply_no").with_people()
    before = replies_url(root.pk, max(0, start - MORE_REPLIES)) if start else ""
    return _part(root, rows, before, choices)


def _replies(root: int) -> CommentQuerySet:
    return Comment.objects.filter(root=root).order_by("reply_no").with_people()


def _part(root: Comment, rows: list[Comment], before: str, choices: Ballot) -> Branch:
    """A head with the first of these replies; one too many tells that more follow."""
    shows(shown.RULES, shown.talk(root.discussion_id))
    part = rows[:MORE_REPLIES]
    after = replies_url(root.pk, part[-1].reply_no) if len(rows) > MORE_REPLIES else ""
    nodes = tree(with_answers([root, *part], choices))
    return Branch(nodes[0] if nodes else Node(root), before, after)


def stories_of(comments: Iterable[Comment]) -> dict[int, Card]:
    """The live stories of comments with their discussions, by article id, in one query."""
    articles = {comment.discussion.article_id for comment in comments}
    editions = Edition.objects.live().filter(article__in=articles).as_cards()
    return {edition.article_id: edition.card for edition in editions}


def with_stories(comments: list[Comment]) -> list[Comment]:
    """The comments with their discussions, each with its live story or None as `story`; one query."""
    stories = stories_of(comments)
    for comment in comments:
        comment.story = stories.get(comment.discussion.article_id)
    return comments
