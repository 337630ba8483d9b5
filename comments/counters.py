"""The counters of discussions and threads: moved with every change of state, in the same transaction."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from newsroom.lib.facts import added, changed

from . import shown
from .models import Comment, Discussion
from .workflow import State

COUNTED = {State.SHOWN: "shown_count", State.HELD: "held_count"}


def move(comment: Comment, before: str | None, after: str) -> None:
    """Count a comment out of one state and into another; `before` is None for a new one."""
    move_all([(comment, before, after)])


def move_all(moves: Iterable[tuple[Comment, str | None, str]]) -> None:
    """Count many of them: one UPDATE a discussion and a thread that they belong to."""
    moves = list(moves)
    _tell(moves)
    discussions: dict[int, Counter[str]] = {}
    roots: Counter[int] = Counter()
    for comment, before, after in moves:
        steps = discussions.setdefault(comment.discussion_id, Counter())
        for state, step in ((before, -1), (after, 1)):
            if state in COUNTED:
                steps[COUNTED[State(state)]] += step
        if comment.root_id:
            roots[comment.root_id] += (after == State.SHOWN) - (before == State.SHOWN)
    for pk, steps in discussions.items():
        if changes := {name: F(name) + step for name, step in steps.items() if step}:
            Discussion.objects.filter(pk=pk).update(**changes)
    for pk, step in roots.items():
        if step:
            Comment.objects.filter(pk=pk).update(shown_replies=F("shown_replies") + step)


def _tell(moves: Iterable[tuple[Comment, str | None, str]]) -> None:
    """What comes may come a second late; what goes goes at once, and so does what is said in its place."""
    come: set[str] = set()
    gone: set[str] = set()
    for comment, before, after in moves:
        if before == after:
            continue
        names = {shown.talk(comment.discussion_id)}
        if State.SHOWN in {before, after}:
            names.add(shown.count(comment.discussion_id))
        (come if before is None or after == State.SHOWN else gone).update(names)
    added(*come - gone)
    changed(*gone)
