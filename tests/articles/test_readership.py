"""Readers as numbers: each counts once in half an hour, robots never, and nothing of anybody is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import readership
from articles.models import Edition, ReadCount, Reading
from tests.factories import edith, make_article, make_edition

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
HOUR = timedelta(hours=1)


def read(edition: Edition, browser: str = FIREFOX, address: str = "203.0.113.7", **headers: str) -> None:
    path = f"/read/{edition.article_id}/"
    answer = Client(enforce_csrf_checks=True, REMOTE_ADDR=address).post(path, headers={"user-agent": browser} | headers)
    assert answer.status_code == 204
    assert not answer.cookies


def readers(edition: Edition) -> int:
    return readership.readings([edition.article_id], timezone.now() - 24 * HOUR)[edition.article_id]


def test_a_reader_counts_once_in_half_an_hour():
    edition = make_edition()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        read(edition), read(edition)
        assert readers(edition) == 1
        clock.shift(31 * 60)
        read(edition)
        assert readers(edition) == 2


def test_another_address_or_another_browser_is_another_reader():
    edition = make_edition()
    read(edition), read(edition, address="203.0.113.8"), read(edition, browser=f"{FIREFOX} too")
    assert readers(edition) == 3


@pytest.mark.parametrize("browser", [GOOGLEBOT, "curl/8.5", "", "python-requests/2.32", "facebookexternalhit preview"])
def test_robots_do_not_count(browser):
    edition = make_edition()
    read(edition, browser=browser)
    assert readers(edition) == 0


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch;prerender"}, {"sec-fetch-site": "cross-site"}])
def test_neither_does_what_nobody_looks_at_or_another_site_sends(headers):
    edition = make_edition()
    read(edition, **headers)
    assert readers(edition) == 0


def test_a_story_that_readers_do_not_have_answers_the_same_and_counts_nothing():
    waiting = make_edition(timezone.now() + HOUR)
    draft = make_article()
    read(waiting)
    assert Client().post(f"/read/{draft.pk}/", headers={"user-agent": FIREFOX}).status_code == 204
    assert Client().post("/read/999999/", headers={"user-agent": FIREFOX}).status_code == 204
    assert not Reading.objects.exists()


def test_looking_at_the_address_is_no_reading():
    assert Client().get(f"/read/{make_edition().article_id}/").status_code == 405


def test_nothing_of_the_reader_is_kept():
    edition = make_edition()
    read(edition)
    assert {field.name for field in Reading._meta.get_fields()} == {"id", "article", "at"}
    assert {field.name for field in ReadCount._meta.get_fields()} == {"id", "article", "hour", "count"}


def test_counting_adds_up_by_the_hour_and_loses_nothing():
    edition, other = make_edition(), make_edition()
    for number in range(5):
        read(edition, address=f"203.0.113.{number}")
    read(other)
    out = StringIO()
    call_command("tick", stdout=out)
    assert "counted 6 readings" in out.getvalue()
    assert not Reading.objects.exists()
    read(edition, address="203.0.113.99")
    assert (readers(edition), readers(other)) == (6, 1)
    readership.count()
    assert (readers(edition), readers(other)) == (6, 1)
    assert ReadCount.objects.filter(article=edition.article_id).count() <= 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_counting_at_once_count_each_reading_once():
    edition, now = make_edition(), timezone.now()
    Reading.objects.bulk_create(Reading(article_id=edition.article_id, at=now) for _ in range(500))

    def work(_: int) -> int:
        try:
            return readership.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(4))) == 500
    assert readers(edition) == 500


def test_the_dashboard_says_how_many_read_what_is_live():
    edition = make_edition()
    read(edition)
    client = Client()
    client.force_login(edith())
    assert "1 reader in a day" in client.get("/admin/").text


def test_what_readers_do_not_have_says_nothing_of_being_read():
    article = make_article()
    client = Client()
    client.force_login(edith())
    assert "data-read" not in client.get(f"/admin/articles/article/{article.pk}/preview/").text
    edition = make_edition()
    assert f'data-read="/read/{edition.article_id}/"' in client.get(edition.path).text


# --- What editors see of it ------------------------------------------------------------------------


def test_readings_are_told_by_the_day_of_the_site_s_zone():
    london = timezone.override("Europe/London")
    with london, time_machine.travel("2030-07-10T23:30:00Z", tick=False) as clock:  # half past midnight in London
        edition = make_edition()
        readership.note(edition.article_id, address="203.0.113.7", browser=FIREFOX)
        clock.shift(3 * HOUR)
        readership.note(edition.article_id, address="203.0.113.7", browser=FIREFOX)
        readership.count()
        clock.shift(26 * HOUR)
        readership.note(edition.article_id, address="203.0.113.7", browser=FIREFOX)
        days = readership.readings_a_day(edition.article_id, 3)
    assert [(day.isoformat(), number) for day, number in days] == [
        ("2030-07-10", 0),
        ("2030-07-11", 2),
        ("2030-07-12", 1),
    ]


def test_a_story_s_form_has_its_readings_as_a_chart_and_a_table():
    edition = make_edition()
    read(edition)
    client = Client()
    client.force_login(edith())
    page = client.get(f"/admin/articles/article/{edition.article_id}/change/").content.decode()
    assert "1 in 14 days, 1 of them today." in page
    assert page.count("<rect") == 14


def test_what_nobody_can_have_read_has_none():
    client = Client()
    client.force_login(edith())
    page = client.get(f"/admin/articles/article/{make_article().pk}/change/").content.decode()
    assert "Readings a day" not in page
