"""The plan of a filled paper: which story was published when, changed how often, and what became of it. Pure.

One story an hour, as a paper of that size has it: a larger paper is an older one, and its newest pages have as much on
them as a small one's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from articles.intervals import PAST_AFTER
from articles.models import Edition
from articles.workflow import Stage

from . import words
from .words import Chance

EVERY = timedelta(hours=1)
WRITTEN_IN = timedelta(hours=5)
CHANGED_WITHIN = timedelta(days=20)
TAKEN_DOWN_AFTER = timedelta(days=60)
SOON = timedelta(days=14)
# Of a thousand stories that were begun so many were never published, and so many are gone again.
NEVER, GONE = 10, 16
GONE_AS = (
    *(Edition.EndedAs.EXPIRED,) * 8,
    *(Edition.EndedAs.UNPUBLISHED,) * 5,
    *(Edition.EndedAs.RETRACTED,) * 3,
)
# At any time so many stories are worked on, in each of these stages, and so many wait, or have a change that does.
AT_WORK = {Stage.DRAFT: 30, Stage.IN_REVIEW: 24, Stage.READY: 12}
SCHEDULED, CHANGES = 36, 12


class TooFew(ValueError):
    """The numbers asked for do not go together; the message says why."""


@dataclass(slots=True)
class Cut:
    """One edition: when readers have it, and what it is ended as."""

    number: int
    live_at: datetime
    ends_at: datetime | None = None
    ended_as: str = ""
    pk: int = 0

    def is_past(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at < now - PAST_AFTER

    def is_live(self, now: datetime) -> bool:
        return self.live_at <= now and (self.ends_at is None or self.ends_at > now)


@dataclass(slots=True)
class Plan:
    """One story: `begun_at` its working copy, `cuts` its editions in order, `stage` that of the working copy."""

    pk: int
    begun_at: datetime
    section: int
    topics: tuple[int, ...]
    authors: tuple[int, ...]
    writer: int
    editor: int
    headline: str
    dek: str
    lead: str
    body: int
    stage: str = Stage.PUBLISHED
    cuts: list[Cut] = field(default_factory=list)

    @property
    def version(self) -> int:
        """Begun, saved, and then saved and published for each edition after the first."""
        return 2 if not self.cuts else 1 + 2 * len(self.cuts)

    @property
    def published_at(self) -> datetime:
        return self.cuts[0].live_at

    def saved_at(self, now: datetime) -> datetime:
        """When its last words were saved; those that wait are as new as can be."""
        return min(self.cuts[-1].live_at, now) if self.cuts else self.begun_at

    def had(self, now: datetime) -> bool:
        """Whether readers have or had it."""
        return bool(self.cuts) and self.published_at <= now

    def is_live(self, now: datetime) -> bool:
        return any(cut.is_live(now) for cut in self.cuts)


@dataclass(frozen=True)
class Names:
    """What stories are made of, by number; of topics and authors also how they are called."""

    sections: Sequence[int]
    topics: dict[int, str]
    authors: dict[int, str]
    writers: Sequence[int]
    editors: Sequence[int]


@dataclass(frozen=True)
class Moment:
    """When a story was begun, and what is known of its working copy and of its first edition."""

    at: datetime
    stage: str = Stage.PUBLISHED
    is_out: bool = True
    waits: bool = False


def moments(chance: Chance, stories: int, now: datetime) -> list[Moment]:
    """One for each story, the oldest first: those of long ago, what is worked on, and what waits."""
    work = [stage for stage, number in AT_WORK.items() for _ in range(min(number, stories // 20))]
    waiting = min(SCHEDULED, stories // 20)
    found = []
    for age in range(stories - len(work) - waiting, 0, -1):
        at = now - age * EVERY + chance.random() * EVERY * 0.9
        is_out = chance.randrange(1000) >= NEVER
        found.append(Moment(at, Stage.PUBLISHED if is_out else Stage.DRAFT, is_out))
    found += [Moment(now - chance.random() * timedelta(days=3), stage, is_out=False) for stage in work]
    found += [Moment(now - chance.random() * timedelta(days=2), waits=True) for _ in range(waiting)]
    return found


def plans(
    chance: Chance, *, stories: int, editions: int, first: tuple[int, int], names: Names, now: datetime
) -> list[Plan]:
    """So many stories with so many editions in all, numbered from `first` on. Raises TooFew."""
    begun = moments(chance, stories, now)
    out = [moment.is_out for moment in begun]
    more = changes(chance, out, editions)
    bodies = chance.randrange(1_000_000)
    found = []
    for number, (moment, extra) in enumerate(zip(begun, more, strict=True)):
        plan = told(chance, first[0] + number, moment, bodies + number, names)
        if moment.waits:
            plan.cuts = [Cut(1, now + timedelta(minutes=5) + chance.random() * SOON)]
            plan.cuts += [Cut(2 + place, plan.cuts[0].live_at + (1 + place) * EVERY) for place in range(extra)]
            chain(plan.cuts)
        elif moment.is_out:
            plan.cuts = cuts(chance, moment.at, extra, now)
        found.append(plan)
    take_down(chance, found, now)
    let_wait(chance, found, now)
    for number, cut in enumerate((cut for plan in found for cut in plan.cuts), first[1]):
        cut.pk = number
    return found


def changes(chance: Chance, out: list[bool], editions: int) -> list[int]:
    """How many editions each story has beside its first, if it is out: so many that there are `editions` in all."""
    able = [number for number, is_out in enumerate(out) if is_out]
    if editions < len(able):
        raise TooFew(f"So many stories are published that there are at least {len(able):,} editions.")
    more = [0] * len(out)
    for _ in range(editions - len(able)):
        more[chance.choice(able)] += 1
    return more


def told(chance: Chance, pk: int, moment: Moment, body: int, names: Names) -> Plan:
    """What a story is about, by whom, and in which words."""
    topics = words.pick(chance, list(names.topics), 5)
    authors = words.pick(chance, list(names.authors), 2)
    called = {
        "topic": names.topics[topics[0]],
        "other": names.topics[topics[-1]],
        "person": words.person_name(chance.randrange(4000)),
    }
    return Plan(
        pk=pk,
        begun_at=moment.at - WRITTEN_IN,
        section=chance.choice(names.sections),
        topics=topics,
        authors=authors,
        writer=chance.choice(names.writers),
        editor=chance.choice(names.editors),
        headline=chance.choice(words.HEADLINES).format(**called),
        dek=chance.choice(words.DEKS).format(**called),
        lead=chance.choice(words.LEADS).format(**called),
        body=body,
        stage=moment.stage,
    )


def cuts(chance: Chance, at: datetime, extra: int, now: datetime) -> list[Cut]:
    """The editions of a story that was published then: each ends where the next begins, and the last stays."""
    within = min(CHANGED_WITHIN, 0.9 * (now - at))
    steps = [0.0, *((place + 0.8 * chance.random()) / (extra + 1) for place in range(1, extra + 1))]
    return chain([Cut(number, at + within * step) for number, step in enumerate(steps, 1)])


def chain(found: list[Cut]) -> list[Cut]:
    for cut, following in pairwise(found):
        cut.ends_at, cut.ended_as = following.live_at, Edition.EndedAs.SUPERSEDED
    return found


def take_down(chance: Chance, found: list[Plan], now: datetime) -> None:
    """End some of the stories that readers have."""
    for plan in live_ones(found, now):
        if chance.randrange(1000) < GONE:
            last = plan.cuts[-1]
            last.ends_at = last.live_at + min(TAKEN_DOWN_AFTER, 0.9 * (now - last.live_at)) * chance.uniform(0.1, 1)
            last.ended_as = chance.choice(GONE_AS)
            if last.ended_as != Edition.EndedAs.EXPIRED:
                plan.stage = Stage.DRAFT


def let_wait(chance: Chance, found: list[Plan], now: datetime) -> None:
    """Cut the last edition of some of the newest stories for a moment to come, in place of the moment it had."""
    able = [plan for plan in list(live_ones(found, now))[-500:] if len(plan.cuts) > 1 and plan.cuts[-1].ends_at is None]
    for plan in able[-CHANGES:]:
        before, last = plan.cuts[-2:]
        before.ends_at = last.live_at = now + timedelta(minutes=5) + chance.random() * SOON


def live_ones(found: list[Plan], now: datetime) -> Iterator[Plan]:
    return (plan for plan in found if plan.is_live(now))
