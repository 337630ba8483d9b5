"""Feeds against their standards: RSS 2.0 with its extensions, Atom (RFC 4287) and JSON Feed 1.1, of every place."""

import io
import itertools
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fastjsonschema
import feedparser
import pytest
import time_machine
import xmlschema
from django.test import Client
from PIL import Image as Pillow

from articles import publishing
from articles.draft import BylinePart
from tests.articles.test_spoilers import make_telling
from tests.factories import (
    correct,
    make_author,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
RSS, ATOM = (xmlschema.XMLSchema11(SCHEMAS / f"{name}.xsd") for name in ("rss", "atom"))
JSON_FEED: Callable[[Any], Any] = fastjsonschema.compile(json.loads((SCHEMAS / "feed.json").read_text()))
FORMS = ["feed/", "feed.atom", "feed.json"]
PLACES = ["/", "/tv/", "/topics/ferries/", "/authors/rory-quill/", "/corrections/"]
SITE = "http://localhost:8000"
HUB = "https://hub.example/"
NINE = datetime(2030, 1, 1, 9, tzinfo=UTC)


def validate(path: str, content: bytes) -> None:
    """Raises an error of the schema's."""
    if path.endswith(".json"):
        JSON_FEED(json.loads(content))
    else:
        (ATOM if path.endswith(".atom") else RSS).validate(ElementTree.fromstring(content))


def entries(path: str) -> list[dict[str, Any]]:
    """Each entry by the names of JSON Feed, whatever the form."""
    content = Client().get(path).content
    if path.endswith(".json"):
        return json.loads(content)["items"]
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return [
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "content_html": entry.content[0].value,
            "authors": [{"name": author.name} for author in entry.get("authors", ()) if author],
        }
        for entry in found.entries
    ]


@pytest.fixture
def everything() -> None:
    """Stories with all that a feed can hold, and with as little as there may be."""
    topic = make_topic("Ferries").pk
    rory, wren = make_author("Rory Quill"), make_author("Wren Hale")
    body = (
        f'<h2>Part</h2><p>“Words”, <a href="/tv/x/">within</a> &amp; <a href="https://example.com/?a=1&amp;b=2">out</a>'
        f'.</p><figure data-image="{make_picture("Inside").pk}"></figure><p>https://youtu.be/abc</p>'
        f'<div data-gallery="{make_picture("One").pk},{make_picture("Two").pk}"></div>'
        '<details class="spoiler"><summary>How?</summary><p>So.</p></details>'
    )
    full = make_edition(
        headline="Ferries <1> & “two” ]]> é",
        dek="A & dek",
        body=body,
        topics=(topic,),
        bylines=(BylinePart(rory.pk), BylinePart(wren.pk), BylinePart(wren.pk, "pictures")),
        lead_image=make_picture("Lead", credit="Bex & Molloy").pk,
        trailer_url="https://youtu.be/abc",
        prompt="And you?",
    )
    correct(full, "It was <two>, not three.", place="top")
    make_edition(dek="", topics=(topic,), lead_image=make_picture("Plain", alt="", is_decorative=True).pk)
    make_edition(sponsor="Acme & Sons", topics=(topic,), canonical_url="https://example.com/first/")
    make_telling(topics=(topic,))


@pytest.mark.parametrize("hub", ["", HUB])
@pytest.mark.usefixtures("everything")
def test_every_feed_is_as_its_standard_has_it(settings, hub):
    settings.WEBSUB_HUB = hub
    for place, form in itertools.product(PLACES, FORMS):
        answer = Client().get(place + form)
        validate(form, answer.content)
        assert entries(place + form), place
        here = f"{SITE}{place}{form}"
        assert answer.headers.get("Link") == (f'<{HUB}>; rel="hub", <{here}>; rel="self"' if hub else None)
        assert links(form, answer.content) == {"alternate": SITE + place, "self": here} | ({"hub": HUB} if hub else {})


def links(form: str, content: bytes) -> dict[str, str]:
    """Where a feed says that it is, what it is of, and its hub."""
    if form != "feed.json":
        return {link.rel: link.href for link in feedparser.parse(content).feed.links}
    data = json.loads(content)
    hubs = [("hub", hub["url"]) for hub in data.get("hubs", ()) if hub["type"] == "WebSub"]
    return {"alternate": data["home_page_url"], "self": data["feed_url"], **dict(hubs)}


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_of_nothing_is_well_and_stays_as_it_is(form):
    make_section("film")
    with time_machine.travel(NINE, tick=False) as clock:
        for place in ("/", "/film/", "/corrections/"):
            answer = Client().get(place + form)
            validate(form, answer.content)
            assert entries(place + form) == []
            clock.shift(timedelta(hours=1))
            again = Client().get(place + form, headers={"if-none-match": answer["ETag"]})
            assert again.status_code == 304, place


BROKEN = [
    ("feed/", '<guid isPermaLink="false">', "<guid>"),
    ("feed/", "+0000</pubDate>", "</pubDate>"),
    ("feed/", "<lastBuildDate>", "<lastBuildDate>Soon, "),
    ("feed/", 'width="640"', 'width="wide"'),
    ("feed/", "<content:encoded>", "<content:decoded>"),
    ("feed/", f"<link>{SITE}/tv", "<link>/tv"),
    ("feed.atom", "+00:00</updated>", "</updated>"),
    ("feed.atom", 'rel="self"', 'rel="other"'),
    ("feed.atom", "<author><name>Rory Quill</name></author>", ""),
    ("feed.atom", '<content type="html">', "<content>"),
    ("feed.atom", "<entry><title>", "<entry><title></title><title>"),
    ("feed.json", "version/1.1", "version/2"),
    ("feed.json", '"content_html"', '"html"'),
    ("feed.json", '"id"', '"key"'),
    ("feed.json", '{"name": "Rory Quill"}', "{}"),
    ("feed.json", f'"image": "{SITE}', '"image": "'),
]


@pytest.mark.parametrize(("form", "right", "wrong"), BROKEN)
def test_the_schemas_find_what_is_wrong(form, right, wrong):
    make_edition(lead_image=make_picture().pk)
    content = Client().get(f"/{form}").content.decode()
    assert right in content
    broken = content.replace(right, wrong)
    if "decoded" in wrong:
        broken = broken.replace("</content:encoded>", "</content:decoded>")
    with pytest.raises((xmlschema.XMLSchemaValidationError, fastjsonschema.JsonSchemaException)):
        validate(form, broken.encode())


class Addresses(HTMLParser):
    """Every address in a piece of HTML, and every element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert name in {"href", "src", "alt", "width", "height", "rel", "lang", "dir", "scope"}, name
            if name in {"href", "src"}:
                self.found.append(value or "")


@pytest.mark.usefixtures("everything")
def test_the_whole_text_travels_with_whole_addresses_and_nothing_alive():
    for place, form in itertools.product(PLACES, FORMS):
        for entry in entries(place + form):
            html = Addresses(entry["content_html"])
            assert html.tags
            assert not html.tags & {"script", "iframe", "form", "button", "style", "object", "input"}
            assert all(re.match(r"https?://[^/]+/", address) for address in html.found), html.found


@pytest.mark.usefixtures("everything")
def test_every_writer_is_named_in_the_order_of_the_byline():
    for form in FORMS:
        [entry] = [entry for entry in entries(f"/{form}") if entry["title"].startswith("Ferries")]
        assert entry["authors"] == [{"name": "Rory Quill"}, {"name": "Wren Hale"}]


@pytest.mark.usefixtures("everything")
def test_the_pictures_of_rss_are_there_in_the_size_and_of_the_type_it_says():
    found = feedparser.parse(Client().get("/feed/").content).entries
    pictures = [entry.media_content[0] for entry in found if "media_content" in entry]
    assert len(pictures) == 2
    for picture in pictures:
        answer = Client().get(picture["url"].removeprefix(SITE))
        assert (answer.status_code, answer["Content-Type"]) == (200, picture["type"])
        with Pillow.open(io.BytesIO(b"".join(answer.streaming_content))) as found_there:
            assert found_there.size == (int(picture["width"]), int(picture["height"]))


@pytest.mark.parametrize("form", FORMS)
def test_a_key_is_kept_through_a_new_address_a_new_section_and_a_time_away(form):
    edition = make_edition(slug="old")
    [before] = entries(f"/{form}")
    republish(edition.article, slug="new", section=make_section("film").pk, headline="Another")
    [after] = entries(f"/{form}")
    assert (after["id"], after["url"]) == (before["id"], f"{SITE}/film/new/")
    take_down(publishing.unpublish, edition.article)
    assert entries(f"/{form}") == []
    article = type(edition.article).objects.get(pk=edition.article_id)
    make_again = publishing.publish(article, version=article.version, by=edition.cut_by)
    assert make_again.is_live
    assert [entry["id"] for entry in entries(f"/{form}")] == [before["id"]]


def test_the_last_build_is_the_last_change_readers_were_told_of():
    with time_machine.travel(NINE, tick=False) as clock:
        edition = make_edition()
        clock.shift(timedelta(hours=1))
        correct(edition)
        clock.shift(timedelta(hours=1))
        text = Client().get("/feed/").content.decode()
    assert parsedate_to_datetime(re.search("<lastBuildDate>(.*?)<", text)[1]) == NINE + timedelta(hours=1)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "a headline mended in silence": lambda edition: republish(edition.article, headline="Other words"),
    "a correction": correct,
    "a story taken away": lambda edition: take_down(publishing.unpublish, edition.article),
    "a story retracted": lambda edition: take_down(publishing.retract, edition.article),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", CHANGES)
def test_who_asks_by_date_alone_hears_of_every_change_and_of_nothing_else(form, what):
    """Also of one that makes the feed's newest story older than it was, or leaves its date alone."""
    other, edition = make_edition(), make_edition()
    assert other.published_at <= edition.published_at
    first = Client().get(f"/{form}")
    headers = {"if-modified-since": first["Last-Modified"]}
    assert Client().get(f"/{form}", headers=headers).status_code == 304
    CHANGES[what](edition)
    second = Client().get(f"/{form}", headers=headers)
    assert second.status_code == 200
    headers = {"if-modified-since": second["Last-Modified"]}
    assert Client().get(f"/{form}", headers=headers).status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_who_asks_by_date_alone_hears_of_what_the_clock_does(form):
    with time_machine.travel(NINE, tick=False) as clock:
        make_edition(headline="Now")
        make_edition(NINE + timedelta(hours=1), headline="Later")
        clock.shift(timedelta(minutes=59))
        first = Client().get(f"/{form}")
        clock.shift(timedelta(minutes=2))
        second = Client().get(f"/{form}", headers={"if-modified-since": first["Last-Modified"]})
    assert second.status_code == 200
    assert "Later" in second.content.decode()
