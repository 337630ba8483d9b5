"""How the desk is doing: what waits, how fast it is decided, and what is overturned."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.lib.charts import Chart, bar_chart

from ..models import Decision, Tally
from ..models.tally import POSTED
from ..tallying import account, share, with_fate
from .access import moderators_only, theirs
from .queues import counted

DAYS = timedelta(days=30)


@require_safe
@moderators_only
def figures(request: HttpRequest) -> HttpResponse:
    """The last thirty days up to yesterday, by the tallies; what waits and who decided, as it is. Five queries."""
    since = timezone.localdate() - DAYS
    rows = list(Tally.objects.filter(day__gte=since))
    waiting = theirs(request).awaiting()
    context = {
        "waiting": counted(waiting),
        "oldest": waiting.order_by("posted_at", "pk").first(),
        "sums": account(rows) if rows else None,
        "charts": _charts(rows),
        "moderators": _moderators(),
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


def _moderators() -> list[tuple[str, int, str]]:
    """(name, decisions, share overturned) of everybody who has decided in the last thirty days, the busiest first."""
    ruled = with_fate(
        Decision.objects.filter(at__gt=timezone.now() - DAYS, by__isnull=False, under=None, sanction=None)
    )
    rows = (
        ruled.order_by()
        .values("by__username", "by__display_name")
        .annotate(number=Count("pk"), turned=Count("pk", filter=Q(is_overturned=True)))
    )
    return [
        (row["by__display_name"] or row["by__username"], row["number"], share(row["turned"], row["number"]))
        for row in sorted(rows, key=lambda row: -row["number"])
    ]
