"""The printing screens that turn tone into marks: grain, dots, pixels and ruled lines."""

import random
from math import cos, pi

from PIL import Image

from .paint import DETAIL, HEIGHT, WIDTH

PIXEL = 5

_BAYER = (0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5)


def grain(title: str) -> Image.Image:
    """Even noise in grey, the same for the same title on every machine."""
    grains = random.Random(f"{title} grain").randbytes(WIDTH * HEIGHT)  # noqa: S311 - grain, not a secret
    return Image.frombytes("L", (WIDTH, HEIGHT), grains)


def screen(title: str, kind: str) -> Image.Image:
    """The thresholds a poster of this kind is shaded with, at the painter's size."""
    if kind == "comic":
        return _tiled(_dots(24))
    if kind == "game":
        return _tiled(_pixels())
    if kind == "news":
        return _tiled(_rules(14))
    return grain(title).resize((WIDTH * DETAIL, HEIGHT * DETAIL), Image.Resampling.NEAREST)


def _dots(period: int) -> Image.Image:
    """Two round dots on the diagonal of a square, as comics were once printed."""
    turn = 2 * pi / period
    levels = [128 + 63 * (cos(x * turn) + cos(y * turn)) for y in range(period) for x in range(period)]
    tile = Image.new("L", (period, period))
    tile.putdata([round(level) for level in levels])
    return tile


def _rules(period: int) -> Image.Image:
    """One ruled line, as engravings are shaded."""
    tile = Image.new("L", (1, period))
    tile.putdata([round(abs(row - period / 2) * 2 / period * 240) + 8 for row in range(period)])
    return tile


def _pixels() -> Image.Image:
    """Ordered dither in blocks as large as a game's pixels."""
    tile = Image.new("L", (4, 4))
    tile.putdata([level * 16 + 8 for level in _BAYER])
    side = 4 * PIXEL * DETAIL
    return tile.resize((side, side), Image.Resampling.NEAREST)


def _tiled(tile: Image.Image) -> Image.Image:
    """The tile repeated over a whole canvas."""
    sheet = Image.new("L", (WIDTH * DETAIL, HEIGHT * DETAIL))
    sheet.paste(tile)
    width, height = tile.size
    while width < sheet.width:
        sheet.paste(sheet.crop((0, 0, min(width, sheet.width - width), height)), (width, 0))
        width *= 2
    while height < sheet.height:
        sheet.paste(sheet.crop((0, 0, sheet.width, min(height, sheet.height - height))), (0, height))
        height *= 2
    return sheet
