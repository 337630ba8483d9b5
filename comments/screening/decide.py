"""From signals to a verdict: the worst action wins; what staff write is logged but not held. Pure.

The verdict hangs on nothing but the signals: from those that a comment keeps it can be told again why it was held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

from ..workflow import Severity, State

# The rule whose signal waives what the others ask for.
STAFF = "staff"

Span = tuple[int, int]


class Action(IntEnum):
    """What a signal asks for, mildest first: a note, a moderator's look at what is shown, a moderator's word before."""

    NOTE = 0
    FLAG = 1
    HOLD = 2


@dataclass(frozen=True)
class Signal:
    """What one screen found: the rule and its version, what it asks for, and how bad it is.

    `sentence` is for the author, `evidence` the same in plain words for the moderator, `matched` where in the stored
    body it stands, by characters. With `advice` the text is handed back once before it counts.
    """

    rule: str
    version: int
    action: Action
    severity: Severity = Severity.LOW
    sentence: str = ""
    evidence: str = ""
    advice: str = ""
    matched: tuple[Span, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What a comment keeps of it; advice was given before."""
        return {
            "rule": self.rule,
            "version": self.version,
            "action": self.action.name.lower(),
            "severity": int(self.severity),
            "sentence": self.sentence,
            "evidence": self.evidence,
            "matched": [list(span) for span in self.matched],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """A signal as it was kept, also before signals had a severity."""
        return cls(
            rule=kept["rule"],
            version=kept["version"],
            action=Action[kept["action"].upper()],
            severity=Severity(kept.get("severity", Severity.NONE)),
            sentence=kept.get("sentence", ""),
            evidence=kept.get("evidence", ""),
            matched=tuple((start, end) for start, end in kept.get("matched", ())),
        )

    @property
    def name(self) -> str:
        """The rule with its version, for the record."""
        return f"{self.rule} {self.version}"

    @property
    def plainly(self) -> str:
        """What a moderator is told of it."""
        return self.evidence or self.sentence or self.rule


@dataclass(frozen=True)
class Screened:
    """The verdict: what becomes of the comment, the sentence for its author, and every signal."""

    action: Action
    sentence: str
    signals: tuple[Signal, ...]

    @property
    def state(self) -> State:
        return State.HELD if self.action == Action.HOLD else State.SHOWN

    @property
    def is_flagged(self) -> bool:
        """Whether it is shown, and a moderator should look at it all the same."""
        return self.action == Action.FLAG

    @property
    def severity(self) -> Severity:
        return max((signal.severity for signal in self.signals), default=Severity.NONE)

    @property
    def advice(self) -> list[str]:
        """What its author might mend before it counts."""
        return [signal.advice for signal in self.signals if signal.advice]


def decide(signals: Sequence[Signal]) -> Screened:
    """The verdict over all signals; of the worst the first says why."""
    worst = max(signals, key=lambda signal: (signal.action, signal.severity), default=None)
    if worst is None or any(signal.rule == STAFF for signal in signals):
        return Screened(Action.NOTE, "", tuple(signals))
    return Screened(worst.action, worst.sentence if worst.action == Action.HOLD else "", tuple(signals))
