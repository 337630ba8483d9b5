"""One address for each page of a list, whatever way one came to it: rel=canonical, og:url and the data agree."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.views import archive, corrections, lists
from tests.factories import correct, make_edition, make_topic

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
START = datetime(2020, 3, 1, 9, tzinfo=UTC)
LISTS = ["/tv/", "/topics/widows-keep/", "/authors/rory-quill/", "/archive/2020/3/", "/corrections/"]
TRACKED = "utm_source=letter&fbclid=abc&gclid=x&ref=home"


@pytest.fixture
def pages(monkeypatch) -> None:
    """Three pages of everything."""
    for module in (lists, archive, corrections):
        monkeypatch.setattr(module, "PAGE", 2)
    topic = make_topic()
    for number in range(5):
        with time_machine.travel(START + timedelta(hours=number), tick=False):
            correct(make_edition(topics=(topic.pk,)))


def told(address: str) -> str:
    """What the page at an address says that its own address is, in every place where it says so."""
    page = Client().get(address).text
    [canonical] = re.findall('<link rel="canonical" href="([^"]*)">', page)
    [og] = re.findall('<meta property="og:url" content="([^"]*)">', page)
    assert canonical == og
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        for node in json.loads(block)["@graph"]:
            if node["@type"] == "CollectionPage":
                assert node["url"] == node["@id"] == canonical.replace("&amp;", "&")
    return canonical.removeprefix(SITE)


def shown(address: str) -> list[str]:
    return re.findall(r'<h2[^>]*><a href="(/tv/[^"]+/)"|"river__headline" href="([^"]+)"', Client().get(address).text)


def link(address: str, rel: str) -> str:
    """Where a list's button leads, "" where there is none."""
    found = re.findall(rf'rel="{rel}" href="(\?[^"]+)"', Client().get(address).text)
    return address.partition("?")[0] + found[0].replace("&amp;", "&") if found else ""


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", LISTS)
def test_each_page_of_a_list_is_canonical_to_itself_and_the_same_from_either_side(path):
    assert told(path) == path
    second = link(path, "next")
    third = link(second, "next")
    assert told(second) == second
    assert told(third) == third
    assert len({path, second, third}) == 3
    back = link(third, "prev")
    assert back != second
    assert (told(back), shown(back)) == (second, shown(second))
    assert told(link(back, "prev")) == path


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", [*LISTS, "/", "/archive/", "/archive/2020/", "/archive/2020/3/1/"])
def test_what_trackers_add_is_in_no_address(path):
    assert told(f"{path}?{TRACKED}") == path
    if older := link(path, "next"):
        assert told(f"{older}&{TRACKED}") == older
        assert "utm_" not in Client().get(f"{older}&{TRACKED}").text


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", LISTS)
def test_an_address_stays_that_of_its_stories_when_newer_ones_come(path):
    second = link(path, "next")
    before = shown(second)
    with time_machine.travel(START + timedelta(days=1)):
        correct(make_edition(topics=(make_topic().pk,)))
    assert shown(second) == before
    assert told(second) == second


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["before=x", "after=2030", "page=2", "before=&after="])
def test_nonsense_is_the_first_page_and_says_so(path, query):
    assert told(f"{path}?{query}") == path


def test_a_story_is_known_by_its_own_address_alone():
    edition = make_edition()
    assert told(f"{edition.path}?{TRACKED}") == edition.path


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/search/", "/search/?q=story", "/search/?q=story&page=2", "/search/?q=nothing"])
def test_search_is_in_no_index_and_claims_no_address(path):
    answer = Client().get(path)
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert 'rel="canonical"' not in answer.text
