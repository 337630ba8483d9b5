"""The one way a page shows a picture."""

from django import template
from django.utils.safestring import SafeString

from ..body import pieces
from ..story import Picture

register = template.Library()


@register.simple_tag
def picture(
    image: Picture | None, sizes: str = "100vw", *, shape: str = "", eager: bool = False, alt: str | None = None
) -> SafeString:
    """A <picture> with its widths and its size in pixels, so that nothing moves while it loads.

    `shape` is 16x9, 4x3 or 1x1, cut around the focal point, or "" for the whole picture. `eager` is for the page's
    first; `alt` replaces the picture's own ("" beside a headline that says it).
    """
    return pieces.image(image, sizes, shape=shape, eager=eager, alt=alt) if image else pieces.NOTHING
