"""The queues of the desk: which comments stand in each, what is said when none does, and how to go on in one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from ..models import Comment
from ..models.comment import CommentQuerySet

MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Queue:
    """One of them, in the order that its queryset method tells of, and what may be ruled on all that is chosen there.

    `is_counted` says whether it can be worked off.
    """

    name: str
    label: str
    rows: Callable[[CommentQuerySet], CommentQuerySet]
    nothing: str
    acts: tuple[str, ...] = ("keep", "reject")
    is_counted: bool = True

    @property
    def url(self) -> str:
        return reverse(f"desk:{self.name}")


EACH = ("approve", "keep", "reject")
QUEUES = (
    Queue("queue", "Held", CommentQuerySet.awaiting, "Nothing waits.", ("approve", "reject")),
    Queue("reported", "Reported", CommentQuerySet.reported, "Nothing is reported."),
    Queue("flagged", "Flagged", CommentQuerySet.flagged, "Nothing is flagged."),
    Queue("illegal", "Illegal?", CommentQuerySet.said_illegal, "Nobody says that anything is against the law.", EACH),
    Queue("errors", "Errors", CommentQuerySet.pointing_to_errors, "No comment points to an error."),
    Queue("popular", "Popular", CommentQuerySet.popular, "Nothing is popular that you have not looked at."),
    Queue("unreviewed", "Unreviewed", CommentQuerySet.unreviewed, "You have looked at everything."),
    Queue("all", "All", CommentQuerySet.newest_first, "There are no comments.", EACH, is_counted=False),
)


def counted(comments: CommentQuerySet) -> str:
    """How many, in digits; "" for none. Beyond a thousand nobody counts on: a queue of any length costs the same."""
    found = comments.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if found > MOST_COUNTED else f"{found:,}" if found else ""


def goes_on(comments: CommentQuerySet) -> bool:
    """Whether a page of these can begin behind a comment: what orders them has to stand in its own row."""
    columns = {field.name for field in Comment._meta.concrete_fields} | {"pk"}
    return {name.lstrip("-") for name in order_of(comments)} <= columns


def order_of(comments: CommentQuerySet) -> list[str]:
    """The names of what orders them, with a minus where the greatest comes first."""
    return [str(name) for name in comments.query.order_by]


def behind(comments: CommentQuerySet, pk: int) -> CommentQuerySet:
    """Of these, in their order, what stands behind the comment `pk`, whatever became of it; all where there is none."""
    last = Comment.objects.filter(pk=pk).first() if pk else None
    if last is None or not goes_on(comments):
        return comments
    steps = [(name.lstrip("-"), "lt" if name.startswith("-") else "gt") for name in order_of(comments)]
    same, further = Q(), []
    for name, way in steps:
        further.append(same & Q((f"{name}__{way}", getattr(last, name))))
        same &= Q((name, getattr(last, name)))
    first, way = steps[0]
    # The bound on the first column alone is what an index can begin at.
    return comments.filter(Q((f"{first}__{way}e", getattr(last, first))) & reduce(or_, further))
