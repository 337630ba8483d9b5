"""Count what was said and decided, day by day, for the paper's public account of it and the desk's own figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsroom.lib.days import midnight

from .models import Comment, Decision, Tally
from .models.comment import CommentQuerySet
from .models.decision import DecisionQuerySet
from .models.tally import DID_NOT_WAIT, POSTED, WITHIN
from .screening import Action, Signal
from .workflow import Reason, State

# What was decided is counted again for so many days: it may be overturned.
COUNTED_AGAIN = timedelta(days=30)
# So many days at a time, after a long absence.
MOST_DAYS = 400


def fill() -> int:
    """Count the days that are over and were not counted, and once a day the last thirty again; returns how many."""
    yesterday = timezone.localdate() - timedelta(days=1)
    last = Tally.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None and last >= yesterday:
        return 0
    first = last - COUNTED_AGAIN if last else _began()
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)] if first else []
    for day in days[:MOST_DAYS]:
        tally(day)
    return len(days[:MOST_DAYS])


def _began() -> date | None:
    first = Comment.objects.order_by("pk").values_list("posted_at", flat=True).first()
    return timezone.localdate(first) if first else None


@transaction.atomic
def tally(day: date) -> None:
    """Count one day, in place of what was counted for it before."""
    Tally.objects.filter(day=day).delete()
    start, end = midnight(day), midnight(day + timedelta(days=1))
    said = Comment.objects.filter(posted_at__gte=start, posted_at__lt=end)
    ruled = Decision.objects.filter(at__gte=start, at__lt=end)
    rows = [Tally(what=POSTED, number=said.count()), *_held_by_screens(said), *_ruled(ruled)]
    for row in rows:
        row.day = day
    Tally.objects.bulk_create(rows)


def _held_by_screens(said: CommentQuerySet) -> list[Tally]:
    """What the screens held when it came in, by the first rule of the worst; let through later, it was overturned."""
    numbers: Counter[str] = Counter()
    overturned: Counter[str] = Counter()
    held = said.exclude(held_for="").exclude(decisions__ruling="hold")
    for signals, state in held.values_list("signals", "state").iterator():
        holding = [signal for signal in map(Signal.from_json, signals) if signal.action == Action.HOLD]
        rule = max(holding, key=lambda signal: signal.severity).name if holding else ""
        numbers[rule] += 1
        overturned[rule] += state == State.SHOWN
    return [
        Tally(what="hold", reason=rule, is_automated=True, number=number, overturned=overturned[rule])
        for rule, number in numbers.items()
    ]


def _ruled(ruled: DecisionQuerySet) -> list[Tally]:
    """Decisions of people, and of the screens that are asked later, with how long held comments had waited."""
    rows = (
        with_fate(with_wait(ruled))
        .annotate(is_automated=Q(by=None) & ~Q(rule=""))
        .order_by()
        .values("ruling", "reason", "rule", "is_automated", "within")
        .annotate(number=Count("pk"), turned=Count("pk", filter=Q(is_overturned=True)))
    )
    return [
        Tally(
            what=row["ruling"],
            reason=row["rule"] or row["reason"],
            is_automated=row["is_automated"],
            within=row["within"],
            number=row["number"],
            overturned=row["turned"],
        )
        for row in rows
    ]


def with_wait(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """With `within`: how long what was held had waited, as a place in WITHIN; DID_NOT_WAIT for the rest."""
    held = Decision.objects.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"), after=State.HELD).order_by("-pk")
    since = Coalesce(Subquery(held.values("at")[:1]), F("comment__posted_at"))
    waited = ExpressionWrapper(F("at") - since, output_field=DurationField())
    places = [When(waited__lt=limit, then=Value(place)) for place, limit in enumerate(WITHIN)]
    within = Case(When(~Q(before=State.HELD), then=Value(DID_NOT_WAIT)), *places, default=Value(len(WITHIN)))
    return decisions.annotate(waited=waited).annotate(within=within)


def with_fate(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """With `is_overturned`: whether a person later took the same comment out of the state it was brought into.

    What was held is overturned by showing it, and borne out by rejecting it.
    """
    later = Decision.objects.filter(
        comment=OuterRef("comment"), pk__gt=OuterRef("pk"), before=OuterRef("after"), rule=""
    )
    otherwise = later.exclude(after=OuterRef("after")).filter(~Q(before=State.HELD) | Q(after=State.SHOWN))
    return decisions.annotate(is_overturned=Exists(otherwise))


@dataclass(frozen=True)
class Account:
    """What was said and decided in a stretch of time, in sums."""

    first: date
    posted: int
    held: int
    rulings: int
    rejected: int
    overturned: int
    automated: int
    by_reason: tuple[tuple[str, int], ...]
    by_rule: tuple[tuple[str, int, int], ...]
    by_version: tuple[tuple[str, int, int], ...]
    median: str

    @property
    def held_share(self) -> str:
        return share(self.held, self.posted)

    @property
    def automated_share(self) -> str:
        return share(self.automated, self.automated + self.rulings)

    @property
    def overturned_share(self) -> str:
        return share(self.overturned, self.rulings)


def share(part: int, whole: int) -> str:
    """In hundredths, without making any number out of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def account(rows: Sequence[Tally]) -> Account:
    """The sums of these tallies; at least one."""
    people = [row for row in rows if row.what != POSTED and not row.is_automated]
    machines = [row for row in rows if row.is_automated]
    reasons: Counter[str] = Counter()
    for row in people:
        if row.what == "reject" and row.reason:
            reasons[Reason(row.reason).label] += row.number
    return Account(
        first=min(row.day for row in rows),
        posted=sum(row.number for row in rows if row.what == POSTED),
        held=sum(row.number for row in machines),
        rulings=sum(row.number for row in people),
        rejected=sum(row.number for row in people if row.what == "reject"),
        overturned=sum(row.overturned for row in people),
        automated=sum(row.number for row in machines),
        by_reason=tuple(reasons.most_common()),
        by_rule=_fates((row.rule, row) for row in machines),
        by_version=_fates((row.reason, row) for row in machines),
        median=_median(people),
    )


def _fates(named: Iterable[tuple[str, Tally]]) -> tuple[tuple[str, int, int], ...]:
    """(name, decisions, overturned) under each name, the most first."""
    numbers: Counter[str] = Counter()
    turned: Counter[str] = Counter()
    for name, row in named:
        numbers[name or "another"] += row.number
        turned[name or "another"] += row.overturned
    return tuple((name, number, turned[name]) for name, number in numbers.most_common())


def _median(rows: Iterable[Tally]) -> str:
    """Within which time half of what waited was decided, in words; "" when nothing waited."""
    waits: Counter[int] = Counter()
    for row in rows:
        if row.within != DID_NOT_WAIT:
            waits[row.within] += row.number
    return spell(median(waits)) if waits else ""


def median(waits: Counter[int]) -> int:
    """The place in WITHIN that half of these reach; at least one."""
    half, reached = waits.total() / 2, 0
    for place in sorted(waits):
        reached += waits[place]
        if reached >= half:
            break
    return place


def spell(place: int) -> str:
    """A place in WITHIN, in words."""
    if place >= len(WITHIN):
        return "more than a week"
    minutes = int(WITHIN[place].total_seconds()) // 60
    for unit, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= unit:
            return f"{minutes // unit} {name}{'s' * (minutes // unit != 1)}"
    raise AssertionError(place)
