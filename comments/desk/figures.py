"""How the desk is doing: what waits, how fast it is decided, and what is overturned."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.lib.charts import Chart, bar_chart
from newsroom.lib.people import signed_in

from ..models import Decision, Tally
from ..models.decision import DecisionQuerySet
from ..models.remit import limits_of
from ..models.tally import POSTED
from ..tallying import account, median, share, spell, with_fate, with_wait
from ..workflow import UNDO, State
from .access import moderators_only, theirs
from .queues import counted

DAYS = timedelta(days=30)


@require_safe
@moderators_only
def figures(request: HttpRequest) -> HttpResponse:
    """The last thirty days up to yesterday, by the tallies; what waits and who decided, as it is. Six queries."""
    since = timezone.localdate() - DAYS
    rows = list(Tally.objects.filter(day__gte=since))
    waiting = theirs(request).awaiting()
    context = {
        "waiting": counted(waiting),
        "oldest": waiting.order_by("posted_at", "pk").first(),
        "sums": account(rows) if rows else None,
        "charts": [*_charts(rows), *_by_hour()],
        "moderators": _moderators(),
        "is_limited": bool(limits_of(signed_in(request))),
    }
    return render(request, "desk/figures.html", context)


def _charts(rows: Iterable[Tally]) -> list[Chart]:
    posted: dict[str, float] = {}
    held: dict[str, float] = {}
    for row in rows:
        day = f"{row.day:%-d %b}"
        if row.what == POSTED:
            posted[day] = posted.get(day, 0) + row.number
        elif row.is_automated:
            held[day] = held.get(day, 0) + row.number
    if not posted:
        return []
    shares = [(day, round(100 * held.get(day, 0) / number) if number else 0) for day, number in posted.items()]
    return [
        bar_chart("Comments", "comments", list(posted.items()), f"{sum(posted.values()):,.0f} in these days."),
        bar_chart("Held by rules", "percent", shares, f"{share(int(sum(held.values())), int(sum(posted.values())))}."),
    ]


def _by_hour() -> list[Chart]:
    """Within what time half of what had waited was decided, by the hour of the decision; no chart without any.

    Of people’s decisions in the last thirty days, but for what they undid, counted by the database along the index of
    their time. A bar is a step higher for each of WITHIN, and the highest for what took longer than all.
    """
    rows = (
        with_wait(_people_s().filter(before=State.HELD).exclude(ruling=UNDO))
        .order_by()
        .annotate(hour=ExtractHour("at"))
        .values_list("hour", "within")
    )
    waits: dict[int, Counter[int]] = {hour: Counter() for hour in range(24)}
    for hour, within, number in rows.annotate(Count("pk")):
        waits[hour][within] += number
    counted = sum(one.total() for one in waits.values())
    if not counted:
        return []
    steps = [(f"{hour}:00", median(one) + 1) for hour, one in waits.items() if one]
    told = f"Half of what waited was decided within so long; {counted:,} decision{'s' * (counted != 1)}."
    if len(steps) < len(waits):
        told += " Hours without any are left out."
    title = "Time to a decision, by the hour of the day"
    return [bar_chart(title, "decided within", steps, told, of="Hour", spell=lambda step: spell(int(step) - 1))]


def _people_s() -> DecisionQuerySet:
    """What moderators decided in the last thirty days, one by one and not in the wake of something else."""
    return Decision.objects.filter(at__gt=timezone.now() - DAYS, by__isnull=False, under=None, sanction=None)


def _moderators() -> list[tuple[str, int, str]]:
    """(name, decisions, share overturned) of everybody who has decided in the last thirty days, the busiest first."""
    rows = (
        with_fate(_people_s())
        .order_by()
        .values("by__username", "by__display_name")
        .annotate(number=Count("pk"), turned=Count("pk", filter=Q(is_overturned=True)))
    )
    return [
        (row["by__display_name"] or row["by__username"], row["number"], share(row["turned"], row["number"]))
        for row in sorted(rows, key=lambda row: -row["number"])
    ]
