"""The calendar: what went live, what goes live, ends, lifts and is due, by day, week and month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.lib.days import midnight
from newsroom.lib.people import Person, signed_in

from ..agenda import Entry, agenda
from ..models import Article
from ..models.article import ArticleQuerySet
from ..rights import on_desk
from ..span import A_DAY, HALF_AN_HOUR, UNITS, Span, around, half_hours, read, this
from ..workflow import BY_NAME
from .doors import door
from .narrowing import Narrowing

NAME = "articles_article_calendar"
IN_A_DAY, IN_A_SLOT = 4, 3  # entries that fit; the day has the rest


def fitting(entries: list[Entry], room: int) -> list[Entry]:
    """The entries that fit; the last one does where it takes no more room than "1 more" would."""
    return entries if len(entries) <= room + 1 else entries[:room]


@dataclass
class Slot:
    """Half an hour, by its first moment."""

    at: datetime
    entries: list[Entry] = field(default_factory=list)

    @property
    def shown(self) -> list[Entry]:
        return fitting(self.entries, IN_A_SLOT)

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.shown)


@dataclass
class Day:
    """A day of the calendar with all that happens on it."""

    date: date
    entries: list[Entry]
    query: str  # of the day's own page
    is_in_span: bool = True

    @property
    def key(self) -> str:
        return self.date.isoformat()

    @property
    def is_today(self) -> bool:
        return self.date == timezone.localdate()

    @property
    def shown(self) -> list[Entry]:
        return fitting(self.entries, IN_A_DAY)

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.shown)

    @property
    def whole(self) -> Slot:
        """What is due on the day, at whatever hour."""
        return Slot(midnight(self.date), [entry for entry in self.entries if entry.day])

    @property
    def hours(self) -> list[list[Slot]]:
        """The day by half hours, each with what happens in it."""
        slots = [[Slot(at) for at in hour] for hour in half_hours(self.date)]
        flat = [slot for hour in slots for slot in hour]
        first = midnight(self.date).astimezone(UTC)
        for entry in (entry for entry in self.entries if not entry.day):
            flat[(entry.at - first) // HALF_AN_HOUR].entries.append(entry)
        return slots


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [path("calendar/", door(site_of, page, require_safe), name=NAME)]


def page(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """A day, a week or a month of what this person may see: a fixed number of queries."""
    person = signed_in(request)
    if not site_of.has_view_permission(request):
        raise PermissionDenied
    span, narrowing = span_of_request(request), Narrowing(request.GET)
    days = days_of(span, narrowing, Article.objects.visible_to(person))
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Calendar: {span.title}",
        "opts": site_of.opts,
        "span": span,
        "days": days,
        "count": sum(len(day.entries) for day in days if day.is_in_span),
        "narrowing": narrowing,
        "links": links(span, narrowing),
        "query": query(narrowing, span),
        "movable": movable(days, person),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "admin/articles/article/calendar.html", context)


def movable(days: list[Day], person: Person) -> set[int]:
    """The stories whose waiting editions this person may move, by their keys."""
    if not person.has_perm(BY_NAME["reschedule"].permission):
        return set()
    waiting = {entry.article for day in days for entry in day.entries if entry.waits}
    return set(on_desk(Article.objects.filter(pk__in=waiting), person).values_list("pk", flat=True))


def span_of_request(request: HttpRequest) -> Span:
    """What the address asks for: this month when it asks for nothing, or, with a message, for nonsense."""
    unit = next((unit for unit in UNITS if unit in request.GET), "")
    span = read(unit, request.GET[unit]) if unit else this("month")
    if span is None:
        messages.warning(request, f"There is no such {unit}: this is the present one.")
    return span or this(unit)


def days_of(span: Span, narrowing: Narrowing, articles: ArticleQuerySet) -> list[Day]:
    """The days of a page, each with its entries in order."""
    days = span.days
    entries = agenda(narrowing.narrow(articles), midnight(days[0]), midnight(days[-1] + A_DAY))
    by_day = by_date(entries)
    return [Day(day, by_day[day], query(narrowing, Span("day", day)), span.holds(day)) for day in days]


def by_date(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[timezone.localdate(entry.at)].append(entry)
    return found


def links(span: Span, narrowing: Narrowing) -> dict[str, Any]:
    """Where one can go from here: back, on, to the present, and to the same time in another unit."""
    today = timezone.localdate()
    day = today if span.holds(today) else span.first
    return {
        "earlier": query(narrowing, span.earlier) if span.earlier else "",
        "later": query(narrowing, span.later) if span.later else "",
        "today": query(narrowing, this(span.unit)),
        "units": [(unit, query(narrowing, around(unit, day)), unit == span.unit) for unit in UNITS],
    }


def query(narrowing: Narrowing, span: Span) -> str:
    """The part of an address behind the question mark that leads to this span."""
    words = QueryDict(mutable=True)
    words.update({span.unit: span.key, **narrowing.chosen})
    return words.urlencode()
