"""Feeds: the paper, its sections, topics and authors, and its corrections, as RSS 2.0, Atom and JSON Feed 1.1.

What a feed may hold is a question to live editions, and it says no more than a list does: the headline of a story
that gives much away is its spoiler-free one, and a warning stands before its words.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc2822_date
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page

from . import shown
from .body.travel import travelling
from .models import Author, Correction, Edition, EditionByline, EditionTopic, Section, Topic
from .models.correction import notices_of
from .models.edition import LinkQuerySet
from .story import Picture, Story
from .structured import absolute, instant

ITEMS = 30
FIVE_MINUTES = 300
# When a feed changed in which nothing has ever been.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
# So long it is known since when a feed says what it says; after that it counts as new, once.
REMEMBERED = timedelta(days=30)
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
}


@dataclass(frozen=True)
class Item:
    """One entry: `key` is the same for ever, whatever becomes of the address; `html` is for readers elsewhere."""

    key: str
    title: str
    url: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Source:
    """What a feed is of: its name, the page that shows the same, and the entries, newest first."""

    title: str
    description: str
    path: str
    items: list[Item]

    @property
    def about(self) -> str:
        """What it says of itself; a section may have no description."""
        return self.description or self.title


# --- What it is of ---------------------------------------------------------------------------------


def site() -> Source:
    shows(shown.STORIES)
    editions = Edition.objects.live().newest_first().defer("source", "text")[:ITEMS]
    return Source(settings.SITE_NAME, f"The newest stories of {settings.SITE_NAME}", "/", story_items(editions))


def section(slug: str) -> Source:
    row = get_object_or_404(Section, slug=slug)
    shows(shown.section(row.pk))
    editions = Edition.objects.live().filter(section=row).newest_first().defer("source", "text")[:ITEMS]
    return Source(f"{row.name} · {settings.SITE_NAME}", row.description, row.get_absolute_url(), story_items(editions))


def topic(slug: str) -> Source:
    row = get_object_or_404(Topic, slug=slug)
    shows(shown.topic(row.pk))
    return linked(row.name, row.description, row.link.path, EditionTopic.objects.filter(topic=row))


def author(slug: str) -> Source:
    row = get_object_or_404(Author, slug=slug)
    shows(shown.author(row.pk))
    return linked(row.name, row.bio, row.get_absolute_url(), EditionByline.objects.filter(author=row))


def corrections() -> Source:
    rows = list(Correction.objects.public()[:ITEMS])
    shows(shown.CORRECTIONS, *(shown.story(row.article_id) for row in rows))
    items = [correction_item(row) for row in rows]
    title = f"Corrections · {settings.SITE_NAME}"
    return Source(title, "What we got wrong, and what is right.", "/corrections/", items)


def linked(name: str, description: str, path: str, links: LinkQuerySet) -> Source:
    """The stories that links point at; with none it is a 404, as the page is."""
    live = links.live().newest_first().select_related("edition").defer("edition__source", "edition__text")
    items = story_items(link.edition for link in live[:ITEMS])
    if not items:
        raise Http404
    return Source(f"{name} · {settings.SITE_NAME}", description, path, items)


# --- Entries ---------------------------------------------------------------------------------------


def story_items(editions: Iterable[Edition]) -> list[Item]:
    """Stories with their corrections, which are one query whatever their number."""
    stories = [edition.story for edition in editions]
    notices = notices_of(story.article_id for story in stories)
    return [story_item(replace(story, corrections=notices.get(story.article_id, ()))) for story in stories]


def story_item(story: Story) -> Item:
    page = render_to_string("articles/_feed_story.html", {"story": story})
    sponsored = ("Sponsored",) if story.sponsor else ()
    return Item(
        key=key("story", story.article_id),
        title=f"Paid for by {story.sponsor}: {story.abroad.headline}" if story.sponsor else story.abroad.headline,
        url=story.canonical_url or story.url,
        summary=story.dek,
        html=travelling(page, settings.SITE_URL),
        published_at=story.published_at,
        updated_at=max([story.updated_at, *(notice.at for notice in story.corrections)]),
        authors=tuple(credit.name for credit in story.bylines if credit.role == "words"),
        categories=(*sponsored, story.section.name, *(topic.name for topic in story.topics)),
        picture=story.abroad.picture,
    )


def correction_item(row: Any) -> Item:
    """A correction, with the story's `headline`, `path` and `sponsor` as `public()` gives them."""
    page = render_to_string("articles/_feed_correction.html", {"row": row})
    return Item(
        key=key("correction", row.pk),
        title=f"{row.notice.label}: {row.headline}",
        url=absolute(row.path, settings.SITE_URL),
        summary=row.text,
        html=travelling(page, settings.SITE_URL),
        published_at=row.at,
        updated_at=row.at,
        categories=("Sponsored",) if row.sponsor else (),
    )


def key(kind: str, number: int) -> str:
    """A tag URI (RFC 4151), in which nothing can change."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{kind}/{number}"


# --- Three ways to say it --------------------------------------------------------------------------


class Steady:
    """A feed in which there is nothing is the same every time it is asked for."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


class Rss(Steady, Rss201rev2Feed):
    """RSS 2.0 with the whole text, each author by name, and the picture with its credit."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": settings.WEBSUB_HUB})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Any) -> None:
        entry: Item = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", entry.url)
        if entry.summary:
            handler.addQuickElement("description", entry.summary)
        handler.addQuickElement("content:encoded", entry.html)
        for name in entry.authors:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("pubDate", rfc2822_date(entry.published_at))
        handler.addQuickElement("guid", entry.key, {"isPermaLink": "false"})
        for name in entry.categories:
            handler.addQuickElement("category", name)
        if entry.picture:
            add_picture(handler, entry.picture)


def add_picture(handler: SimplerXMLGenerator, picture: Picture) -> None:
    cut = picture.whole
    size = {"width": str(cut.width), "height": str(cut.height)}
    about = {"url": absolute(cut.src, settings.SITE_URL), "medium": "image", "type": "image/jpeg", **size}
    handler.startElement("media:content", AttributesImpl(about))
    for name, words in (("media:description", picture.alt), ("media:credit", picture.credit)):
        if words:
            handler.addQuickElement(name, words)
    handler.endElement("media:content")


class Atom(Steady, Atom1Feed):
    """Atom with the whole text; `updated` is what readers are told of."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Any) -> None:
        entry: Item = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", "", {"href": entry.url, "rel": "alternate"})
        handler.addQuickElement("id", entry.key)
        handler.addQuickElement("published", instant(entry.published_at))
        handler.addQuickElement("updated", instant(entry.updated_at))
        for name in entry.authors or (settings.SITE_NAME,):
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})
        for name in entry.categories:
            handler.addQuickElement("category", "", {"term": name})


def xml(generator: type[Rss201rev2Feed] | type[Atom1Feed]) -> Callable[[Source, str], HttpResponse]:
    def write(source: Source, address: str) -> HttpResponse:
        page = absolute(source.path, settings.SITE_URL)
        feed = generator(source.title, page, source.about, language="en", feed_url=address, feed_guid=address)
        for item in source.items:
            dates = {"pubdate": item.published_at, "updateddate": item.updated_at}
            feed.items.append({"entry": item, "title": item.title, "link": item.url, "categories": (), **dates})
        return HttpResponse(feed.writeString("utf-8"), content_type=generator.content_type)

    return write


def json(source: Source, address: str) -> HttpResponse:
    """JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "description": source.about,
        "home_page_url": absolute(source.path, settings.SITE_URL),
        "feed_url": address,
        "language": "en",
        "items": [json_item(item) for item in source.items],
        **({"hubs": [{"type": "WebSub", "url": settings.WEBSUB_HUB}]} if settings.WEBSUB_HUB else {}),
    }
    return JsonResponse(data, content_type="application/feed+json")


def json_item(item: Item) -> dict[str, Any]:
    about = {
        "id": item.key,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "image": absolute(item.picture.whole.src, settings.SITE_URL) if item.picture else "",
        "date_published": instant(item.published_at),
        "date_modified": instant(item.updated_at),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.categories),
    }
    return {name: value for name, value in about.items() if value}


# --- Addresses -------------------------------------------------------------------------------------

FORMS: dict[str, Callable[[Source, str], HttpResponse]] = {"feed/": xml(Rss), "feed.atom": xml(Atom), "feed.json": json}


def view(of: Callable[..., Source], form: str) -> Callable[..., HttpResponseBase]:
    """The feed of a source in one form; browsers and readers may keep it for five minutes."""

    @require_safe
    @kept_page(max_age=FIVE_MINUTES)
    def feed(request: HttpRequest, **which: str) -> HttpResponse:
        source = of(**which)
        here = f"{settings.SITE_URL}{request.path}"
        response = FORMS[form](source, here)
        if settings.WEBSUB_HUB:
            response.headers["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{here}>; rel="self"'
        response.headers["Last-Modified"] = http_date(since(here, response.content).timestamp())
        return response

    return feed


def since(address: str, content: bytes) -> datetime:
    """Since when, as far as anybody noticed, an address has said this.

    The dates of the stories do not tell: when one is taken away, or mended in silence, what is left is older.
    Two changes are never of the same second, which is all that the header can say.
    """
    name, digest, now = f"feed:{address}", hashlib.blake2b(content, digest_size=16).hexdigest(), timezone.now()
    known, at = cache.get(name, ("", BEGINNING))
    if known == digest:
        return at
    at = max(now, at + timedelta(seconds=1))
    cache.set(name, (digest, at), REMEMBERED.total_seconds())
    return at
