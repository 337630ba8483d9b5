"""From signals to a verdict: the worst action wins; staff are logged but not held. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from ..workflow import State


class Action(IntEnum):
    """What a signal asks for, mildest first."""

    NOTE = 0
    HOLD = 1


@dataclass(frozen=True)
class Signal:
    """What one screen found: the rule and its version, what it asks for, what the author is told, the evidence.

    With `advice` the text is handed back once before it counts.
    """

    rule: str
    version: int
    action: Action
    sentence: str
    evidence: str = ""
    advice: str = ""

    def to_json(self) -> dict[str, object]:
        said = {name: value for name, value in vars(self).items() if name != "advice"}
        return {**said, "action": self.action.name.lower()}


@dataclass(frozen=True)
class Screened:
    """The verdict: the state to begin in, the sentence for the author, and every signal."""

    state: State
    sentence: str
    signals: tuple[Signal, ...]

    @property
    def advice(self) -> list[str]:
        """What its author might mend before it counts."""
        return [signal.advice for signal in self.signals if signal.advice]


def decide(signals: Sequence[Signal], *, is_staff: bool) -> Screened:
    """The verdict over all signals."""
    worst = max(signals, key=lambda signal: signal.action, default=None)
    if worst is None or worst.action < Action.HOLD or is_staff:
        return Screened(State.SHOWN, "", tuple(signals))
    return Screened(State.HELD, worst.sentence, tuple(signals))
