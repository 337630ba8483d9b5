"""A page's data for search engines, in the page."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from newsroom.lib.html import data_block

from .. import structured
from ..models import Author
from ..story import Card, Link, Picture, Story

register = template.Library()


def paper() -> structured.Paper:
    return structured.Paper(settings.SITE_NAME, settings.SITE_URL, static("site/icons/icon-512.png"))


def block(*nodes: structured.Data) -> SafeString:
    return data_block(structured.graph(paper(), *nodes), "application/ld+json")


@register.simple_tag
def story_data(story: Story, comments: int = 0) -> SafeString:
    """A story, and the way to it."""
    steps = (story.section, Link(story.abroad.headline, story.path))
    drawn = reverse("articles:drawn", args=[story.article_id]) if story.path else ""
    told = structured.news_article(story, paper(), comments=comments, drawn=drawn)
    return block(told, structured.breadcrumbs(paper(), *steps))


@register.simple_tag
def list_data(here: Link, cards: list[Card], query: str = "", picture: Picture | None = None) -> SafeString:
    """A section or a topic: its `name` and `path`, the stories on its page, which may be a later one, its picture."""
    listed = structured.list_page(here, cards, paper(), picture, query=query)
    return block(listed, structured.breadcrumbs(paper(), here))


@register.simple_tag
def author_data(author: Author) -> SafeString:
    """An author of the paper, with their links loaded."""
    who = Link(author.name, author.get_absolute_url())
    links = tuple(link.url for link in author.links.all())
    profile = structured.Profile(who, author.job, author.bio, author.portrait, links)
    return block(structured.profile_page(profile, paper()), structured.breadcrumbs(paper(), who))


@register.simple_tag
def paper_data() -> SafeString:
    """The paper, on its front page."""
    return block()
