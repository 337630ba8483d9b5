"""A page's data for search engines, in the page."""

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from newsroom.lib.html import data_block

from .. import structured
from ..models import Author
from ..story import Card, Link, Picture, Story

register = template.Library()


def paper(context: Context) -> structured.Paper:
    """The paper, with those pages of the house that its footer leads to."""
    pages = tuple(context.get("house_pages") or ())
    return structured.Paper(settings.SITE_NAME, settings.SITE_URL, static("site/icons/icon-512.png"), pages)


def block(paper: structured.Paper, *nodes: structured.Data) -> SafeString:
    return data_block(structured.graph(paper, *nodes), "application/ld+json")


@register.simple_tag(takes_context=True)
def story_data(context: Context, story: Story, comments: int = 0) -> SafeString:
    """A story, and the way to it."""
    ours, steps = paper(context), (story.section, Link(story.abroad.headline, story.path))
    drawn = reverse("articles:drawn", args=[story.article_id]) if story.path else ""
    told = structured.news_article(story, ours, comments=comments, drawn=drawn)
    return block(ours, told, structured.breadcrumbs(ours, *steps))


@register.simple_tag(takes_context=True)
def list_data(
    context: Context, here: Link, cards: list[Card], query: str = "", picture: Picture | None = None
) -> SafeString:
    """A section or a topic: its `name` and `path`, the stories on its page, which may be a later one, its picture."""
    ours = paper(context)
    listed = structured.list_page(here, cards, ours, picture, query=query)
    return block(ours, listed, structured.breadcrumbs(ours, here))


@register.simple_tag(takes_context=True)
def author_data(context: Context, author: Author) -> SafeString:
    """An author of the paper, with their links loaded."""
    ours, who = paper(context), Link(author.name, author.get_absolute_url())
    links = tuple(link.url for link in author.links.all())
    profile = structured.Profile(who, author.job, author.bio, author.portrait, links)
    return block(ours, structured.profile_page(profile, ours), structured.breadcrumbs(ours, who))


@register.simple_tag(takes_context=True)
def paper_data(context: Context) -> SafeString:
    """The paper, on its front page and on the pages of the house."""
    return block(paper(context))
