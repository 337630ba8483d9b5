"""A picture for sharing, drawn for stories that have none: the headline on the colour of its section."""

import io
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 72
LINES = 5
# The largest size of letters that lets the headline fit, in pixels.
SIZES = (104, 92, 80, 70, 62, 54, 48)
LEADING = 0.98
INK, PAPER = "#1c1430", "#fdfcff"
# The colours of sections as the style sheets have them (tokens.css); ink is legible on each.
GROUNDS = {
    "tomato": "#ff7a66",
    "teal": "#2cc9b4",
    "violet": "#ab92ff",
    "amber": "#ffc24d",
    "blue": "#7ab4ff",
    "pink": "#ff8cc0",
}
MARK = 88


def shared_picture(headline: str, section: str, colour: str, paper: str) -> bytes:
    """A PNG of 1200x630: the section, the headline in as many lines as it needs, and whose it is."""
    picture = Pillow.new("RGB", SIZE, GROUNDS.get(colour, PAPER))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((MARGIN, MARGIN, SIZE[0] - MARGIN, MARGIN + 8), fill=INK)
    draw.text((MARGIN, MARGIN + 28), section, font=letters(40), fill=INK)
    size, lines = fitted(headline, SIZE[0] - 2 * MARGIN)
    top = 168
    for line in lines:
        draw.text((MARGIN, top), line, font=letters(size), fill=INK)
        top += round(size * LEADING)
    draw.text((MARGIN, SIZE[1] - MARGIN - 36), paper, font=letters(36), fill=INK)
    mark = _mark()
    picture.paste(mark, (SIZE[0] - MARGIN - MARK, SIZE[1] - MARGIN - MARK + 12), mark)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def fitted(headline: str, width: int) -> tuple[int, list[str]]:
    """The size of letters and the lines: the largest at which they fit, else the smallest with the end cut off."""
    for size in SIZES:
        lines = broken(headline, letters(size), width)
        if len(lines) <= LINES and len(lines) * size * LEADING <= SIZE[1] - 168 - MARGIN - 60:
            return size, lines
    smallest = SIZES[-1]
    lines = broken(headline, letters(smallest), width)[:LINES]
    return smallest, [*lines[:-1], lines[-1].rstrip(" ,.:;") + " …"]


def broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines no longer than `width` pixels; a word that alone is longer stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _mark() -> Pillow.Image:
    """The paper's mark, with what lies outside it transparent."""
    with Pillow.open(str(finders.find("site/icons/icon-192.png"))) as icon:
        return icon.convert("RGBA").resize((MARK, MARK), Pillow.Resampling.LANCZOS)


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """The paper's display letters, narrow and heavy."""
    path = finders.find("site/fonts/bricolage-grotesque.woff2")
    font = ImageFont.truetype(Path(str(path)), size)
    font.set_variation_by_axes([800, 82])
    return font
