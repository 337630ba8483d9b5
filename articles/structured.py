"""A page as schema.org has it, for search engines: one graph. Pure; the names and values are those of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone

from .body.embeds import embed_of
from .draft import Role
from .story import Card, Credit, Link, Notice, Picture, Story

Data = dict[str, Any]

CONTEXT = "https://schema.org"
# What schema.org calls the pages of the house that say by which rules the paper works.
POLICIES = {
    "publishingPrinciples": "/pages/ethics/",
    "ethicsPolicy": "/pages/ethics/",
    "correctionsPolicy": "/pages/corrections-policy/",
    "masthead": "/pages/masthead/",
}
ROLES = {Role.WORDS: "author", Role.PICTURES: "contributor", Role.EDITING: "editor"}


@dataclass(frozen=True)
class Paper:
    """The paper itself: its name, its address without a slash at the end, its mark, which is square, and its pages."""

    name: str
    url: str
    logo: str
    pages: tuple[Link, ...] = ()

    @property
    def organization(self) -> str:
        return f"{self.url}/#organization"

    @property
    def website(self) -> str:
        return f"{self.url}/#website"


def graph(paper: Paper, *nodes: Data) -> Data:
    """A page's data, with the paper's own; what a node has not got is left out."""
    whole = [*nodes, organization(paper), website(paper)]
    return {"@context": CONTEXT, "@graph": [{name: value for name, value in node.items() if value} for node in whole]}


def organization(paper: Paper) -> Data:
    return {
        "@type": "NewsMediaOrganization",
        "@id": paper.organization,
        "name": paper.name,
        "url": f"{paper.url}/",
        "logo": {"@type": "ImageObject", "url": absolute(paper.logo, paper.url), "width": 512, "height": 512},
        "correctionsPolicy": f"{paper.url}/corrections/",
        **policies(paper),
    }


def policies(paper: Paper) -> dict[str, str]:
    """The addresses of the rules that readers have."""
    public = {page.path for page in paper.pages}
    return {name: f"{paper.url}{path}" for name, path in POLICIES.items() if path in public}


def website(paper: Paper) -> Data:
    return {
        "@type": "WebSite",
        "@id": paper.website,
        "name": paper.name,
        "url": f"{paper.url}/",
        "inLanguage": "en",
        "publisher": {"@id": paper.organization},
    }


def news_article(story: Story, paper: Paper, *, comments: int = 0, drawn: str = "") -> Data:
    """The story as a NewsArticle, or as what an advertiser paid for; `drawn` stands for a picture it has not got.

    Addresses are absolute, times carry their offset.
    """
    page = story.canonical_url or story.url
    return {
        "@type": "AdvertiserContentArticle" if story.sponsor else "NewsArticle",
        "@id": f"{page}#story",
        "headline": story.abroad.headline,
        "description": story.abroad.search_description,
        "url": page,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page},
        "image": pictures(story.abroad.picture, paper.url),
        "datePublished": instant(story.published_at),
        "dateModified": instant(story.updated_at),
        "articleSection": story.section.name,
        "keywords": [topic.name for topic in story.topics],
        "wordCount": story.words,
        "commentCount": comments,
        "discussionUrl": f"{story.url}#discussion" if story.path else "",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        **people(story.bylines, paper.url),
        "publisher": {"@id": paper.organization},
        "isPartOf": {"@id": paper.website},
        "sponsor": {"@type": "Organization", "name": story.sponsor} if story.sponsor else {},
        "video": video(story, paper.url, drawn),
        "correction": [comment(notice) for notice in story.corrections],
    }


def breadcrumbs(paper: Paper, *steps: Link) -> Data:
    """The way from the front page to this one."""
    names = [Link(paper.name, "/"), *steps]
    items = [
        {"@type": "ListItem", "position": place, "name": step.name, "item": absolute(step.path, paper.url)}
        for place, step in enumerate(names, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def list_page(
    here: Link, cards: Sequence[Card], paper: Paper, picture: Picture | None = None, *, query: str = ""
) -> Data:
    """A section or a topic with the stories on its page, and its picture where it has one.

    `query` is what makes the page another than the first.
    """
    page = absolute(here.path, paper.url) + query
    items = [
        {"@type": "ListItem", "position": place, "url": absolute(card.path, paper.url)}
        for place, card in enumerate(cards, start=1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": page,
        "url": page,
        "name": here.name,
        "image": pictures(picture, paper.url),
        "isPartOf": {"@id": paper.website},
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }


@dataclass(frozen=True)
class Profile:
    """An author as their page has them; `links` are the addresses of their pages elsewhere."""

    who: Link
    job: str = ""
    bio: str = ""
    picture: Picture | None = None
    links: tuple[str, ...] = ()


def profile_page(profile: Profile, paper: Paper) -> Data:
    """An author's page."""
    page = absolute(profile.who.path, paper.url)
    about = {
        "@type": "Person",
        "@id": f"{page}#person",
        "name": profile.who.name,
        "url": page,
        "jobTitle": profile.job,
        "description": profile.bio,
        "image": pictures(profile.picture, paper.url),
        "sameAs": list(profile.links),
    }
    return {
        "@type": "ProfilePage",
        "@id": page,
        "url": page,
        "isPartOf": {"@id": paper.website},
        "mainEntity": {name: value for name, value in about.items() if value}
        | {"worksFor": {"@id": paper.organization}},
    }


def pictures(picture: Picture | None, site_url: str) -> list[str]:
    """The picture in the three shapes that search engines ask for."""
    return [absolute(picture.cut(name).src, site_url) for name in ("16x9", "4x3", "1x1")] if picture else []


def video(story: Story, site_url: str, drawn: str) -> Data:
    """The trailer, where its site is one whose player we know and there is a picture: search engines insist on one."""
    found = embed_of(story.trailer_url)
    shown = pictures(story.abroad.picture, site_url) or ([absolute(drawn, site_url)] if drawn else [])
    if not found or not found.player or not shown:
        return {}
    return {
        "@type": "VideoObject",
        "name": f"Trailer: {story.abroad.headline}",
        "description": story.abroad.search_description or story.abroad.headline,
        "embedUrl": found.player,
        "url": found.address,
        "uploadDate": instant(story.published_at),
        "thumbnailUrl": shown,
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
    return {"@type": "CorrectionComment", "text": notice.text, "datePublished": instant(notice.at)}


def instant(moment: datetime) -> str:
    """The moment as pages have it for machines, to the second: HTML has no word for millionths of one."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def absolute(address: str, site_url: str) -> str:
    """A path of ours with the site before it; an address that has its own is left alone."""
    return urljoin(f"{site_url}/", address)
