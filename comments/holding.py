"""Holding what readers see already, without a moderator: for what screens outside say, or for what readers report."""

from collections.abc import Sequence

from django.db import transaction

from .models import Comment, Decision
from .moderation import record
from .screening import Action, Signal, decide
from .signals import comment_ruled
from .workflow import State


def heed(comment: Comment, said: Sequence[Signal], *, may_hold: bool) -> None:
    """Keep signals with a locked comment, each in place of the one before by its rule; hold it if they ask for that.

    With `may_hold` off a person has decided, and the signals stay a note. The decision is on record as the screen's.
    """
    rules = {signal.rule for signal in said}
    kept = [signal for signal in map(Signal.from_json, comment.signals) if signal.rule not in rules]
    verdict, whole = decide(said), decide([*kept, *said])
    comment.signals, comment.severity = [signal.to_json() for signal in whole.signals], whole.severity
    if may_hold and comment.state == State.SHOWN and verdict.action == Action.HOLD:
        comment.held_for, comment.is_flagged = verdict.sentence, False
        rule = max(said, key=lambda signal: (signal.action, signal.severity)).name
        [decision] = record([comment], "hold", to=lambda _: State.HELD, by=None, rule=rule)
        transaction.on_commit(lambda: comment_ruled.send(Decision, decision=decision))
    elif may_hold and comment.state == State.SHOWN and verdict.is_flagged:
        comment.is_flagged = True
    comment.save(update_fields=["signals", "severity", "is_flagged", "held_for"])
