"""The counters of discussions and threads: moved with every change of state, in the same transaction."""

from django.db.models import F

from .models import Comment, Discussion
from .workflow import State

COUNTED = {State.SHOWN: "shown_count", State.HELD: "held_count"}


def move(comment: Comment, before: str | None, after: str) -> None:
    """Count a comment out of one state and into another; `before` is None for a new one."""
    if before == after:
        return
    steps: dict[str, int] = {}
    for state, step in ((before, -1), (after, 1)):
        if state in COUNTED:
            steps[COUNTED[State(state)]] = step
    if steps:
        changes = {name: F(name) + step for name, step in steps.items()}
        Discussion.objects.filter(pk=comment.discussion_id).update(**changes)
    shown = (after == State.SHOWN) - (before == State.SHOWN)
    if comment.root_id and shown:
        Comment.objects.filter(pk=comment.root_id).update(shown_replies=F("shown_replies") + shown)
