"""The two tags by which stories and discussions meet in templates. No other tag may query."""

from collections.abc import Iterable

from django import template

from articles.story import Card

from .. import reading
from ..models import Discussion

register = template.Library()


@register.simple_tag
def discussion(story: Card, others: Iterable[Card] = ()) -> reading.Shown:
    """The discussion of a story, with its newest threads: `{% discussion story as discussion %}`.

    Of `others`, stories on the same page, it has the numbers of comments: `discussion.counts`.
    """
    return reading.of_story(story, others=others)


@register.simple_tag
def discussion_counts(stories: Iterable[Card]) -> dict[int, int]:
    """Shown comments by article id, for all the page's stories in one query."""
    return Discussion.objects.counts_for(story.article_id for story in stories)


@register.filter
def of(counts: dict[int, int], article_id: int) -> int:
    """The count of one story; 0 where nobody has said anything."""
    return counts.get(article_id, 0)
