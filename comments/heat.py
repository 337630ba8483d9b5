"""How hot a discussion is, and how it could be calmed: from figures of its last minutes. Pure, and told in words.

Much is said under a good story, too: the pace alone is no heat. See docs/heat.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from .workflow import Measure

# What is looked at, and what it is compared with: long enough for a handful of comments, short enough to act.
WINDOW, USUAL_OF = timedelta(minutes=10), timedelta(days=1)
# Fewer comments than that one moderator reads as they come; so many times the usual pace is a crowd.
CROWD, TIMES = 15, 3
# What reports weigh together, each reporter once (trust.together); one comment is held at 8.33 (reporting.HIDES_AT):
# more than that is no single comment.
REPORTS = (5.0, 15.0, 30.0)
# What share of the comments is held for its words, or rejected; of at least so many, since one of two is no share.
TROUBLED, SHARES = 5, (0.2, 0.4)
# From so many points on, the mildest first.
STEPS = ((2, Measure.SLOW), (3, Measure.NEWCOMERS), (4, Measure.PAUSE))


@dataclass(frozen=True)
class Figures:
    """Of the last WINDOW: comments, and as many as come here usually; what reports weigh; held for words; rejected."""

    comments: int = 0
    usual: float = 0.0
    reports: int = 0
    weight: float = 0.0
    held: int = 0
    rejected: int = 0

    @property
    def share(self) -> float:
        """What part of the comments was held for its words or rejected; 0 where it is of too few."""
        troubled = self.held + self.rejected
        return troubled / max(self.comments, troubled) if troubled >= TROUBLED else 0.0

    @property
    def points(self) -> int:
        """One for the pace, up to three for reports, up to two for what is held and rejected."""
        pace = self.comments >= CROWD and self.comments >= TIMES * self.usual
        reports = sum(self.weight >= least for least in REPORTS)
        return pace + reports + sum(self.share >= least for least in SHARES)

    def __str__(self) -> str:
        minutes = WINDOW.seconds // 60
        told = [f"{_many(self.comments, 'comment')} in {minutes} minutes (usually {self.usual:.0f})"]
        told += [_many(self.reports, "report")] if self.reports else []
        told += [f"{count} {what}" for count, what in ((self.held, "held"), (self.rejected, "rejected")) if count]
        return ", ".join(told)


def proposed(figures: Figures) -> Measure | None:
    """How to calm a discussion with these figures; None for one that is not hot."""
    return next((measure for least, measure in reversed(STEPS) if figures.points >= least), None)


def rank(measure: str) -> int:
    """How strong a measure is, from 0 for the mildest."""
    return list(Measure).index(Measure(measure))


def is_enough(standing: Iterable[str], measure: str) -> bool:
    """Whether one of the measures that stand is this one, or a stronger."""
    return any(rank(one) >= rank(measure) for one in standing)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
