"""The archive: every story by the month and the day it was published on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page
from newsroom.lib.paging import CURSORS, page_of

from .. import shown
from ..models import Edition
from ..models.edition import EditionQuerySet
from ..story import Card, Link

PAGE = 60


@dataclass(frozen=True)
class Month:
    """A month in which stories were published, and how many."""

    first: date
    count: int

    @property
    def path(self) -> str:
        return reverse("articles:archive_month", args=[self.first.year, self.first.month])


@dataclass(frozen=True)
class Day:
    """A day and its stories, the newest first."""

    on: date
    cards: list[Card]

    @property
    def path(self) -> str:
        return reverse("articles:archive_day", args=[self.on.year, self.on.month, self.on.day])


@require_safe
@kept_page()
def archive(request: HttpRequest) -> HttpResponse:
    """The years and their months, the newest first. One query."""
    shows(shown.STORIES)
    rows = Edition.objects.live().annotate(month=TruncMonth("published_at")).values("month").order_by("-month")
    months = [Month(row["month"].date(), row["count"]) for row in rows.annotate(count=Count("pk"))]
    years = [(year, list(found)) for year, found in groupby(months, lambda month: month.first.year)]
    return render(request, "articles/archive.html", {"years": years})


@require_safe
@kept_page(*CURSORS)
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The stories of a year."""
    return period(request, day_of(year, 1, 1), day_of(year + 1, 1, 1), name="Y")


@require_safe
@kept_page(*CURSORS)
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The stories of a month."""
    return period(request, day_of(year, month, 1), day_of(year + month // 12, month % 12 + 1, 1), name="F Y")


@require_safe
@kept_page(*CURSORS)
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The stories of a day."""
    first = day_of(year, month, day)
    return period(request, first, first + timedelta(days=1), name="j F Y")


def day_of(year: int, month: int, day: int) -> date:
    """The date, as far as anybody could have published. Raises Http404."""
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not 1800 <= found.year <= 2999:
        raise Http404
    return found


def period(request: HttpRequest, first: date, end: date, *, name: str) -> HttpResponse:
    """A page of the stories published from `first` until before `end`; 404 where there are none."""
    shows(shown.STORIES)
    begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (first, end))
    live = Edition.objects.live().as_cards()
    found = page_of(live.filter(published_at__gte=begins, published_at__lt=ends), request.GET.dict(), size=PAGE)
    if not found.rows:
        raise Http404
    context = {
        "title": date_format(first, name),
        "path": request.path,
        "days": list(days_of(edition.card for edition in found.rows)),
        "page": found,
        "newer": neighbour(live.filter(published_at__gte=ends).order_by("published_at"), name),
        "older": neighbour(live.filter(published_at__lt=begins).newest_first(), name),
    }
    return render(request, "articles/archive_period.html", context)


def days_of(cards: Iterable[Card]) -> Iterable[Day]:
    for on, found in groupby(cards, lambda card: timezone.localtime(card.published_at).date()):
        yield Day(on, list(found))


def neighbour(editions: EditionQuerySet, name: str) -> Link | None:
    """The nearest day, month or year of which there are stories."""
    at = editions.values_list("published_at", flat=True).first()
    if at is None:
        return None
    day = timezone.localtime(at).date()
    views = {"Y": ("archive_year", [day.year]), "F Y": ("archive_month", [day.year, day.month])}
    view, which = views.get(name, ("archive_day", [day.year, day.month, day.day]))
    return Link(date_format(day, name), reverse(f"articles:{view}", args=which))
