"""A story that gives much away says so itself, and nowhere else gives anything away."""

import json
import re

import pytest
from django.test import Client

from articles import publishing
from articles.draft import Spoiler
from articles.preflight import Incomplete
from tests.factories import correct, edith, make_article, make_edition, make_picture, republish

pytestmark = pytest.mark.django_db

TELLS = "The butler did it"
SAFE = "How the mystery ends"


def page(path: str) -> str:
    return Client().get(path).content.decode()


def make_telling(level: str = "ending", **fields):
    fields = {"spoiler_scope": "season 2", "safe_headline": SAFE, **fields}
    return make_edition(headline=TELLS, spoiler=level, **fields)


def test_its_own_page_warns_and_then_tells():
    html = page(make_telling().path)
    assert "This story gives the ending away for season 2." in html
    assert f'<h1 id="headline">{TELLS}</h1>' in html


@pytest.mark.parametrize("level", ["major", "ending"])
def test_nothing_outside_it_gives_it_away(level):
    edition = make_telling(level, lead_image=make_picture("Telling still").pk)
    other = make_edition(headline="Another story")
    for path in ("/", edition.section.get_absolute_url(), other.path):
        assert SAFE in page(path)
        assert TELLS not in page(path)


@pytest.mark.parametrize("level", ["", "mild"])
def test_a_story_that_gives_little_away_goes_by_its_headline(level):
    make_telling(level)
    assert TELLS in page("/")
    assert SAFE not in page("/")


def test_a_card_says_that_there_are_spoilers():
    make_telling("mild")
    assert '<span class="spoilers">Spoilers</span>' in page("/")


def test_a_card_shows_the_safe_picture_or_none():
    telling, safe = make_picture("Telling"), make_picture("Safe")
    edition = make_telling(lead_image=telling.pk, safe_image=safe.pk)
    assert safe.key in page("/")
    assert telling.key not in page("/")
    assert telling.key in page(edition.path)
    republish(edition.article, safe_image=None)
    assert not {safe.key, telling.key} & set(re.findall(r"pictures/(\w+)/", page("/")))


def test_what_machines_read_gives_nothing_away():
    telling, safe = make_picture("Telling"), make_picture("Safe")
    html = page(make_telling(lead_image=telling.pk, safe_image=safe.pk).path)
    head = html.partition("</head>")[0]
    assert TELLS not in head
    assert telling.key not in head
    assert f"<title>{SAFE} ·" in head
    assert f'<meta property="og:title" content="{SAFE}">' in head
    block = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)[1]
    assert TELLS not in block
    story = json.loads(block)["@graph"][0]
    assert story["headline"] == SAFE
    assert safe.key in story["image"][0]


def test_corrections_are_listed_under_the_safe_headline():
    edition = make_telling()
    correct(edition)
    assert SAFE in page("/corrections/")
    assert TELLS not in page("/corrections/")


def test_a_retracted_story_gives_nothing_away_either():
    edition = make_telling()
    article = edition.article
    article.refresh_from_db()
    publishing.retract(article, version=article.version, by=edith(), note="Wrong.")
    html = page(edition.path)
    assert SAFE in html
    assert TELLS not in html


@pytest.mark.parametrize("level", ["major", "ending"])
def test_it_does_not_go_out_without_a_safe_headline(level):
    article = make_article(headline=TELLS, spoiler=level)
    with pytest.raises(Incomplete) as refused:
        publishing.publish(article, version=article.version, by=edith())
    assert list(refused.value.missing) == ["safe_headline"]


def test_words_for_search_and_for_sharing_stand_where_they_are_meant_for():
    edition = make_edition(
        headline="Plain",
        dek="The dek",
        search_title="Found <1>",
        search_description="Found and read",
        social_title="Shared",
        social_description="Shared and read",
    )
    head = page(edition.path).partition("</head>")[0]
    assert "<title>Found &lt;1&gt; ·" in head
    assert '<meta name="description" content="Found and read">' in head
    assert '<meta property="og:title" content="Shared">' in head
    assert '<meta property="og:description" content="Shared and read">' in head
    assert '<h1 id="headline">Plain</h1>' in page(edition.path)
    assert "Found" not in page("/")


def test_its_address_gives_nothing_away_either():
    edition = make_edition(headline="The butler did it", safe_headline="Who did it?", spoiler=Spoiler.ENDING)
    assert edition.path.endswith("/who-did-it/")
