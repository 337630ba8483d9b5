"""What a card at the desk shows beside a comment: loaded for a page of them, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.utils.safestring import SafeString

from newsroom.lib.people import Person

from ..markup import highlighted
from ..models import Comment, Glance, Report
from ..models.comment import CommentQuerySet
from ..reading import with_stories
from ..watching import Offer, offers
from ..workflow import Severity, State

# Of whoever has said no more than so much it is told which of their comments this is.
FEW = 20
# So many others between two of the worst.
BETWEEN = 3
TOLD = (State.SHOWN, State.HELD, State.REJECTED)


@dataclass(frozen=True)
class History:
    """What somebody has said until now, by state; and which of their comments this one is, 0 where nobody counts."""

    counts: Counter[str]
    number: int = 0

    def __str__(self) -> str:
        total = self.counts.total()
        if total == 1:
            return "first comment"
        told = ", ".join(f"{self.counts[state]:,} {state.value}" for state in TOLD if self.counts[state])
        return f"comment {self.number} of {total}: {told}" if self.number else f"{total:,} comments: {told}"


@dataclass(frozen=True)
class Card:
    """A comment with all one needs to rule on it; `beside` is the answer to the same comment that stands before it."""

    comment: Comment
    past: History | None = None
    beside: Comment | None = None
    glances: tuple[Glance, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def markup(self) -> SafeString:
        """The words, with what the screens found in them marked."""
        body = self.comment.body
        spans = [span for signal in self.comment.findings for span in signal.matched]
        return highlighted(self.comment.html, [body[start:end] for start, end in spans])


def cards_of(rows: CommentQuerySet, *, most: int, by: Person) -> list[Card]:
    """The cards of the first of these comments, in their order, as one moderator is shown them.

    Ten queries for any number of them.
    """
    told = Prefetch("reports", Report.objects.open().select_related("reporter", "notice"), to_attr="told")
    same = {"root": OuterRef("root"), "parent": OuterRef("parent"), "reply_no__lt": OuterRef("reply_no")}
    before = Comment.objects.shown().filter(**same).order_by("-reply_no").values("pk")[:1]
    # Which they are is asked first: else the planner would make ready for all that follow them, too.
    first = rows.filter(pk__in=rows.values("pk")[:most])
    found = first.with_people().select_related("discussion", "parent__author").annotate(before=Subquery(before))
    comments = with_stories(list(found.prefetch_related(told, "wordings")))
    places = {comment.pk: getattr(comment, "before") for comment in comments}  # noqa: B009  an annotation
    beside = Comment.objects.select_related("author").in_bulk({pk for pk in places.values() if pk})
    pasts, glances, watches = pasts_of(comments), glances_at(comments, by), offers(comments, by)
    return [
        Card(
            comment,
            pasts.get(comment.pk),
            beside.get(places[comment.pk]),
            glances.get(comment.pk, ()),
            watches[comment.pk],
        )
        for comment in comments
    ]


def spread(cards: Sequence[Card]) -> list[Card]:
    """The same cards in their order, but between two of the worst three others, as long as there are any."""
    worst = [card for card in cards if card.comment.severity == Severity.HIGH]
    others = [card for card in cards if card.comment.severity != Severity.HIGH]
    spaced: list[Card] = []
    for place, card in enumerate(worst):
        spaced += [card, *others[place * BETWEEN : (place + 1) * BETWEEN]]
    return spaced + others[len(worst) * BETWEEN :]


def glances_at(comments: Iterable[Comment], person: Person) -> dict[int, tuple[Glance, ...]]:
    """Who else has one of these before them or has gone on from it, by its key, the last first. One query."""
    late = Glance.objects.of_late().by_others(person).filter(comment__in=[comment.pk for comment in comments])
    found: dict[int, tuple[Glance, ...]] = {}
    for one in late.select_related("by").order_by("-at"):
        found[one.comment_id] = (*found.get(one.comment_id, ()), one)
    return found


def pasts_of(comments: Iterable[Comment]) -> dict[int, History]:
    """What the authors of these comments have said, by the keys of the comments; of guests nothing. Two queries."""
    authors = {comment.pk: comment.author_id for comment in comments if comment.author_id}
    said = Comment.objects.filter(author__in=set(authors.values())).order_by()
    counts: dict[int, Counter[str]] = {}
    for author, state, count in said.values_list("author", "state").annotate(Count("pk")):
        counts.setdefault(author, Counter())[state] = count
    of_few = said.filter(author__in=[author for author, known in counts.items() if known.total() <= FEW])
    numbers: dict[int, int] = {}
    reached: Counter[int] = Counter()
    for author, pk in of_few.order_by("posted_at", "pk").values_list("author", "pk"):
        reached[author] += 1
        numbers[pk] = reached[author]
    return {pk: History(counts[author], numbers.get(pk, 0)) for pk, author in authors.items()}
