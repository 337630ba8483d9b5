"""How far somebody is trusted in the discussions: a level, worked out from what became of what they said. Pure."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import IntegerChoices

# A reader's first comments are read by a moderator (Coral's default threshold).
FIRST_COMMENTS = 2
ANSWERED_ENOUGH = 5
PIVOT, ACCURACY = 0.7, 5.0


@dataclass(frozen=True)
class Past:
    """What somebody did here: comments shown and rejected now, the days since they joined (0 for guests), and of what
    they said in the last week how much a moderator decided on and rejected.
    """

    shown: int = 0
    rejected: int = 0
    days: int = 0
    decided_lately: int = 0
    rejected_lately: int = 0


class Trust(IntegerChoices):
    """From somebody nobody knows yet to who has long done well."""

    NEW = 0, "New"
    KNOWN = 1, "Known"
    REGULAR = 2, "Regular"
    TRUSTED = 3, "Trusted"


@dataclass(frozen=True)
class Step:
    """What a level asks for: so many comments shown, days since joining, and at most so many rejected of a hundred."""

    trust: Trust
    shown: int
    days: int
    rejected: int


STEPS = (
    Step(Trust.TRUSTED, shown=50, days=60, rejected=5),
    Step(Trust.REGULAR, shown=10, days=14, rejected=20),
    Step(Trust.KNOWN, shown=FIRST_COMMENTS, days=0, rejected=100),
)


def rejected_share(past: Past) -> int:
    """How many of a hundred comments were rejected."""
    return round(100 * past.rejected / max(past.shown + past.rejected, 1))


def trust_of(past: Past) -> Trust:
    """The highest level whose every demand is met."""
    return next((step.trust for step in STEPS if _meets(past, step)), Trust.NEW)


def report_weight(trust: Trust, *, agreed: int, answered: int) -> float:
    """What a report weighs: 1, the trust, and how often a moderator agreed with those before (Discourse's figures).

    Accuracy counts from six answered reports on, turns at seven of ten, and weighs more the more there were; but who is
    new weighs 1 at most.
    """
    if answered <= ANSWERED_ENOUGH:
        return 1.0 + trust
    beyond = agreed / answered - PIVOT
    accuracy = ACCURACY * math.log(answered, 4) * beyond / (1 - PIVOT if beyond > 0 else PIVOT)
    return max(min(1.0 + trust + accuracy, 1.0 if trust == Trust.NEW else math.inf), 0.0)


def together(weights: Collection[float]) -> float:
    """What these reports weigh together: nothing while all are of people whom nobody knows yet, who weigh 1 at most."""
    return sum(weights) if max(weights, default=0.0) > 1 else 0.0


def _meets(past: Past, step: Step) -> bool:
    return past.shown >= step.shown and past.days >= step.days and rejected_share(past) <= step.rejected


def explained(past: Past) -> str:
    """Why somebody has their level, for moderators."""
    days = f", here for {past.days} day{'s' * (past.days != 1)}" if past.days else ""
    return f"{trust_of(past).label.lower()}: {past.shown} shown, {rejected_share(past)} % rejected{days}"
