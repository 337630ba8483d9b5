"""How we moderate: a public account of what was decided, in figures, by the month; as a page and as CSV."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.lib.csv import csv_response
from newsroom.lib.http import public_page

from ..models import Tally
from ..tallying import Account, account

MONTHS = 12
COLUMNS = ("day", "what", "reason", "automated", "number", "overturned")


@require_safe
@public_page
def account_given(request: HttpRequest) -> HttpResponse:
    """The last twelve months, and all of them together. One query."""
    rows = list(Tally.objects.filter(day__gte=_began()))
    months = [account(list(group)) for _, group in groupby(rows, key=lambda row: (row.day.year, row.day.month))]
    context: dict[str, list[Account] | Account | None] = {
        "months": months[::-1],
        "year": account(rows) if rows else None,
    }
    return render(request, "comments/account_given.html", context)


@require_safe
@public_page
def account_csv(request: HttpRequest) -> HttpResponse:
    """The same, day by day; whole, so that it has an ETag."""
    sent = csv_response("moderation.csv", _lines())
    return HttpResponse(b"".join(sent), headers=dict(sent.headers))


def _lines() -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    sums: dict[tuple[object, ...], list[int]] = {}
    for row in Tally.objects.filter(day__gte=_began()).iterator():
        both = sums.setdefault((row.day, row.what, row.rule, row.is_automated), [0, 0])
        both[0] += row.number
        both[1] += row.overturned
    yield from ((*key, *both) for key, both in sums.items())


def _began() -> date:
    """The first day of the month eleven months ago."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
