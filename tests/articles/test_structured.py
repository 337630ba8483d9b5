"""JSON-LD on a story's page: read back by a JSON parser, and safe to stand in HTML."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.draft import BylinePart
from newsroom.lib.html import data_block
from tests.articles.test_spoilers import SAFE, TELLS, make_telling
from tests.factories import (
    change,
    correct,
    make_author,
    make_comment,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    mo,
    publish,
)

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NINE = datetime(2030, 1, 1, 9, tzinfo=UTC)


def nodes_of(path: str) -> dict[str, dict[str, Any]]:
    """What a search engine reads on the page, each thing by its type."""
    [block] = BLOCK.findall(Client().get(path).text)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def data_of(path: str) -> dict[str, Any]:
    """The story of the page."""
    return next(node for kind, node in nodes_of(path).items() if kind.endswith("Article"))


@pytest.mark.django_db
def test_a_story_is_described_as_its_page_shows_it(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://paper.example", "The Paper"
    bylines = (BylinePart(make_author("Ines Vale").pk), BylinePart(make_author("Bex Molloy").pk, "pictures"))
    with time_machine.travel(NINE, tick=False) as clock:
        first = make_edition(
            headline="Two funnels",
            dek="And a storm.",
            slug="two",
            section=make_section("tv").pk,
            bylines=bylines,
            lead_image=make_picture().pk,
        )
        clock.shift(timedelta(hours=1))
        change(first.article, body="<p>Other words.</p>")
        edition = publish(first.article, significant=True)
        correct(edition, "It was two.", place="top")
        clock.shift(timedelta(hours=1))
        correct(edition, "On Sunday.", kind="clarification")
        data = data_of(edition.path)
    page = "https://paper.example/tv/two/"
    images = data.pop("image")
    assert [re.sub(r"^https://paper\.example/media/pictures/[\w-]+/", "", image) for image in images] == [
        "16x9-50-50-640.jpg",
        "4x3-50-50-480.jpg",
        "1x1-50-50-360.jpg",
    ]
    assert data == {
        "@type": "NewsArticle",
        "@id": f"{page}#story",
        "headline": "Two funnels",
        "description": "And a storm.",
        "url": page,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page},
        "datePublished": "2030-01-01T09:00:00+00:00",
        "dateModified": "2030-01-01T10:00:00+00:00",
        "articleSection": "TV",
        "wordCount": 2,
        "discussionUrl": f"{page}#discussion",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": "Ines Vale", "url": "https://paper.example/authors/ines-vale/"}],
        "contributor": [{"@type": "Person", "name": "Bex Molloy", "url": "https://paper.example/authors/bex-molloy/"}],
        "publisher": {"@id": "https://paper.example/#organization"},
        "isPartOf": {"@id": "https://paper.example/#website"},
        "correction": [
            {"@type": "CorrectionComment", "text": "On Sunday.", "datePublished": "2030-01-01T11:00:00+00:00"},
            {"@type": "CorrectionComment", "text": "It was two.", "datePublished": "2030-01-01T10:00:00+00:00"},
        ],
    }


@pytest.mark.django_db
def test_a_story_s_topics_and_comments_are_told():
    edition = make_edition(topics=(make_topic("Ferries").pk, make_topic("Storms").pk))
    for text in ("One thing.", "Another thing."):
        make_comment(edition, by=mo(), body=text)
    data = data_of(edition.path)
    assert (data["keywords"], data["commentCount"]) == (["Ferries", "Storms"], 2)


@pytest.mark.django_db
def test_every_name_that_is_referred_to_is_in_the_graph(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://paper.example", "The Paper"
    edition = make_edition(topics=(make_topic("Ferries").pk,))
    for path in (edition.path, "/", "/tv/", "/topics/ferries/", "/authors/rory-quill/"):
        nodes = nodes_of(path)
        there = {node["@id"] for node in nodes.values() if "@id" in node}
        told = set(re.findall(r'{"@id": "([^"]+)"}', json.dumps(list(nodes.values()))))
        assert told <= there, path
        assert nodes["NewsMediaOrganization"]["name"] == "The Paper"
        assert nodes["NewsMediaOrganization"]["logo"]["url"].startswith("https://paper.example/static/site/icons/")


@pytest.mark.django_db
def test_lists_and_people_are_described_as_their_pages_show_them(settings):
    settings.SITE_URL = "https://paper.example"
    edition = make_edition(topics=(make_topic("Ferries").pk,))
    for path, name in (("/tv/", "TV"), ("/topics/ferries/", "Ferries")):
        nodes = nodes_of(path)
        items = nodes["CollectionPage"]["mainEntity"]["itemListElement"]
        assert [item["url"] for item in items] == [f"https://paper.example{edition.path}"]
        crumbs = nodes["BreadcrumbList"]["itemListElement"]
        assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [(1, "Newsroom"), (2, name)]
    person = nodes_of("/authors/rory-quill/")["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", "Rory Quill")


@pytest.mark.django_db
def test_a_story_that_gives_much_away_does_not_in_its_crumbs():
    nodes = nodes_of(make_telling().path)
    assert TELLS not in json.dumps(nodes)
    assert nodes["BreadcrumbList"]["itemListElement"][-1]["name"] == SAFE


@pytest.mark.django_db
def test_what_a_story_has_not_got_is_left_out():
    data = data_of(make_edition(dek="").path)
    assert not {"description", "image", "correction", "sponsor", "contributor"} & set(data)
    assert data["dateModified"] == data["datePublished"]


@pytest.mark.django_db
def test_a_story_that_ran_elsewhere_first_names_that_address():
    first = "https://example.com/first/"
    data = data_of(make_edition(canonical_url=first).path)
    assert data["url"] == data["mainEntityOfPage"]["@id"] == first


@pytest.mark.django_db
def test_what_was_paid_for_is_called_so():
    data = data_of(make_edition(sponsor="The Harbour Board").path)
    assert data["@type"] == "AdvertiserContentArticle"
    assert data["sponsor"]["name"] == "The Harbour Board"


HOSTILE = "</script><script>alert(1)</script><!-- & ]]> “é” \u2028 '\""


@pytest.mark.django_db
def test_a_headline_cannot_end_the_block_it_stands_in():
    headline = HOSTILE.replace("\u2028 ", "")
    edition = make_edition(headline=headline)
    correct(edition, headline)
    page = Client().get(edition.path).text
    assert page.count("</script>") == page.count("<script")
    assert "<script>alert" not in page
    data = data_of(edition.path)
    assert (data["headline"], data["correction"][0]["text"]) == (headline, headline)


@given(st.text() | st.just(HOSTILE))
def test_any_text_comes_back_as_it_was_and_holds_nothing_that_html_knows(text):
    [block] = BLOCK.findall(data_block({text: [text]}, "application/ld+json"))
    assert json.loads(block) == {text: [text]}
    assert not re.search("[<>&\u2028\u2029]", block)
