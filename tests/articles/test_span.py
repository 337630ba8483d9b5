"""Days, weeks and months of the calendar: what addresses name, and nights when the clock is changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.span import FIRST_YEAR, LAST_YEAR, UNITS, around, half_hours, midnight, read, span_of

DAYS = st.dates(date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR - 1, 12, 31))


@given(unit=st.sampled_from(UNITS), day=DAYS)
def test_a_span_holds_its_day_is_read_back_and_has_neighbours_that_touch_it(unit, day):
    span = around(unit, day)
    assert span.holds(day)
    assert read(unit, span.key) == span
    assert span.later.earlier == span
    assert span.earlier.after == span.first
    assert span.later.first == span.after
    assert {span.first, day, span.after - timedelta(days=1)} <= set(span.days)
    assert len(span.days) == {"day": 1, "week": 7}.get(unit, len(span.days) // 7 * 7)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("week", "2026-W54"),
        ("week", "2026-W00"),
        ("week", "2026-48"),
        ("week", "0001-W01"),
        ("month", "2026-13"),
        ("month", "2026-11-01"),
        ("month", "9999-12"),
        ("month", "٢٠٢٦-١١"),
        ("day", "2026-02-30"),
        ("day", "20261122"),
        ("day", "2026-11-22\n"),
        ("day", ""),
    ],
)
def test_what_names_no_span_is_none(unit, words):
    assert read(unit, words) is None


def test_the_calendar_has_a_first_and_a_last_page():
    assert span_of("month", date(FIRST_YEAR, 1, 9)).earlier is None
    assert span_of("month", date(LAST_YEAR, 12, 9)).later is None


@pytest.mark.parametrize(
    ("day", "unit", "title"),
    [
        (date(2026, 11, 22), "month", "November 2026"),
        (date(2026, 11, 22), "week", "16 – 22 November 2026, week 47"),
        (date(2026, 12, 31), "week", "28 December – 3 January 2027, week 53"),
        (date(2026, 11, 22), "day", "Sunday 22 November 2026"),
    ],
)
def test_a_span_says_what_it_is(day, unit, title):
    assert around(unit, day).title == title


@pytest.mark.parametrize(
    ("zone", "day", "lengths"),
    [
        ("Europe/Berlin", date(2026, 3, 29), {2: 0}),
        ("Europe/Berlin", date(2026, 10, 25), {2: 4}),
        ("Europe/Berlin", date(2026, 10, 26), {}),
        ("America/Santiago", date(2026, 9, 6), {0: 0}),
        ("Australia/Lord_Howe", date(2026, 10, 4), {2: 1}),
    ],
)
def test_a_day_has_the_half_hours_that_the_clock_shows(zone, day, lengths):
    with timezone.override(zone):
        hours = half_hours(day)
        assert [len(hour) for hour in hours] == [lengths.get(number, 2) for number in range(24)]
        flat = [moment for hour in hours for moment in hour]
        assert all(timezone.localdate(moment) == day for moment in flat)
        assert len({moment.astimezone(UTC) for moment in flat}) == len(flat)
        assert flat[0].astimezone(UTC) == midnight(day).astimezone(UTC)


def test_midnight_is_that_of_the_site():
    with timezone.override("America/New_York"):
        assert midnight(date(2026, 11, 22)) == datetime(2026, 11, 22, 5, tzinfo=UTC)
