"""The list from which a related story is chosen: live stories only, for those who write."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.publishing import unpublish
from tests.factories import change, edith, make_article, make_edition, mo, rory, rosa, take_down

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/search/"


def ask(who=None, **query: str):
    client = Client()
    if who:
        client.force_login(who)
    return client.get(URL, query)


def headlines(**query: str) -> list[str]:
    return [story["headline"] for story in ask(rory(), **query).json()["stories"]]


def test_live_stories_are_found_by_every_word_the_newest_first():
    make_edition(headline="The night ferry")
    other = make_edition(headline="A ferry at noon")
    assert headlines() == ["A ferry at noon", "The night ferry"]
    assert headlines(q="FERRY night") == ["The night ferry"]
    assert headlines(q="train") == []
    assert headlines(id=str(other.article_id)) == ["A ferry at noon"]


def test_what_readers_do_not_have_is_not_found():
    make_article(headline="A draft")
    make_edition(timezone.now() + timedelta(hours=1), headline="Tomorrow")
    gone = make_edition(headline="Gone")
    take_down(unpublish, gone.article)
    live = make_edition(headline="As readers have it")
    change(live.article, headline="As nobody has it yet")
    assert headlines() == ["As readers have it"]
    assert headlines(id=str(gone.article_id)) == []


@pytest.mark.parametrize(("who", "status"), [(None, 401), (rosa, 403), (mo, 403), (rory, 200), (edith, 200)])
def test_it_is_for_those_who_write(who, status):
    make_edition(headline="Something")
    assert ask(who and who()).status_code == status


@pytest.mark.parametrize(
    "query", [{"id": "x"}, {"id": "9" * 400}, {"id": "٣"}, {"q": "\x00"}, {"q": "%_'\""}, {"q": "x " * 500}]
)
def test_nonsense_finds_nothing(query):
    make_edition(headline="Something")
    assert ask(rory(), **query).status_code == 200


def test_nothing_is_changed_here():
    client = Client()
    client.force_login(edith())
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 9])
def test_it_takes_one_query_for_the_stories_whatever_their_number(django_assert_max_num_queries, count):
    for _ in range(count):
        make_edition()
    client = Client()
    client.force_login(rory())
    with django_assert_max_num_queries(7):
        client.get(URL)
