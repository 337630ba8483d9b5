"""A story's data for search engines, in its page."""

from django import template
from django.utils.safestring import SafeString

from newsroom.lib.html import data_block

from ..story import Story
from ..structured import news_article

register = template.Library()


@register.simple_tag
def structured_data(story: Story, site_name: str, site_url: str) -> SafeString:
    """The story as JSON-LD."""
    return data_block(news_article(story, site_name=site_name, site_url=site_url), "application/ld+json")
