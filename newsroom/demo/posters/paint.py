"""The painter's tools: a canvas in poster units (1600 by 900) and the marks made on it.

Everything is painted at twice the size and reduced once, which smooths every edge.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageOps

from .palettes import Colour, Palette

WIDTH, HEIGHT, DETAIL = 1600, 900, 2

Point = tuple[float, float]
Points = Sequence[Point]
Box = tuple[int, int, int, int]

_FADES = {
    "bottom": None,
    "top": Image.Transpose.FLIP_TOP_BOTTOM,
    "right": Image.Transpose.ROTATE_90,
    "left": Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class Canvas:
    """A picture being painted: its pixels, its inks, its dice and its speckle."""

    image: Image.Image
    palette: Palette
    dice: random.Random
    speckle: Image.Image

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """A pen that draws straight on the pixels, in pixels."""
        return ImageDraw.Draw(self.image)


def blank(title: str, palette: Palette, speckle: Image.Image) -> Canvas:
    """An empty canvas whose every chance is decided by the title."""
    image = Image.new("RGB", (WIDTH * DETAIL, HEIGHT * DETAIL), palette.ink)
    return Canvas(image, palette, random.Random(title), speckle)  # noqa: S311 - dice for a drawing


def pixels(points: Points) -> list[Point]:
    """Poster units as pixels."""
    return [(x * DETAIL, y * DETAIL) for x, y in points]


def wash(canvas: Canvas, colours: Sequence[Colour], top: float = 0, bottom: float = HEIGHT) -> None:
    """Fill the whole width with a smooth vertical run of colours."""
    strip = Image.new("RGB", (1, len(colours)))
    strip.putdata(colours)
    rows = round((bottom - top) * DETAIL)
    edge = 0.5
    column = strip.resize((1, rows), Image.Resampling.BILINEAR, (0, edge, 1, len(colours) - edge))
    canvas.image.paste(column.resize((canvas.image.width, rows)), (0, round(top * DETAIL)))


def shape(canvas: Canvas, points: Points, colour: Colour) -> None:
    """A flat shape."""
    canvas.pen.polygon(pixels(points), fill=colour)


def veil(canvas: Canvas, points: Points, colour: Colour, strength: float = 0.5) -> None:
    """A flat shape the picture shows through."""
    mask, box = _mask(canvas, points, round(255 * strength))
    canvas.image.paste(colour, box, mask)


def fade(canvas: Canvas, points: Points, colour: Colour, toward: str = "bottom", strength: float = 1) -> None:
    """A shape whose colour grows from nothing toward one side, smoothly."""
    mask, box = _mask(canvas, points, round(255 * strength))
    canvas.image.paste(colour, box, ImageChops.multiply(mask, _ramp(mask.size, toward)))


def shade(canvas: Canvas, points: Points, colour: Colour, toward: str = "bottom", strength: float = 1) -> None:
    """A shape whose colour gathers toward one side in sprayed dots, as on a stone print."""
    mask, box = _mask(canvas, points, 255)
    ramp = _ramp(mask.size, toward).point(lambda value: round(value * strength))
    dots = ImageChops.subtract(ramp, canvas.speckle.crop(box)).point(lambda value: 255 if value else 0)
    canvas.image.paste(colour, box, ImageChops.darker(mask, dots))


def glow(canvas: Canvas, centre: Point, radius: float, colour: Colour, strength: float = 0.8) -> None:
    """Light around a point, strongest at its heart."""
    reach = round(radius * DETAIL)
    halo = ImageOps.invert(Image.radial_gradient("L"))
    halo = halo.point(lambda value: round(255 * strength * (max(0, value - 75) / 180) ** 1.6))
    halo = halo.resize((reach * 2, reach * 2), Image.Resampling.BILINEAR)
    left, top = round(centre[0] * DETAIL) - reach, round(centre[1] * DETAIL) - reach
    canvas.image.paste(colour, (left, top), halo)


def line(canvas: Canvas, points: Points, colour: Colour, width: float) -> None:
    """A stroke through the points with rounded joints."""
    canvas.pen.line(pixels(points), fill=colour, width=max(1, round(width * DETAIL)), joint="curve")


def disc(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    """A flat round."""
    canvas.pen.circle((centre[0] * DETAIL, centre[1] * DETAIL), radius * DETAIL, fill=colour)


def ring(canvas: Canvas, centre: Point, radius: float, colour: Colour, width: float) -> None:
    """The outline of a round, drawn inward from its radius."""
    place = (centre[0] * DETAIL, centre[1] * DETAIL)
    canvas.pen.circle(place, radius * DETAIL, outline=colour, width=max(1, round(width * DETAIL)))


def box(canvas: Canvas, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
    """A flat upright rectangle."""
    shape(canvas, oblong(left, top, right, bottom), colour)


def oblong(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """The corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def round_box(canvas: Canvas, place: tuple[float, float, float, float], radius: float, colour: Colour) -> None:
    """A flat rectangle with round corners."""
    left, top, right, bottom = (edge * DETAIL for edge in place)
    canvas.pen.rounded_rectangle((left, top, right, bottom), radius * DETAIL, fill=colour)


def oval(centre: Point, across: float, down: float, start: float = 0, stop: float = 1) -> list[Point]:
    """Points around an ellipse, or along the part of it between two turns (0 is right, 0.25 below)."""
    steps = 96
    turns = (2 * pi * (start + (stop - start) * step / steps) for step in range(steps + 1))
    return [(centre[0] + across * cos(turn), centre[1] + down * sin(turn)) for turn in turns]


def mirror(points: Points, axis: float = WIDTH / 2) -> list[Point]:
    """The same points on the other side of an upright axis."""
    return [(2 * axis - x, y) for x, y in points]


def placed(points: Points, place: Point, side: int = 1) -> list[Point]:
    """Points drawn around nought set down at a place, facing the other way when the side is -1."""
    return [(place[0] + side * x, place[1] + y) for x, y in points]


def bend(points: Points, steps: int = 10) -> list[Point]:
    """A smooth line through all the points."""
    padded = [points[0], *points, points[-1]]
    bent = [
        _between(padded[index : index + 4], step / steps) for index in range(len(points) - 1) for step in range(steps)
    ]
    return [*bent, points[-1]]


def _between(four: Points, share: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    return _spline(ax, bx, cx, dx, share), _spline(ay, by, cy, dy, share)


def _spline(before: float, start: float, stop: float, after: float, share: float) -> float:
    slope = stop - before
    swing = 2 * before - 5 * start + 4 * stop - after
    twist = 3 * start - before - 3 * stop + after
    return start + 0.5 * share * (slope + share * (swing + share * twist))


def _mask(canvas: Canvas, points: Points, level: int) -> tuple[Image.Image, Box]:
    """The shape as a grey mask just large enough to hold it, and where it lies."""
    marks = pixels(points)
    columns, rows = [x for x, _ in marks], [y for _, y in marks]
    left, top = max(0, int(min(columns))), max(0, int(min(rows)))
    right = max(left + 1, min(canvas.image.width, int(max(columns)) + 1))
    bottom = max(top + 1, min(canvas.image.height, int(max(rows)) + 1))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in marks], fill=level)
    return mask, (left, top, right, bottom)


def _ramp(size: tuple[int, int], toward: str) -> Image.Image:
    """Grey that runs from black to white toward one side."""
    ramp = Image.linear_gradient("L")
    turn = _FADES[toward]
    return (ramp if turn is None else ramp.transpose(turn)).resize(size, Image.Resampling.BILINEAR)
