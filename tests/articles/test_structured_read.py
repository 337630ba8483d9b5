"""The data of a page, read back as a graph by a stranger's parser: it says what the page shows, and nothing else.

`tests/data/schemas/schema-org.json` is what schema.org's own context says of the properties that we use.
"""

import io
import json
import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import rdflib
import time_machine
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow
from rdflib.namespace import RDF

from articles.draft import BylinePart
from articles.images.intake import take_in
from articles.views import lists
from tests.articles.test_spoilers import SAFE, TELLS, make_telling
from tests.factories import (
    change,
    correct,
    make_author,
    make_edition,
    make_section,
    make_shown_comment,
    make_topic,
    mo,
    picture_bytes,
    publish,
)

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own parser makes one.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

CONTEXT = json.loads((Path(__file__).parents[1] / "data" / "schemas" / "schema-org.json").read_text())["@context"]
SCHEMA = rdflib.Namespace("https://schema.org/")
SITE = "http://localhost:8000"
# What search engines ask of each kind of thing, and what they recommend of a story (research: publishing, 4.3).
ASKED = {
    "NewsArticle": "headline image datePublished dateModified author publisher mainEntityOfPage url articleSection"
    " inLanguage isAccessibleForFree wordCount",
    "AdvertiserContentArticle": "headline datePublished dateModified author publisher mainEntityOfPage sponsor",
    "NewsMediaOrganization": "name url logo correctionsPolicy",
    "WebSite": "name url publisher inLanguage",
    "BreadcrumbList": "itemListElement",
    "CollectionPage": "name url mainEntity isPartOf",
    "ItemList": "itemListElement",
    "ListItem": "position",
    "ProfilePage": "mainEntity url",
    "Person": "name",
    "VideoObject": "name description thumbnailUrl uploadDate embedUrl",
    "CorrectionComment": "text datePublished",
    "ImageObject": "url width height",
    "Organization": "name",
    "WebPage": "",
}


class Page(HTMLParser):
    """What a page shows: its headings, moments, links by their `rel`, notices, and the data in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.moments: list[str] = []
        self.authors: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.metas: dict[str, str] = {}
        self.open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.metas[given.get("property") or given.get("name", "")] = given.get("content", "")
        if tag in {"meta", "link", "img", "br", "input", "source", "path", "circle"}:
            return
        if tag == "time":
            self.moments.append(given["datetime"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        key = (
            given.get("type") or given.get("rel") or given.get("class", "").partition(" ")[0] or given.get("id") or tag
        )
        if key == "author":
            self.authors.append(("", given["href"]))
        self.open.append((tag, key))
        self.texts.setdefault(key, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, key in self.open:
            self.texts[key][-1] += data
        if self.open and self.open[-1][1] == "author":
            self.authors[-1] = (data, self.authors[-1][1])

    def text(self, key: str) -> str:
        return " ".join(self.texts[key][0].split())


class Data:
    """The graph of a page."""

    def __init__(self, page: Page) -> None:
        [block] = page.texts["application/ld+json"]
        data = json.loads(block)
        assert data["@context"] == "https://schema.org"
        data["@context"] = CONTEXT
        self.graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")

    def one(self, kind: str) -> rdflib.term.Node:
        [found] = self.graph.subjects(RDF.type, SCHEMA[kind])
        return found

    def all(self, node: Any, name: str) -> list[Any]:
        return list(self.graph.objects(node, SCHEMA[name]))

    def get(self, node: Any, name: str) -> str:
        """The one value there is."""
        [found] = self.all(node, name)
        return str(found)

    def by_position(self, holder: Any) -> list[Any]:
        return sorted(self.all(holder, "itemListElement"), key=lambda item: int(self.get(item, "position")))

    def lacking(self) -> list[str]:
        """What things in it lack of what is asked of their kind; a kind that nobody knows."""
        found = []
        for node, kind in self.graph.subject_objects(RDF.type):
            name = str(kind).removeprefix(str(SCHEMA))
            if name not in ASKED:
                found.append(f"{name} is unknown")
                continue
            found += [f"{name} without {wanted}" for wanted in ASKED[name].split() if not self.all(node, wanted)]
        return found


def opened(path: str) -> tuple[Page, Data]:
    page = Page(Client().get(path).text)
    return page, Data(page)


def image_at(address: Any) -> Pillow.Image:
    """The picture at an address of ours."""
    answer = Client().get(str(address).removeprefix(SITE))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (str(address).startswith(SITE), answer.status_code) == (True, 200)
    return Pillow.open(io.BytesIO(body))


def told_by(page: Page) -> set[datetime]:
    return {datetime.fromisoformat(moment) for moment in page.moments}


@pytest.fixture
def story() -> Any:
    """A story with everything: three names, a change, two corrections, comments, a trailer, topics, a large picture."""
    picture = take_in(io.BytesIO(picture_bytes(size=(1600, 1000))), title="A", alt="A ferry", credit="Bex")
    names = [make_author(name).pk for name in ("Ines Vale", "Wren Hale", "Bex Molloy", "Edna Ford")]
    roles = zip(names, ("words", "words", "pictures", "editing"), strict=True)
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False) as clock:
        first = make_edition(
            headline="Two funnels & <three> “masts”",
            dek="A dek.",
            slug="two",
            section=make_section("tv").pk,
            topics=(make_topic("Ferries").pk, make_topic("Masts").pk),
            bylines=tuple(BylinePart(name, role) for name, role in roles),
            lead_image=picture.pk,
            trailer_url="https://youtu.be/abc",
        )
        clock.shift(timedelta(hours=3))
        change(first.article, body="<p>Other words, and more.</p>")
        edition = publish(first.article, significant=True)
        clock.shift(timedelta(hours=3))
        correct(edition, "It was <two>, not three.", place="top")
        correct(edition, "On Sunday.", kind="clarification")
    for _ in range(3):
        make_shown_comment(edition, by=mo())
    return edition


def test_a_story_says_to_machines_what_it_says_to_people(story):
    page, data = opened(story.path)
    node = data.one("NewsArticle")
    assert data.get(node, "headline") == page.text("headline") == "Two funnels & <three> “masts”"
    assert data.get(node, "description") == page.text("article__dek")
    assert data.get(node, "url") == page.metas["og:url"] == f"{SITE}{story.path}"
    published, updated = (data.get(node, name) for name in ("datePublished", "dateModified"))
    assert published == page.metas["article:published_time"]
    assert updated == page.metas["article:modified_time"]
    assert {datetime.fromisoformat(published), datetime.fromisoformat(updated)} <= told_by(page)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", published)
    assert data.get(node, "articleSection") == "TV"
    assert {str(word) for word in data.all(node, "keywords")} == {"Ferries", "Masts"}
    assert data.lacking() == []


def test_everybody_of_the_byline_is_somebody_with_a_page(story):
    page, data = opened(story.path)
    node = data.one("NewsArticle")
    made = {
        role: {(data.get(one, "name"), data.get(one, "url").removeprefix(SITE)) for one in data.all(node, role)}
        for role in ("author", "contributor", "editor")
    }
    assert set.union(*made.values()) == set(page.authors)
    assert {name for name, _ in made["author"]} == {"Ines Vale", "Wren Hale"}
    for _, path in page.authors:
        assert Client().get(path).status_code == 200


def test_its_pictures_are_there_in_the_three_shapes_and_large_enough(story):
    _, data = opened(story.path)
    node = data.one("NewsArticle")
    images = [str(image) for image in data.all(node, "image")]
    ratios = set()
    for image in images:
        assert image_at(image).format == "JPEG"
        width, height = image_at(image).size
        assert width >= 1000
        assert width * height >= 50_000
        ratios |= {
            name
            for name, ratio in {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1}.items()
            if 0.99 < width / height / ratio < 1.01
        }
    assert len(images) == 3
    assert ratios == {"16:9", "4:3", "1:1"}


def test_corrections_and_the_count_of_comments_are_those_of_the_page(story):
    page, data = opened(story.path)
    node = data.one("NewsArticle")
    told = {(data.get(one, "text"), data.get(one, "datePublished")) for one in data.all(node, "correction")}
    assert {text for text, _ in told} == {" ".join(text.split()) for text in page.texts["notice-of-error__text"]}
    assert {datetime.fromisoformat(at) for _, at in told} <= told_by(page)
    assert len(told) == 2
    assert page.text("discussion__count") == f"{data.get(node, 'commentCount')} comments" == "3 comments"
    assert data.get(node, "discussionUrl") == f"{SITE}{story.path}#discussion"
    assert len(page.texts["comment__body"]) == 3


def test_the_way_to_it_is_a_way_one_can_go(story):
    page, data = opened(story.path)
    steps = data.by_position(data.one("BreadcrumbList"))
    assert [data.get(step, "name") for step in steps] == ["Newsroom", "TV", page.text("headline")]
    paths = [data.get(step, "item").removeprefix(SITE) for step in steps]
    assert paths == ["/", "/tv/", story.path]
    assert set(paths[:2]) <= set(page.links)
    assert all(Client().get(path).status_code == 200 for path in paths)


@pytest.mark.parametrize("pictured", [True, False])
def test_a_trailer_is_a_video_with_a_picture_that_is_there(story, pictured):
    edition = story if pictured else make_edition(trailer_url="https://youtu.be/abc")
    _, data = opened(edition.path)
    video = data.one("VideoObject")
    assert data.get(video, "uploadDate") == data.get(data.one("NewsArticle"), "datePublished")
    for address in data.all(video, "thumbnailUrl"):
        assert image_at(address).size > (300, 300)
    assert [line for line in data.lacking() if "image" not in line] == []


def test_a_story_that_gives_much_away_does_not_tell_machines(story):
    edition = make_telling(trailer_url="https://youtu.be/abc")
    page, data = opened(edition.path)
    assert data.get(data.one("NewsArticle"), "headline") == page.metas["og:title"] == SAFE
    assert TELLS not in data.graph.serialize(format="nt")
    assert [line for line in data.lacking() if "image" not in line] == []


def test_the_front_page_is_the_paper_s():
    make_edition()
    page, data = opened("/")
    node = data.one("NewsMediaOrganization")
    assert (data.get(node, "name"), data.get(node, "url")) == (page.metas["og:site_name"], page.metas["og:url"])
    for name in ("correctionsPolicy", "url"):
        assert Client().get(data.get(node, name).removeprefix(SITE)).status_code == 200
    assert str(data.all(data.one("WebSite"), "publisher")[0]) == str(node)
    assert data.lacking() == []


@pytest.mark.parametrize("path", ["/tv/", "/topics/ferries/"])
def test_a_list_has_the_stories_of_its_page_in_their_order(monkeypatch, path):
    monkeypatch.setattr(lists, "PAGE", 2)
    for _ in range(5):
        make_edition(topics=(make_topic("Ferries").pk,))
    shown = []
    for address in (path, path + re.findall(r'rel="next" href="([^"]+)"', Client().get(path).text)[0]):
        page, data = opened(address)
        here = data.one("CollectionPage")
        items = [data.get(item, "url").removeprefix(SITE) for item in data.by_position(data.one("ItemList"))]
        headlines = [link for link in page.links if link.startswith("/tv/story-")]
        assert items == list(dict.fromkeys(headlines))
        assert (data.get(here, "url"), data.get(here, "name")) == (page.metas["og:url"], page.text("h1"))
        assert data.lacking() == []
        shown += items
    assert len(set(shown)) == 4


def test_an_author_is_the_person_of_the_page():
    make_edition()
    page, data = opened("/authors/rory-quill/")
    person = data.all(data.one("ProfilePage"), "mainEntity")[0]
    assert data.get(person, "name") == page.text("h1")
    assert data.get(person, "url") == page.metas["og:url"]
    assert data.lacking() == []


def test_what_is_paid_for_has_what_is_asked_of_it():
    _, data = opened(make_edition(sponsor="Acme").path)
    assert data.get(data.all(data.one("AdvertiserContentArticle"), "sponsor")[0], "name") == "Acme"
    assert data.lacking() == []


def test_a_lack_is_told_of(story, monkeypatch):
    monkeypatch.setitem(ASKED, "NewsArticle", f"{ASKED['NewsArticle']} copyrightHolder")
    monkeypatch.delitem(ASKED, "VideoObject")
    assert set(opened(story.path)[1].lacking()) == {"NewsArticle without copyrightHolder", "VideoObject is unknown"}
