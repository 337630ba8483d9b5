"""What becomes of a painting in print: pixels for a game, an emblem for an album, a frame, paper."""

from PIL import Image, ImageChops, ImageDraw, ImageOps

from .paint import DETAIL, HEIGHT, WIDTH
from .palettes import Palette, mix
from .screens import PIXEL

EMBLEM = (WIDTH // 2, 322)
REACH, TAKEN = 258, 335
BAR = 0.052


def printed(painting: Image.Image, kind: str, palette: Palette, place: str) -> Image.Image:
    """The painting at its final detail, treated as its kind asks."""
    if kind == "game":
        return _pixelled(painting)
    picture = painting.reduce(DETAIL)
    return _emblem(picture, palette, place) if kind == "album" else picture


def _pixelled(painting: Image.Image) -> Image.Image:
    """Large square pixels, a dark line between their rows."""
    picture = painting.reduce(DETAIL * PIXEL).resize((WIDTH, HEIGHT), Image.Resampling.NEAREST)
    shadow = Image.new("L", (1, PIXEL))
    shadow.putpixel((0, PIXEL - 1), 46)
    rows = Image.new("L", (1, HEIGHT))
    for top in range(0, HEIGHT, PIXEL):
        rows.paste(shadow, (0, top))
    picture.paste((0, 0, 0), (0, 0), rows.resize(picture.size))
    return picture


def _emblem(picture: Image.Image, palette: Palette, place: str) -> Image.Image:
    """The heart of the picture in a ringed round on pale paper."""
    x, y = EMBLEM
    sheet = Image.new("RGB", (WIDTH * DETAIL, HEIGHT * DETAIL), palette.light)
    pen = ImageDraw.Draw(sheet)
    for index in range(9, -1, -1):
        tint = mix(palette.light, palette.warm, (0.1, 0.42)[index % 2] * (1 - index / 11))
        pen.circle((x * DETAIL, y * DETAIL), (REACH + 46 + index * 92) * DETAIL, fill=tint)
    for gap, colour in ((28, palette.ink), (20, palette.light), (10, palette.accent)):
        pen.circle((x * DETAIL, y * DETAIL), (REACH + gap) * DETAIL, fill=colour)
    sheet = sheet.reduce(DETAIL)
    mask = Image.new("L", (REACH * 2 * DETAIL, REACH * 2 * DETAIL))
    ImageDraw.Draw(mask).ellipse((0, 0, *mask.size), fill=255)
    heart = picture.resize((REACH * 2, REACH * 2), Image.Resampling.LANCZOS, _taken(place))
    sheet.paste(heart, (x - REACH, y - REACH), mask.reduce(DETAIL))
    return sheet


def _taken(place: str) -> tuple[int, int, int, int]:
    """The square of the picture that goes in the round: its subject stands lower under a high title."""
    x, y = WIDTH // 2, HEIGHT - TAKEN - 60 if place == "high" else TAKEN
    return x - TAKEN, y - TAKEN, x + TAKEN, y + TAKEN


def framed(picture: Image.Image, kind: str, palette: Palette) -> None:
    """Film gets its black bars, a comic its gutter and panel line."""
    width, height = picture.size
    pen = ImageDraw.Draw(picture)
    if kind == "film":
        bar = round(height * BAR)
        pen.rectangle((0, 0, width, bar), fill=mix(palette.ink, (0, 0, 0), 0.5))
        pen.rectangle((0, height - bar, width, height), fill=mix(palette.ink, (0, 0, 0), 0.5))
    elif kind == "comic":
        gutter, rule = round(height * 0.026), round(height * 0.009)
        pen.rectangle((0, 0, width - 1, height - 1), outline=mix(palette.light, (255, 255, 255), 0.3), width=gutter)
        edge = (gutter, gutter, width - gutter - 1, height - gutter - 1)
        pen.rectangle(edge, outline=palette.ink, width=rule)


def papered(picture: Image.Image, grains: Image.Image, palette: Palette) -> Image.Image:
    """The picture on paper: fine grain, a cloudy unevenness and darker corners."""
    size = picture.size
    fine = grains.resize(size, Image.Resampling.NEAREST).point(lambda value: 128 + round((value - 128) * 0.085))
    patch = grains.crop((0, 0, 32, 18)).resize(size, Image.Resampling.BICUBIC)
    cloudy = patch.point(lambda value: round((value - 128) * 0.05) + 128)
    for layer in (fine, cloudy):
        picture = ImageChops.overlay(picture, Image.merge("RGB", (layer, layer, layer)))
    corners = Image.radial_gradient("L").point(lambda value: round(max(0, value - 120) * 0.52))
    picture.paste(palette.ink, (0, 0), corners.resize(size, Image.Resampling.BILINEAR))
    return picture


def fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture cropped about its centre to the size asked for."""
    return picture if picture.size == size else ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
