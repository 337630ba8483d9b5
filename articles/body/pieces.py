"""The pieces of finished HTML that a stored reference becomes: a picture, a gallery, an embed. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..story import Picture
from .embeds import Embed, Shape

IN_THE_BODY = "(min-width: 46rem) 42rem, 100vw"
IN_A_TALL_BOX = "70rem"  # its height, 39rem, of a picture of 16:9
IN_A_GRID = "(min-width: 46rem) 21rem, 50vw"
NOTHING = mark_safe("")
EAGER = mark_safe('fetchpriority="high"')
LAZY = mark_safe('loading="lazy" decoding="async"')
# As `figure`, `gallery` and `stage` write them: a figure of a picture holds no other, and a gallery no <div>.
LIMITED = re.compile(r'<figure class="[a-z_]+" data-until="([0-9-]+)">.*?</figure>', re.DOTALL)
GALLERY = re.compile(r'<div class="gallery"[^>]*>(.*?)</div>', re.DOTALL)
PRIVACY = "Nothing comes from {0} before you ask for it. Then {0} learns of your visit, and may set cookies."


# The same pictures stand on page after page; a picture that is changed is another one. Text that is safe and text that
# is not are two things, however alike.
@lru_cache(maxsize=4096, typed=True)
def image(picture: Picture, sizes: str, *, shape: str = "", eager: bool = False, alt: str | None = None) -> SafeString:
    """A picture, whole or in a shape of the ladder: AVIF, WebP or JPEG, whichever is read, in the width that is needed.

    Its size in pixels is said, so that nothing moves while it loads. It loads when it comes near, unless it is
    `eager`; `alt` replaces its own.
    """
    cut = picture.cut(shape)
    focus = format_html(' class="{}"', picture.focus) if picture.focus and not shape else NOTHING
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        (("avif", cut.avif, sizes), ("webp", cut.srcset, sizes)),
    )
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{} {}></picture>',
        sources,
        cut.src,
        cut.width,
        cut.height,
        picture.alt if alt is None else alt,
        focus,
        EAGER if eager else LAZY,
    )


def credit(picture: Picture) -> SafeString:
    """Who made a picture, with a link where there is one."""
    name: str = picture.credit
    if name and picture.credit_url:
        name = format_html('<a href="{}" rel="noopener external">{}</a>', picture.credit_url, name)
    by = format_html('<span class="credit"><span class="visually-hidden">Credit: </span>{}</span>', name)
    return by if name else NOTHING


def caption(picture: Picture, words: str = "") -> SafeString:
    """What stands below a picture: `words`, HTML of the body, or the picture's own; and who made it."""
    both = [part for part in (mark_safe(words) or escape(picture.caption), credit(picture)) if part]
    return format_html("<figcaption>{}</figcaption>", mark_safe(" ".join(both))) if both else NOTHING


def figure(picture: Picture, words: str) -> SafeString:
    """A picture of the library in the body; `words` (HTML) stand instead of its own caption where there are any."""
    shown = image(picture, IN_THE_BODY)
    return format_html('<figure class="picture"{}>{}{}</figure>', until(picture), shown, caption(picture, words))


def until(picture: Picture) -> SafeString:
    """The mark by which `in_force` knows the last day of a picture's rights."""
    return format_html(' data-until="{}"', picture.rights_until) if picture.rights_until else NOTHING


def gallery(pictures: Iterable[Picture]) -> SafeString:
    """A grid of pictures, each a link to its largest rendition."""
    shown = list(pictures)
    if not shown:
        return NOTHING
    each = format_html_join(
        "",
        '<figure class="gallery__picture"{}><a class="gallery__link" href="{}">{}</a>{}</figure>',
        (
            (until(picture), picture.largest, image(picture, IN_A_GRID, shape="1x1"), caption(picture))
            for picture in shown
        ),
    )
    return grid(each, len(shown))


def grid(pictures: str, count: int) -> SafeString:
    """The group around a gallery's pictures, which are finished HTML."""
    label = f"Gallery: {count} picture{'' if count == 1 else 's'}"
    return format_html('<div class="gallery" role="group" aria-label="{}">{}</div>', label, mark_safe(pictures))


def in_force(html: str, today: str) -> str:
    """Compiled HTML as it may be shown `today` (2026-12-31): without pictures whose last day has passed.

    A gallery that loses some says how many it still has; one that loses all is gone.
    """
    kept = LIMITED.sub(lambda found: found[0] if found[1] >= today else "", html)
    return html if kept == html else GALLERY.sub(_counted, kept)


def _counted(found: re.Match[str]) -> str:
    count = found[1].count("<figure ")
    return grid(found[1], count) if count else ""


def embed(found: Embed, words: str = "", poster: Picture | None = None, *, alt: str | None = None) -> SafeString:
    """A box that stands for a page of another site, and asks it for nothing; `words` are HTML, to say what it is.

    With a poster, a video plays in its place above the words; `alt` replaces the poster's own.
    """
    name = mark_safe(words) if words else f"A {found.noun} from {found.provider}"
    verb = "Watch" if found.noun in {"video", "stream"} else "Open"
    link = format_html(
        '<a class="embed__link" href="{}" rel="noopener external">{} it on {}</a>', found.address, verb, found.provider
    )
    privacy = format_html("<p>{}</p>", PRIVACY.format(found.provider)) if found.player else NOTHING
    player = format_html(' data-player="{}"', found.player) if found.player else NOTHING
    return format_html(
        '<div class="embed" data-shape="{}" data-provider="{}"{}>{}<div class="embed__box">'
        "<p><strong>{}</strong></p>{}<p>{}</p></div></div>",
        found.shape,
        found.provider,
        player,
        stage(poster, found.shape, alt) if poster else NOTHING,
        name,
        privacy,
        link,
    )


def stage(poster: Picture, shape: str, alt: str | None) -> SafeString:
    """An embed's poster, with who made it; a video plays in its place."""
    is_tall = shape == Shape.TALL
    still = image(poster, IN_A_TALL_BOX if is_tall else IN_THE_BODY, shape="" if is_tall else "16x9", alt=alt)
    by = format_html("<figcaption>{}</figcaption>", credit(poster)) if poster.credit else NOTHING
    return format_html('<figure class="embed__stage"{}>{}{}</figure>', until(poster), still, by)
