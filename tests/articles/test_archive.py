"""The archive: stories by year, month and day in the site's zone, and the way between them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import publishing
from articles.draft import Spoiler
from articles.views import archive
from tests.factories import edith, make_article, make_edition, take_down

pytestmark = pytest.mark.django_db

MARCH = datetime(2030, 3, 5, 9, tzinfo=UTC)


def headlines(client, path: str) -> list[str]:
    days = client.get(path).context["days"]
    return [card.headline for day in days for card in day.cards]


@pytest.fixture
def three(client):
    """Two stories of a day in March, and one in May."""
    with time_machine.travel(MARCH, tick=False) as clock:
        make_edition(headline="First")
        clock.shift(timedelta(hours=3))
        make_edition(headline="Second")
        clock.shift(timedelta(days=70))
        make_edition(headline="Third")
        yield clock


def test_the_front_of_the_archive_counts_by_month(client, three):
    [(year, months)] = client.get("/archive/").context["years"]
    assert year == 2030
    assert [(month.path, month.count) for month in months] == [("/archive/2030/5/", 1), ("/archive/2030/3/", 2)]


def test_a_year_a_month_and_a_day_have_their_stories_newest_first(client, three):
    assert headlines(client, "/archive/2030/") == ["Third", "Second", "First"]
    assert headlines(client, "/archive/2030/3/") == ["Second", "First"]
    assert headlines(client, "/archive/2030/3/5/") == ["Second", "First"]
    assert headlines(client, "/archive/2030/5/14/") == ["Third"]


def test_each_leads_to_the_nearest_before_and_after_that_has_stories(client, three):
    march, may = client.get("/archive/2030/3/").context, client.get("/archive/2030/5/").context
    assert (march["older"], march["newer"].path) == (None, "/archive/2030/5/")
    assert (may["older"].path, may["newer"]) == ("/archive/2030/3/", None)
    assert client.get("/archive/2030/3/5/").context["newer"].path == "/archive/2030/5/14/"


@pytest.mark.parametrize(
    "path", ["2031", "2030/4", "2030/3/6", "2030/13", "2030/0", "2030/2/30", "0", "9999", "99999999999", "2030/3/0"]
)
def test_where_there_is_nothing_there_is_no_page(client, three, path):
    assert client.get(f"/archive/{path}/").status_code == 404


def test_a_story_of_late_in_the_evening_is_filed_by_the_site_s_clock(client, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    with time_machine.travel(datetime(2030, 4, 1, 5, tzinfo=UTC)), timezone.override("America/Los_Angeles"):
        make_edition(headline="Late")
        assert headlines(client, "/archive/2030/3/31/") == ["Late"]


def test_a_long_month_has_pages(client, three, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 1)
    first = client.get("/archive/2030/3/")
    assert headlines(client, "/archive/2030/3/") == ["Second"]
    assert headlines(client, "/archive/2030/3/" + first.context["page"].older_url) == ["First"]


def test_what_readers_have_not_got_is_not_filed(client):
    article, gone = make_article(), make_edition()
    publishing.publish(article, version=article.version, by=edith(), at=timezone.now() + timedelta(minutes=5))
    take_down(publishing.unpublish, gone.article)
    now = timezone.localdate()
    assert client.get("/archive/").context["years"] == []
    assert client.get(f"/archive/{now.year}/").status_code == 404


def test_a_story_that_gives_much_away_is_filed_under_its_other_headline(client):
    make_edition(headline="The butler did it", safe_headline="Who did it?", spoiler=Spoiler.ENDING)
    now = timezone.localdate()
    page = client.get(f"/archive/{now.year}/{now.month}/").text
    assert "Who did it?" in page
    assert "butler" not in page


@pytest.mark.parametrize("path", ["/archive/", "/archive/2030/3/"])
def test_it_takes_the_same_queries_however_much_is_filed(client, path, django_assert_num_queries):
    with time_machine.travel(MARCH):
        make_edition()
        number = 2 if path == "/archive/" else 4
        for _ in range(2):
            with django_assert_num_queries(number):
                client.get(path)
            for _ in range(10):
                make_edition()
