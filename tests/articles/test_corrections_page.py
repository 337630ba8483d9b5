"""Corrections as readers get them: on the story, at the top or the foot, and in the list of all of them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import corrections, publishing, sharing
from articles.models import Article
from articles.views.corrections import PAGE
from tests.factories import change, correct, edith, make_edition, republish, take_down

pytestmark = pytest.mark.django_db

LIST = "/corrections/"
WORDS = "The ferry has two funnels, not three."


def read(url: str) -> str:
    return Client().get(url).text


def queries(url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


# --- On the story ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "comes_first"), [("top", True), ("foot", False)])
def test_a_correction_stands_where_it_was_placed(place, comes_first):
    edition = make_edition(body="<p>The first sentence.</p>")
    correct(edition, WORDS, place=place)
    page = read(edition.path).partition("<body")[2].partition("<script")[0]
    assert page.count(WORDS) == 1
    assert (page.index(WORDS) < page.index("The first sentence.")) is comes_first


def test_a_correction_says_what_it_is_and_when_with_its_zone():
    with time_machine.travel(datetime(2030, 1, 2, 9, 30, tzinfo=UTC), tick=False):
        edition = make_edition()
        correct(edition, WORDS, kind="clarification")
        page = read(edition.path)
    assert "Clarification</strong>" in page
    assert '<time datetime="2030-01-02T09:30:00+00:00">2 January 2030, 09:30 UTC</time>' in page


def test_the_words_of_a_correction_are_plain_text():
    edition = make_edition()
    correct(edition, "<script>alert(1)</script> & “<b>so</b>”")
    for page in (read(edition.path), read(LIST)):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “&lt;b&gt;so&lt;/b&gt;”" in page


def test_a_story_without_corrections_says_nothing_of_them():
    assert "notices-of-error" not in read(make_edition().path)


def test_a_correction_is_not_part_of_the_edition():
    edition = make_edition()
    correct(edition, WORDS)
    later = republish(edition.article)
    assert WORDS not in later.html + later.text
    assert WORDS in read(later.path)


def test_a_preview_and_a_shared_draft_show_them_too():
    edition = make_edition()
    correct(edition, WORDS)
    change(edition.article, headline="Next words")
    desk = Client()
    desk.force_login(edith())
    assert WORDS in desk.get(f"/admin/articles/article/{edition.article_id}/preview/").text
    token = sharing.share(Article.objects.get(), by=edith())
    assert WORDS in read(f"/share/{token}/")


# --- In the list -----------------------------------------------------------------------------------


def test_the_list_leads_to_each_story_under_its_name_of_today():
    edition = make_edition(headline="Three funnels")
    correct(edition, WORDS)
    later = republish(edition.article, headline="Two funnels", slug="two")
    page = read(LIST)
    assert f'<a href="{later.path}">Two funnels</a>' in page
    assert WORDS in page
    assert "Three funnels" not in page


def test_an_empty_list_is_a_page():
    assert "nothing to correct" in read(LIST)


def test_every_page_leads_to_the_list():
    assert f'href="{LIST}"' in read("/").partition("<footer")[2]


def test_paging_walks_every_correction_once_in_both_directions():
    edition = make_edition()
    count, made = 2 * PAGE + 3, []
    for number in range(count):
        # Pairs of the same instant.
        with time_machine.travel(timezone.now() + timedelta(hours=number // 2), tick=False):
            made.append(correct(edition, f"Number {number}.").pk)
    forth, url = [], LIST
    while url:
        page = Client().get(url).context["page"]
        forth += [row.pk for row in page.rows]
        last, url = url, page.older_url and LIST + page.older_url
    assert forth == made[::-1]
    back, url = [], last
    while url:
        page = Client().get(url).context["page"]
        back = [row.pk for row in page.rows] + back
        url = page.newer_url and LIST + page.newer_url
    assert back == forth


@pytest.mark.parametrize("nonsense", ["x", "2030-01-01T00:00:00+00:00_" + "9" * 30, "\x00_1"])
def test_a_cursor_of_nonsense_is_the_first_page(nonsense):
    correct(make_edition(), WORDS)
    assert WORDS in Client().get(LIST, {"before": nonsense}).text


# --- Nowhere ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_the_corrections_of_a_story_that_is_gone_are_nowhere_and_return_with_it(verb):
    edition = make_edition()
    correct(edition, WORDS)
    take_down(verb, edition.article)
    assert WORDS not in read(LIST) + read(edition.path)
    take_down(publishing.bring_back, edition.article)
    assert WORDS in read(LIST)
    assert WORDS in read(edition.path)


def test_the_corrections_of_a_story_that_has_ended_are_nowhere():
    edition = make_edition()
    correct(edition, WORDS)
    take_down_at = timezone.now() + timedelta(hours=1)
    article = Article.objects.get()
    publishing.expire(article, version=article.version, by=edith(), at=take_down_at)
    with time_machine.travel(take_down_at, tick=False):
        assert WORDS not in read(LIST) + read(edition.path)


def test_a_withdrawn_correction_is_nowhere():
    edition = make_edition()
    corrections.withdraw(correct(edition, WORDS), by=edith(), note="It has three.")
    for url in (LIST, edition.path):
        assert WORDS not in read(url)
        assert "It has three." not in read(url)


# --- What it costs ---------------------------------------------------------------------------------


def test_corrections_cost_a_story_one_query_whatever_their_number():
    edition = make_edition()
    none = queries(edition.path)
    for number in range(5):
        correct(edition, f"Number {number}.", place="top" if number % 2 else "foot")
    assert queries(edition.path) == none


def test_the_list_costs_two_queries_whatever_its_length():
    correct(make_edition())
    assert queries(LIST) == 2
    for _ in range(5):
        correct(make_edition())
    assert queries(LIST) == 2
