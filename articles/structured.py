"""A story as schema.org has it, for search engines. Pure; the names and values are those of the page."""

from typing import Any
from urllib.parse import urljoin

from .body.embeds import embed_of
from .draft import Role
from .story import Credit, Notice, Picture, Story

Data = dict[str, Any]

CONTEXT = "https://schema.org"
ROLES = {Role.WORDS: "author", Role.PICTURES: "contributor", Role.EDITING: "editor"}


def news_article(story: Story, *, site_name: str, site_url: str) -> Data:
    """The story as a NewsArticle, or as what an advertiser paid for; what it has not got is left out.

    Addresses are absolute, times carry their offset.
    """
    page = story.canonical_url or story.url
    data = {
        "@context": CONTEXT,
        "@type": "AdvertiserContentArticle" if story.sponsor else "NewsArticle",
        "headline": story.abroad.headline,
        "description": story.abroad.search_description,
        "url": page,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page},
        "image": pictures(story.abroad.picture, site_url),
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.updated_at.isoformat(),
        "articleSection": story.section.name,
        **people(story.bylines, site_url),
        "publisher": {"@type": "NewsMediaOrganization", "name": site_name, "url": f"{site_url}/"},
        "sponsor": {"@type": "Organization", "name": story.sponsor} if story.sponsor else {},
        "video": video(story, site_url),
        "correction": [comment(notice) for notice in story.corrections],
    }
    return {name: value for name, value in data.items() if value}


def pictures(picture: Picture | None, site_url: str) -> list[str]:
    """The picture in the three shapes that search engines ask for."""
    return [absolute(picture.cut(name).src, site_url) for name in ("16x9", "4x3", "1x1")] if picture else []


def video(story: Story, site_url: str) -> Data:
    """The trailer, where its site is one whose player we know."""
    found, picture = embed_of(story.trailer_url), story.abroad.picture
    if found is None or not found.player:
        return {}
    return {
        "@type": "VideoObject",
        "name": f"Trailer: {story.abroad.headline}",
        "description": story.abroad.search_description or story.abroad.headline,
        "embedUrl": found.player,
        "url": found.address,
        "uploadDate": story.published_at.isoformat(),
        **({"thumbnailUrl": pictures(picture, site_url)} if picture else {}),
    }


def people(bylines: tuple[Credit, ...], site_url: str) -> Data:
    """Who made the story, each by what they did."""
    made: Data = {}
    for credit in bylines:
        made.setdefault(ROLES.get(Role(credit.role), "contributor"), []).append(person(credit, site_url))
    return made


def person(credit: Credit, site_url: str) -> Data:
    named = {"@type": "Person", "name": credit.name}
    return {**named, "url": absolute(credit.path, site_url)} if credit.path else named


def comment(notice: Notice) -> Data:
    """A correction; schema.org has one word for corrections and clarifications."""
    return {"@type": "CorrectionComment", "text": notice.text, "datePublished": notice.at.isoformat()}


def absolute(address: str, site_url: str) -> str:
    """A path of ours with the site before it; an address that has its own is left alone."""
    return urljoin(f"{site_url}/", address)
