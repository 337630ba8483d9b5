"""The one way a page shows a picture."""

from django import template
from django.utils.safestring import SafeString

from ..body import pieces
from ..story import Picture

register = template.Library()


@register.simple_tag
def picture(image: Picture | None, sizes: str = "100vw", *, eager: bool = False, alt: str | None = None) -> SafeString:
    """A <picture> with its widths and its size in pixels, so that nothing moves while it loads; AVIF where it is read.

    `eager` is for the page's first picture; `alt` replaces the picture's own ("" beside a headline that says it).
    """
    return pieces.image(image, sizes, eager=eager, alt=alt) if image else pieces.NOTHING
