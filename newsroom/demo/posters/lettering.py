"""The title and its line, set large enough to survive a square crop and a small card."""

from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageStat

from .palettes import Colour, Palette, brightness, mix

FONTS = Path(__file__).resolve().parent.parent / "fonts"

Line = tuple[str, ImageFont.FreeTypeFont]


class Style(NamedTuple):
    """How one kind of poster is lettered: its face, its case and the air between its lines."""

    font: str
    capitals: bool
    leading: float


class Block(NamedTuple):
    """A title broken into lines at one size of type."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    rise: int
    step: int

    @property
    def height(self) -> int:
        """From the top of the first line's capitals to the last line's foot."""
        return self.rise + self.step * (len(self.lines) - 1)

    @property
    def tail(self) -> int:
        """How far the last line's letters hang below its foot."""
        return round(max(0, self.font.getbbox(self.lines[-1], anchor="ls")[3]))


STYLES = {
    "series": Style("abril-fatface", False, 1.3),
    "film": Style("anton", True, 1.17),
    "game": Style("bungee", True, 1.2),
    "comic": Style("bangers", True, 1.16),
    "album": Style("abril-fatface", False, 1.3),
    "news": Style("anton", True, 1.17),
}

WIDEST = 0.88
TALLEST = {"low": 0.21, "high": 0.235, "foot": 0.17}
SINGLE = 0.8
FLOOR, CEILING = 0.94, 0.065


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.woff", size)


def letter(picture: Image.Image, title: str, line: str, kind: str, palette: Palette, place: str) -> None:
    """Set the title, and the line under it, in the upper or the lower part of the picture."""
    style, height = STYLES[kind], picture.height
    block = _fit(title.upper() if style.capitals else title, style, picture.size, TALLEST[place])
    small = _line_font(line, min(picture.size))
    gap = round(height * 0.03) + round(block.tail * 0.5) if line else 0
    whole = block.height + gap + (_rise(small) if line else 0)
    inset = 0.03 if kind in ("film", "comic") else 0
    top = round(height * (CEILING + inset)) if place == "high" else round(height * (FLOOR - inset)) - whole
    colour = _contrast(picture, top, whole, palette)
    _title(picture, block, top, kind, palette, colour)
    if line:
        _tagline(picture, (line.upper(), small), top + block.height + gap, kind, palette, colour)


def _fit(title: str, style: Style, size: tuple[int, int], tallest: float) -> Block:
    """The break into one to three lines that lets the type be largest."""
    safe, room = min(size) * WIDEST, size[1] * tallest
    blocks = (_sized(lines, style, safe, room) for lines in _breaks(title.split()))
    return max(blocks, key=lambda block: block.font.size - 0.12 * block.font.size * len(block.lines))


def _breaks(words: list[str]) -> list[tuple[str, ...]]:
    """Every way to break the words into at most three lines."""
    breaks: list[tuple[str, ...]] = []
    for count in range(min(3, len(words))):
        for cuts in combinations(range(1, len(words)), count):
            edges = [0, *cuts, len(words)]
            breaks.append(tuple(" ".join(words[a:b]) for a, b in pairwise(edges)))
    return breaks or [("",)]


def _sized(lines: tuple[str, ...], style: Style, safe: float, room: float) -> Block:
    """These lines at the largest size that fits both the width and the height."""
    probe = _font(style.font, 200)
    widest = max(probe.getlength(text) for text in lines) or 1
    tall = _rise(probe) * (1 + style.leading * (len(lines) - 1) if len(lines) > 1 else 1 / SINGLE)
    size = int(200 * min(safe / widest, room / tall))
    font = _font(style.font, max(8, size))
    return Block(lines, font, _rise(font), round(_rise(font) * style.leading))


def _rise(font: ImageFont.FreeTypeFont) -> int:
    """The height of a capital."""
    return round(-font.getbbox("H", anchor="ls")[1])


def _line_font(line: str, side: int) -> ImageFont.FreeTypeFont:
    """The line's face, shrunk until its spaced capitals fit the safe width."""
    size = side * 0.042
    font = _font("anton", round(size))
    over = _spaced(line.upper(), font) / (side * WIDEST)
    return _font("anton", max(8, int(size / over))) if over > 1 else font


def _spaced(text: str, font: ImageFont.FreeTypeFont) -> float:
    return sum(font.getlength(mark) for mark in text) + (len(text) - 1) * _tracking(font)


def _tracking(font: ImageFont.FreeTypeFont) -> float:
    return font.size * 0.13


def _contrast(picture: Image.Image, top: int, height: int, palette: Palette) -> Colour:
    """The palest or the darkest ink, whichever stands out from what lies behind the title."""
    width, side = picture.width, min(picture.size)
    behind = picture.crop(((width - side) // 2, max(0, top), (width + side) // 2, top + height))
    level = ImageStat.Stat(behind.convert("L")).median[0]
    pale, dark = brightness(palette.light) - level, level - brightness(palette.ink)
    return palette.light if pale > dark * 0.75 else palette.ink


def _title(picture: Image.Image, block: Block, top: int, kind: str, palette: Palette, colour: Colour) -> None:
    """The title's lines, with the shadow or outline its kind asks for."""
    against = palette.ink if colour == palette.light else palette.light
    drop = max(2, round(block.font.size * 0.045))
    for index, text in enumerate(block.lines):
        place = picture.width / 2, top + block.rise + index * block.step
        pen = ImageDraw.Draw(picture)
        if kind == "comic":
            _bold(pen, (place[0] + drop, place[1] + drop), (text, block.font), palette.ink, drop * 2)
            _bold(pen, place, (text, block.font), palette.ink, drop * 2)
            pen.text(place, text, _pop(palette), block.font, anchor="ms")
        elif kind == "game":
            pen.text((place[0] + drop * 1.4, place[1] + drop * 1.4), text, against, block.font, anchor="ms")
            pen.text((place[0] + drop * 0.7, place[1] + drop * 0.7), text, palette.accent, block.font, anchor="ms")
            pen.text(place, text, colour, block.font, anchor="ms")
        else:
            _shadow(picture, place, (text, block.font), against)
            ImageDraw.Draw(picture).text(place, text, colour, block.font, anchor="ms")


def _cloud(picture: Image.Image, place: tuple[int, int, int, int], colour: Colour) -> None:
    """A faint soft patch behind small words."""
    left, top, right, bottom = place
    edge = (bottom - top) // 3
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).rectangle((edge, edge, mask.width - edge, mask.height - edge), fill=165)
    picture.paste(colour, (left, top), mask.filter(ImageFilter.GaussianBlur(edge / 2)))


def _bold(pen: ImageDraw.ImageDraw, place: tuple[float, float], line: Line, colour: Colour, stroke: int) -> None:
    text, font = line
    pen.text(place, text, colour, font, anchor="ms", stroke_width=stroke, stroke_fill=colour)


def _pop(palette: Palette) -> Colour:
    """A comic's lettering: bright yellow leaning to the palette."""
    return mix(palette.light, (255, 214, 40), 0.55)


def _shadow(picture: Image.Image, place: tuple[float, float], line: Line, colour: Colour) -> None:
    """A soft darkness (or light) that lifts the words off a busy picture."""
    text, font = line
    spread = max(2, round(font.size * 0.09))
    left, top, right, bottom = font.getbbox(text, anchor="ms")
    reach = spread * 3
    mask = Image.new("L", (round(right - left) + reach * 2, round(bottom - top) + reach * 2))
    ImageDraw.Draw(mask).text((reach - left, reach - top), text, 170, font, anchor="ms")
    mask = mask.filter(ImageFilter.GaussianBlur(spread))
    picture.paste(colour, (round(place[0] + left) - reach, round(place[1] + top) - reach), mask)


def _tagline(picture: Image.Image, line: Line, top: int, kind: str, palette: Palette, colour: Colour) -> None:
    """The line in spaced capitals; a comic's and the news's stand on a strip."""
    text, font = line
    wide, rise = _spaced(text, font), _rise(font)
    left = (picture.width - wide) / 2
    pen = ImageDraw.Draw(picture)
    tone = colour
    if kind in ("comic", "news"):
        pad = round(rise * 0.55)
        strip = (left - pad * 1.6, top - pad, left + wide + pad * 1.6, top + rise + pad)
        ground = palette.light if kind == "comic" else palette.accent
        pen.rectangle(strip, fill=ground, outline=palette.ink if kind == "comic" else None, width=max(1, rise // 7))
        tone = palette.ink if brightness(ground) > 120 else palette.light
    else:
        strip = (round(left) - rise, top - rise, round(left + wide) + rise, top + rise * 2)
        _cloud(picture, strip, palette.ink if colour == palette.light else palette.light)
    for mark in text:
        pen.text((left, top + rise), mark, tone, font, anchor="ls")
        left += font.getlength(mark) + _tracking(font)
