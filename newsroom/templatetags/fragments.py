"""The tag by which a template takes in a fragment (see newsroom.fragments)."""

from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString

from newsroom.lib.html import trusted

register = template.Library()


@register.simple_tag
def fragment(name: str, **context: Any) -> SafeString:
    """A fragment, given these values and no others: `{% fragment "_card.html" card=card counts=counts %}`."""
    return trusted(engines["fragments"].get_template(name).render(context))
