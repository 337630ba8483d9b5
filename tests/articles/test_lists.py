"""The front page, sections, topics and authors: what is on them, their order, their pages, their cost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.draft import BylinePart
from articles.layout import BLOCK, LATEST, ROOM, Place
from articles.views.lists import PAGE
from newsroom.lib.paging import Cursor
from tests.factories import (
    make_author,
    make_comment,
    make_edition,
    make_section,
    make_topic,
    ravi,
    republish,
)

pytestmark = pytest.mark.django_db

LISTS = ["/tv/", "/topics/widows-keep/", "/authors/rory-quill/"]
SECONDS = ROOM[Place.TOP]
START = datetime(2020, 1, 1, tzinfo=UTC)


def many(count: int, **fields) -> list:
    """Stories about one topic, an hour apart but for pairs of the same instant; the newest last."""
    topic = make_topic()
    made = []
    for number in range(count):
        with time_machine.travel(START + timedelta(hours=number // 2), tick=False):
            made.append(make_edition(topics=(topic.pk,), **fields))
    return made


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("url", "most"), [("/", 6), ("/tv/", 4), *((url, 5) for url in LISTS[1:])])
def test_a_long_list_costs_no_more_queries_than_a_short_one(client, url, most):
    many(3)
    few = queries(client, url)
    many(30)
    assert few <= queries(client, url) <= most


def test_a_storys_page_costs_the_same_whatever_it_is_about(client):
    _, plain = make_edition(), make_edition()
    counts = [queries(client, plain.path)]
    topics = tuple(make_topic(f"Topic {number}").pk for number in range(9))
    bylines = tuple(BylinePart(make_author(f"Author {number}").pk) for number in range(9))
    rich = make_edition(topics=topics, bylines=bylines)
    many(5)
    counts += [queries(client, plain.path), queries(client, rich.path)]
    assert len(set(counts)) == 1


def test_the_front_page_costs_the_same_for_any_number_of_sections(client):
    many(3)
    make_edition(section=make_section("film").pk)
    before = queries(client, "/")
    for slug in ("games", "music", "comics"):
        make_edition(section=make_section(slug).pk)
    assert queries(client, "/") == before


def keys(response) -> list[int]:
    return [card.article_id for card in response.context["page"].cards]


@pytest.mark.parametrize("url", LISTS)
def test_paging_walks_every_story_once_in_both_directions(client, url):
    expected = [edition.article_id for edition in many(2 * PAGE + 5)][::-1]
    forth, back, address = [], [], url
    while address:
        response = client.get(address)
        forth.append(keys(response))
        last, older = address, response.context["page"].older_url
        address = url + older if older else ""
    assert [key for page in forth for key in page] == expected
    address = last
    while address:
        response = client.get(address)
        back.append(keys(response))
        newer = response.context["page"].newer_url
        address = url + newer if newer else ""
    assert [key for page in back[::-1] for key in page] == expected


@pytest.mark.parametrize("url", LISTS)
def test_exactly_a_page_has_no_next_one(client, url):
    many(PAGE)
    page = client.get(url).context["page"]
    assert (len(page.cards), page.newer_url, page.older_url) == (PAGE, "", "")


def test_a_page_in_hand_stays_right_when_newer_stories_come(client):
    editions = many(PAGE + 5)
    older = client.get("/tv/").context["page"].older_url
    before = keys(client.get("/tv/" + older))
    make_edition()
    republish(editions[0].article)
    assert keys(client.get("/tv/" + older)) == before


NONSENSE = [
    "x",
    "_",
    "2030-01-01_1",
    "2030-01-01T00:00:00_1",
    "2030-13-45T00:00:00+00:00_1",
    "0001-01-01T00:00:00+14:00_1",
    "9999-12-31T23:59:59-14:00_1",
    "2030-01-01T00:00:00+00:00_" + "9" * 30,
    "2030-01-01T00:00:00+00:00_-1",
    "2030-01-01T00:00:00+00:00_١",
    "' OR 1=1 --_1",
    "\x00_1",
]


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("cursor", NONSENSE)
def test_a_cursor_of_nonsense_is_the_first_page(client, name, cursor):
    many(2)
    expected = keys(client.get("/tv/"))
    assert Cursor.parse(cursor) is None
    assert keys(client.get("/tv/", {name: cursor})) == expected


def test_the_oldest_and_the_newest_possible_cursor_are_pages(client):
    many(2)
    for name in ("before", "after"):
        for moment in ("0001-01-01T00:00:00+00:00_1", "9999-12-31T23:59:59+00:00_1"):
            assert client.get("/tv/", {name: moment}).status_code == 200


def test_the_front_page_shows_no_story_twice_and_the_newest_first(client):
    editions = many(1 + SECONDS + LATEST + 2)
    page = client.get("/")
    shown = [card.article_id for card in page.context["cards"]]
    assert len(shown) == len(set(shown))
    assert page.context["front"].lead.article_id == editions[-1].article_id
    assert [card.article_id for card in page.context["front"].top] == [
        edition.article_id for edition in editions[-2 : -2 - SECONDS : -1]
    ]


def test_a_section_of_the_front_page_has_what_is_not_above_it(client):
    many(1 + SECONDS + LATEST + BLOCK + 3)
    [block] = client.get("/").context["front"].blocks
    assert (block.section.name, len(block.cards)) == ("TV", BLOCK)


def test_with_no_story_at_all_the_front_page_and_sections_are_pages(client):
    make_section("film")
    assert [client.get(url).status_code for url in ("/", "/film/")] == [200, 200]


@pytest.mark.parametrize("url", ["/no-section/", "/topics/no-topic/", "/authors/no-author/", "/topics/", "/tv/x/y/"])
def test_what_there_is_not_is_not_found(client, url):
    make_section()
    assert client.get(url).status_code == 404


def test_a_topic_or_author_without_a_live_story_is_not_found(client):
    make_topic("Unused")
    make_author("Una Known")
    assert [client.get(url).status_code for url in ("/topics/unused/", "/authors/una-known/")] == [404, 404]


def test_a_change_leaves_a_story_in_its_place_and_takes_it_off_a_topic_it_left(client):
    topic, other = make_topic("First topic"), make_topic("Second topic")
    editions = [make_edition(topics=(topic.pk,)) for _ in range(3)]
    republish(editions[0].article, dek="Corrected", topics=(topic.pk, other.pk))
    assert keys(client.get("/topics/first-topic/"))[-1] == editions[0].article_id
    assert keys(client.get("/topics/second-topic/")) == [editions[0].article_id]
    republish(editions[0].article, topics=(other.pk,))
    assert editions[0].article_id not in keys(client.get("/topics/first-topic/"))


def test_lists_with_many_comments_cost_the_same(client):
    edition = make_edition()
    before, by = queries(client, "/tv/"), ravi()
    for _ in range(10):
        make_comment(edition, by=by)
    assert queries(client, "/tv/") == before
