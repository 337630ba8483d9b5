"""The private calendar: one person's address, what it shows, and how it is closed."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from articles import calendar_feed, embargo, publishing
from articles.models import Article, CalendarFeed
from newsroom.models import User
from tests.factories import (
    assign,
    edith,
    make_article,
    make_edition,
    mo,
    publish,
    republish,
    rory,
    rosa,
    without_its_words,
    wren,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 3, 6, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def fetch(token: str) -> Any:
    return Client().get(reverse("articles:calendar", args=[token]))


def events(who: User) -> dict[str, Any]:
    """What this person's calendar says now, by the name of the event."""
    found = Calendar.from_ical(fetch(calendar_feed.make(by=who)).content)
    return {str(event["UID"]): event for event in found.walk("VEVENT")}


def page(who: User, **data: str) -> Any:
    client = Client()
    client.force_login(who)
    url = reverse("admin:articles_article_feed")
    return client.post(url, data) if data else client.get(url)


# --- What it shows ---------------------------------------------------------------------------------


def test_it_has_what_goes_live_ends_and_lifts_in_utc():
    article = make_article(headline="Ferries, wolves; and \\ “quotes” " + "é" * 60)
    embargo.set_embargo(article, embargo.Terms(NOON + HOUR, "The studio"), version=article.version, by=edith())
    edition = publish(article, NOON + 2 * HOUR)
    article.refresh_from_db()
    publishing.expire(article, version=article.version, by=edith(), at=NOON + DAY)
    found = events(edith())
    moments = {name: event["DTSTART"].dt for name, event in found.items()}
    assert moments == {
        f"begins-{edition.pk}@localhost": NOON + 2 * HOUR,
        f"ends-{edition.pk}@localhost": NOON + DAY,
        f"lifts-{article.pk}@localhost": NOON + HOUR,
    }
    assert all(moment.tzinfo is UTC or moment.tzname() == "UTC" for moment in moments.values())
    begins = found[f"begins-{edition.pk}@localhost"]
    assert begins["SUMMARY"] == f"Goes live: {edition.headline}"
    assert begins["URL"].endswith(f"/admin/articles/article/{article.pk}/change/")


def test_what_is_due_takes_a_whole_day_until_it_is_published():
    article = assign(make_article(headline="To write"), to=rory(), due=date(2030, 3, 8))
    found = events(rory())[f"due-{article.pk}@localhost"]
    assert (found["DTSTART"].dt, found["SUMMARY"]) == (date(2030, 3, 8), "Due: To write")
    publish(article)
    assert f"due-{article.pk}@localhost" not in events(rory())


def test_a_moved_edition_keeps_its_name_and_a_cancelled_one_is_gone(clock):
    edition = make_edition(NOON + HOUR)
    before = events(edith())
    article = Article.objects.get()
    publishing.reschedule(article, edition, version=article.version, by=edith(), at=NOON + DAY)
    after = events(edith())
    assert before.keys() == after.keys()
    assert next(iter(after.values()))["DTSTART"].dt == NOON + DAY
    article = Article.objects.get()
    publishing.unschedule(article, version=article.version, by=edith())
    assert events(edith()) == {}


def test_it_reaches_back_two_months_and_ahead_thirteen(clock):
    edition = make_edition()
    assert len(events(edith())) == 1
    clock.shift(59 * DAY)
    assert next(iter(events(edith()).values()))["SUMMARY"].startswith("Went live")
    clock.shift(2 * DAY)
    assert events(edith()) == {}
    republish(edition.article, NOON + 800 * DAY)
    assert events(edith()) == {}


def test_it_is_a_file_that_nobody_keeps_or_finds():
    answer = fetch(calendar_feed.make(by=edith()))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


# --- Who may ---------------------------------------------------------------------------------------


def test_it_shows_only_what_its_owner_may_see_now():
    edition = make_edition(NOON + HOUR, headline="Rory’s")
    token = calendar_feed.make(by=wren())
    assert b"Rory" not in fetch(token).content
    assert len(events(rory())) == 1
    Article.objects.filter(pk=edition.article_id).update(trashed_at=NOON)
    assert events(rory()) == {}
    Article.objects.update(trashed_at=None, created_by=wren())
    assert b"Rory" in fetch(token).content


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"groups": []}])
def test_who_has_left_has_no_calendar_any_more(change):
    token = calendar_feed.make(by=edith())
    assert fetch(token).status_code == 200
    editor = edith()
    for name, value in change.items():
        editor.groups.set(value) if name == "groups" else setattr(editor, name, value)
    editor.save()
    assert fetch(token).status_code == 404


@pytest.mark.parametrize("who", [mo, rosa])
def test_who_sees_no_stories_gets_no_address(who):
    with pytest.raises(PermissionDenied):
        calendar_feed.make(by=who())
    assert page(who(), make="1").status_code in {302, 403}
    assert not CalendarFeed.objects.exists()


def test_an_address_closed_or_replaced_looks_like_one_that_never_was():
    first = calendar_feed.make(by=edith())
    second = calendar_feed.make(by=edith())
    assert [fetch(token).status_code for token in (first, second, "x")] == [404, 200, 404]
    calendar_feed.close(by=edith())
    calendar_feed.close(by=edith())
    gone, never = fetch(second), fetch("x" * len(second))
    assert gone.status_code == 404
    assert without_its_words(gone) == without_its_words(never)


def test_only_a_hash_is_kept():
    token = calendar_feed.make(by=edith())
    assert token not in str(CalendarFeed.objects.values())


def test_one_persons_button_does_nothing_to_anothers_address():
    mine = calendar_feed.make(by=rory())
    page(edith(), make="1")
    page(edith(), close="1")
    assert fetch(mine).status_code == 200


# --- The page --------------------------------------------------------------------------------------


def test_the_page_shows_an_address_this_once():
    address = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', page(rory(), make="1").text)
    assert Client().get(address.group(1)).status_code == 200
    again = page(rory()).text
    assert "/calendar/" + address.group(1).split("/")[2] not in again
    assert "You have an address" in again
    page(rory(), close="1")
    assert "You have no address" in page(rory()).text
    assert Client().get(address.group(1)).status_code == 404


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stories", [1, 12])
def test_it_takes_the_same_queries_for_any_number_of_stories(django_assert_max_num_queries, stories):
    for _ in range(stories):
        make_edition(NOON + HOUR)
    token = calendar_feed.make(by=edith())
    with django_assert_max_num_queries(7):
        fetch(token)
