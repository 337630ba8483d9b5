"""The one way a page shows a picture."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newsroom.lib.html import trusted

from ..story import Picture

register = template.Library()


@register.simple_tag
def picture(image: Picture | None, sizes: str = "100vw", *, eager: bool = False, alt: str | None = None) -> SafeString:
    """A <picture> with its widths and its size in pixels, so that nothing moves while it loads; AVIF where it is read.

    `eager` is for the page's first picture; `alt` replaces the picture's own ("" beside a headline that says it).
    """
    if image is None:
        return trusted("")
    focus = format_html(' class="{}"', image.focus) if image.focus else ""
    loading = trusted('fetchpriority="high"' if eager else 'loading="lazy" decoding="async"')
    img = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} {}>',
        image.src,
        image.srcset,
        sizes,
        image.width,
        image.height,
        image.alt if alt is None else alt,
        focus,
        loading,
    )
    if not image.avif:
        return img
    source = format_html('<source type="image/avif" srcset="{}" sizes="{}">', image.avif, sizes)
    return format_html("<picture>{}{}</picture>", source, img)
