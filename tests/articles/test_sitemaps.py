"""Sitemaps: what is in them, when it changed, and what is not there at all."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
import xmlschema
from django.test import Client
from django.utils import timezone

from articles import publishing, sitemaps
from tests.articles.test_spoilers import SAFE, TELLS, make_telling
from tests.factories import (
    change,
    correct,
    edith,
    make_article,
    make_edition,
    make_section,
    make_topic,
    publish,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

SPACE = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "news": "http://www.google.com/schemas/sitemap-news/0.9"}
SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "data" / "schemas" / "sitemap.xsd")
SITE = "http://localhost:8000"
MARCH = datetime(2030, 3, 5, 9, tzinfo=UTC)


def read(path: str) -> list[tuple[str, str]]:
    """Each address with when it changed, "" where it is not said."""
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8"), path
    root = ElementTree.fromstring(answer.content)
    SCHEMA.validate(root)
    return [(one.findtext("map:loc", "", SPACE), one.findtext("map:lastmod", "", SPACE)) for one in root]


def addresses(path: str) -> list[str]:
    return [address.removeprefix(SITE) for address, _ in read(path)]


def everywhere() -> str:
    """All that all files say."""
    files = ["/sitemap.xml", "/sitemap-news.xml", *addresses("/sitemap.xml")]
    return "\n".join(Client().get(path).content.decode() for path in files)


def test_stories_are_filed_by_the_month_they_were_published_in():
    with time_machine.travel(MARCH, tick=False) as clock:
        first = make_edition(slug="first")
        clock.shift(timedelta(hours=1))
        second = make_edition(slug="second")
        clock.shift(timedelta(days=40))
        third = make_edition(slug="third")
        assert addresses("/sitemap.xml") == ["/sitemap-lists.xml", "/sitemap-2030-3-1.xml", "/sitemap-2030-4-1.xml"]
        assert addresses("/sitemap-2030-3-1.xml") == [first.path, second.path]
        assert addresses("/sitemap-2030-4-1.xml") == [third.path]


def test_a_change_readers_are_told_of_and_a_correction_move_the_date_and_nothing_else_does():
    with time_machine.travel(MARCH, tick=False) as clock:
        edition = make_edition()
        file = "/sitemap-2030-3-1.xml"

        def dates() -> set[str]:
            clock.shift(timedelta(hours=1))
            return {changed for address, changed in (*read(file), read("/sitemap.xml")[1])}

        assert dates() == {"2030-03-05T09:00:00+00:00"}
        republish(edition.article, dek="A comma.")
        assert dates() == {"2030-03-05T09:00:00+00:00"}
        change(edition.article, dek="Other words.")
        publish(edition.article, significant=True)
        assert dates() == {"2030-03-05T11:00:00+00:00"}
        correct(edition.article.live_edition, "It was two.")
        assert dates() == {"2030-03-05T12:00:00+00:00"}


def test_a_file_with_too_many_is_more_than_one(monkeypatch):
    monkeypatch.setattr(sitemaps, "LIMIT", 2)
    with time_machine.travel(MARCH):
        paths = [make_edition().path for _ in range(3)]
        files = addresses("/sitemap.xml")[1:]
        assert files == ["/sitemap-2030-3-1.xml", "/sitemap-2030-3-2.xml"]
        assert sorted(path for file in files for path in addresses(file)) == sorted(paths)


@pytest.mark.parametrize("file", ["2030-3-1", "2030-13-1", "0-1-1", "2030-0-1", "99999-1-1", "2030-3-0"])
def test_a_month_without_stories_is_not_there(file):
    assert Client().get(f"/sitemap-{file}.xml").status_code == 404


def test_lists_are_those_that_have_live_stories():
    film, empty = make_section("film"), make_section("games")
    make_edition(section=film.pk, topics=(make_topic("Ferries").pk,))
    make_article(topics=(make_topic("A secret").pk,))
    found = addresses("/sitemap-lists.xml")
    assert found == ["/", film.get_absolute_url(), "/topics/ferries/", "/authors/rory-quill/"]
    assert empty.get_absolute_url() not in found


@pytest.mark.parametrize("fields", [{"sponsor": "The Harbour Board"}, {"canonical_url": "https://example.com/first/"}])
def test_what_is_paid_for_or_was_first_elsewhere_is_in_none(fields):
    edition = make_edition(**fields)
    assert edition.path not in everywhere()


def test_news_is_of_two_days_and_has_the_headline_that_gives_nothing_away():
    with time_machine.travel(MARCH, tick=False) as clock:
        make_edition(slug="old")
        clock.shift(timedelta(hours=47))
        make_telling()
        assert len(read("/sitemap-news.xml")) == 2
        clock.shift(timedelta(hours=1))
        text = Client().get("/sitemap-news.xml").content.decode()
        assert re.findall("<news:title>(.*?)</news:title>", text) == [SAFE]
        assert TELLS not in text
        assert "<news:publication_date>2030-03-07T08:00:00+00:00</news:publication_date>" in text


def test_news_is_at_most_a_thousand(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for _ in range(3):
        make_edition()
    assert len(read("/sitemap-news.xml")) == 2


def test_without_any_story_the_files_are_empty_and_well():
    assert addresses("/sitemap.xml") == ["/sitemap-lists.xml"]
    assert addresses("/sitemap-lists.xml") == ["/"]
    assert read("/sitemap-news.xml") == []


def test_what_readers_do_not_have_is_in_none():
    tomorrow = timezone.now() + timedelta(days=1)
    article, gone = make_article(headline="Waits"), make_edition(headline="Went")
    waiting = publishing.publish(article, version=article.version, by=edith(), at=tomorrow)
    take_down(publishing.unpublish, gone.article)
    assert waiting.path not in everywhere()
    assert gone.path not in everywhere()


def test_an_ampersand_is_written_as_xml_wants_it():
    make_edition(headline="Ferries <1> & two")
    assert "<news:title>Ferries &lt;1&gt; &amp; two</news:title>" in Client().get("/sitemap-news.xml").content.decode()


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-lists.xml", "/sitemap-news.xml", "/sitemap-2030-3-1.xml"])
def test_the_queries_are_the_same_for_many_stories(path, django_assert_max_num_queries):
    with time_machine.travel(MARCH):
        for _ in range(12):
            make_edition()
        with django_assert_max_num_queries(6):
            Client().get(path)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("<loc>http://localhost:8000/", "<loc>/"), ("+00:00", ""), ("<news:title>", "<news:title></news:title><news:x>")],
)
def test_the_schema_finds_what_is_wrong(right, wrong):
    make_edition()
    text = Client().get("/sitemap-news.xml").content.decode()
    SCHEMA.validate(ElementTree.fromstring(text))
    broken = text.replace(right, wrong)
    if "news:x" in wrong:
        broken = broken.replace("</news:title></news:news>", "</news:x></news:news>")
    assert broken != text
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMA.validate(ElementTree.fromstring(broken))
