"""Days, weeks and months of the calendar, in the site's zone. Pure: it asks nothing of the database."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from newsroom.lib.days import midnight

UNITS = ("month", "week", "day")
FIRST_YEAR, LAST_YEAR = 1970, 2199
A_DAY, HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)
FORMS = {"month": r"\d{4}-\d{2}", "week": r"\d{4}-W\d{2}", "day": r"\d{4}-\d{2}-\d{2}"}


@dataclass(frozen=True)
class Span:
    """A day, an ISO week or a month, by its first day."""

    unit: str
    first: date

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        if self.unit == "month":
            return (self.first + 31 * A_DAY).replace(day=1)
        return self.first + (7 if self.unit == "week" else 1) * A_DAY

    @property
    def key(self) -> str:
        """As it stands in an address: "2026-11", "2026-W48", "2026-11-22"."""
        if self.unit == "week":
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return self.first.isoformat()[: 7 if self.unit == "month" else 10]

    @property
    def title(self) -> str:
        if self.unit == "month":
            return date_format(self.first, "F Y")
        if self.unit == "day":
            return date_format(self.first, "l j F Y")
        last = self.after - A_DAY
        begin = date_format(self.first, "j" if self.first.month == last.month else "j F")
        return f"{begin} – {date_format(last, 'j F Y')}, week {self.first.isocalendar().week}"

    @property
    def earlier(self) -> "Span | None":
        return span_of(self.unit, self.first - A_DAY)

    @property
    def later(self) -> "Span | None":
        return span_of(self.unit, self.after)

    @property
    def days(self) -> list[date]:
        """Every day on the page: a month's page is whole weeks, from Monday."""
        first, after = self.first, self.after
        if self.unit == "month":
            first -= first.weekday() * A_DAY
            after += -after.weekday() % 7 * A_DAY
        return [first + number * A_DAY for number in range((after - first).days)]

    def holds(self, day: date) -> bool:
        return self.first <= day < self.after


def span_of(unit: str, day: date) -> Span | None:
    """The same, or None beyond the calendar's years."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return around(unit, day)


def around(unit: str, day: date) -> Span:
    """The span with this day in it."""
    if unit == "month":
        return Span(unit, day.replace(day=1))
    return Span(unit, day - day.weekday() * A_DAY if unit == "week" else day)


def this(unit: str) -> Span:
    """The present one."""
    return around(unit, timezone.localdate())


def read(unit: str, words: str) -> Span | None:
    """The span that an address names; None when it names none."""
    if not re.fullmatch(FORMS[unit], words, re.ASCII):
        return None
    try:
        if unit == "week":
            return span_of(unit, date.fromisocalendar(int(words[:4]), int(words[6:]), 1))
        return span_of(unit, date.fromisoformat(f"{words}-01" if unit == "month" else words))
    except ValueError:
        return None


def half_hours(day: date) -> list[list[datetime]]:
    """The moments of a day half an hour apart, by the hour that the clock shows then.

    An hour that the clock skips in spring has none, the one it shows twice in autumn has four.
    """
    hours: list[list[datetime]] = [[] for _ in range(24)]
    moment, end = midnight(day).astimezone(UTC), midnight(day + A_DAY)
    while moment < end:
        local = timezone.localtime(moment)
        hours[local.hour].append(local)
        moment += HALF_AN_HOUR
    return hours
