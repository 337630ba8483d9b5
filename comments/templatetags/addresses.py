"""Addresses of comments, of which a page has hundreds: Django's own `url` tag would be an eighth of its work."""

from functools import cache

from django import template
from django.urls import get_script_prefix, reverse

register = template.Library()

# Stands for a comment's number in an address, and is like nothing else in it.
PLACE = 987_654_321


@register.simple_tag
def address(name: str, pk: int) -> str:
    """The address of that name with this number in it: `{% address "comments:like" comment.id %}`."""
    before, after = _around(name, get_script_prefix())
    return f"{before}{pk}{after}"


@cache
def _around(name: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the number, below this prefix of the site."""
    before, _, after = reverse(name, args=[PLACE]).partition(str(PLACE))
    return before, after
