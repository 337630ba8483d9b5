"""What several posters share: skies, suns, stars, ridges, clouds, trees, rays and leaves."""

import itertools
from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from .paint import (
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    Points,
    bend,
    disc,
    fade,
    glow,
    line,
    oblong,
    oval,
    round_box,
    shade,
    shape,
    veil,
    wash,
)
from .palettes import Colour, Palette, mix

CENTRE = WIDTH / 2
MARGIN = 40


def depth(palette: Palette, nearness: float) -> Colour:
    """The colour of things at a distance: the horizon's at 0, the darkest ink at 1."""
    inks = (palette.sky[2], palette.warm, palette.middle, palette.deep, palette.ink)
    place = min(nearness, 0.999) * (len(inks) - 1)
    return mix(inks[int(place)], inks[int(place) + 1], place - int(place))


def day(canvas: Canvas) -> None:
    """The palette's own sky."""
    wash(canvas, canvas.palette.sky, 0, 700)
    wash(canvas, (canvas.palette.sky[2], canvas.palette.sky[2]), 700)


def night(canvas: Canvas) -> None:
    """A dark sky that warms toward the ground."""
    inks = canvas.palette
    wash(canvas, (inks.ink, inks.deep, mix(inks.deep, inks.middle, 0.8)))


def sun(canvas: Canvas, centre: Point, radius: float, colour: Colour, rim: Colour) -> None:
    """A large round light in flat rings, sprayed with its rim's colour below."""
    glow(canvas, centre, radius * 3.2, colour, 0.75)
    for reach in (1.7, 1.32):
        veil(canvas, oval(centre, radius * reach, radius * reach), colour, 0.13)
    disc(canvas, centre, radius, colour)
    shade(canvas, oval(centre, radius, radius), rim, "bottom", 0.75)


def stars(canvas: Canvas, count: int, floor: float) -> None:
    """Scattered points of light, one in nine a four-pointed spark."""
    for index in range(count):
        place = canvas.dice.uniform(0, WIDTH), floor * canvas.dice.uniform(0, 1) ** 1.3
        if index % 9:
            disc(
                canvas,
                place,
                canvas.dice.uniform(0.8, 2.6),
                mix(canvas.palette.warm, canvas.palette.light, 0.8),
            )
        else:
            shape(canvas, spark(place, canvas.dice.uniform(7, 15)), canvas.palette.light)


def spark(centre: Point, reach: float) -> list[Point]:
    """A four-pointed star."""
    x, y = centre
    waist = reach * 0.16
    return [
        *((x, y - reach), (x + waist, y - waist), (x + reach, y), (x + waist, y + waist)),
        *((x, y + reach), (x - waist, y + waist), (x - reach, y), (x - waist, y - waist)),
    ]


def ridge(dice: Random, base: float, height: float, roughness: float = 0.52) -> list[Point]:
    """A broken skyline from edge to edge, closed along the bottom."""
    levels = [dice.uniform(-0.4, 0.4) for _ in range(5)]
    spread = 0.5
    for _ in range(5):
        middles = [(a + b) / 2 + dice.uniform(-spread, spread) for a, b in itertools.pairwise(levels)]
        levels = [level for pair in zip(levels, middles, strict=False) for level in pair] + levels[-1:]
        spread *= roughness
    return ground([(x, base - height * level) for x, level in _spread(levels)])


def hill(dice: Random, base: float, height: float, bumps: int = 4) -> list[Point]:
    """A rolling skyline from edge to edge, closed along the bottom."""
    levels = [dice.uniform(-1, 1) for _ in range(bumps + 2)]
    return ground(bend([(x, base - height * level) for x, level in _spread(levels)], 16))


def _spread(levels: Sequence[float]) -> list[Point]:
    step = (WIDTH + 2 * MARGIN) / (len(levels) - 1)
    return [(index * step - MARGIN, level) for index, level in enumerate(levels)]


def ground(skyline: Points) -> list[Point]:
    """A skyline closed along the bottom of the picture."""
    return [*skyline, (skyline[-1][0], HEIGHT + MARGIN), (skyline[0][0], HEIGHT + MARGIN)]


def layer(canvas: Canvas, outline: Points, nearness: float, mist: float = 0.5) -> None:
    """A silhouette at a distance, dissolving into mist toward its foot."""
    shape(canvas, outline, depth(canvas.palette, nearness))
    shade(canvas, outline, depth(canvas.palette, nearness - 0.2), "bottom", mist)


def haze(canvas: Canvas, top: float, bottom: float, colour: Colour, strength: float = 0.6) -> None:
    """A band of mist that thickens downward."""
    fade(canvas, oblong(0, top, WIDTH, bottom), colour, "bottom", strength)


def cloud(canvas: Canvas, centre: Point, width: float, colour: Colour) -> None:
    """A flat-footed cloud of a few rounds."""
    x, y = centre
    thick = width * 0.11
    round_box(canvas, (x - width / 2, y, x + width / 2, y + thick), thick / 2, colour)
    round_box(canvas, (x - width * 0.2, y + thick * 0.7, x + width * 0.68, y + thick * 1.35), thick * 0.32, colour)
    for offset, size in ((-0.2, 0.13), (0.02, 0.19), (0.22, 0.12)):
        shape(canvas, oval((x + width * offset, y + thick * 0.4), width * size, width * size, 0.5, 1), colour)


def birds(canvas: Canvas, centre: Point, count: int, colour: Colour) -> None:
    """A few far birds on the wing."""
    for _ in range(count):
        x = centre[0] + canvas.dice.uniform(-120, 120)
        y = centre[1] + canvas.dice.uniform(-50, 50)
        span = canvas.dice.uniform(9, 17)
        wing = [
            (x - span, y - span * 0.35),
            (x - span * 0.45, y - span * 0.5),
            (x, y),
            (x + span * 0.45, y - span * 0.5),
        ]
        line(canvas, bend([*wing, (x + span, y - span * 0.35)]), colour, 3)


def pine(x: float, base: float, height: float) -> list[Point]:
    """A fir tree's outline."""
    half = height * 0.2
    side = [(x, base - height)]
    for tier in range(1, 6):
        y, reach = base - height * (1 - tier / 5.3), half * tier / 5
        side += [(x + reach, y), (x + reach * 0.55, y - height * 0.02)]
    return [*side, (x + half * 0.18, base + 12), (x - half * 0.18, base + 12), *reversed(mirror_at(side, x))]


def mirror_at(points: Points, axis: float) -> list[Point]:
    """The same points on the other side of an upright axis."""
    return [(2 * axis - x, y) for x, y in points]


def pines(canvas: Canvas, base: float, height: float, gap: float, nearness: float) -> None:
    """A row of fir trees standing in their own undergrowth."""
    colour = depth(canvas.palette, nearness)
    x = -gap
    while x < WIDTH + gap:
        tall = height * canvas.dice.uniform(0.55, 1.15)
        foot = base + canvas.dice.uniform(-12, 12)
        shape(canvas, pine(x, foot, tall), colour)
        x += gap * canvas.dice.uniform(0.5, 1.1)
    shape(canvas, oblong(0, base - 4, WIDTH, HEIGHT), colour)


def rays(canvas: Canvas, centre: Point, colour: Colour, count: int = 18, strength: float = 0.2) -> None:
    """A sunburst from edge to edge."""
    reach, lean = 1900, canvas.dice.uniform(0, 1)
    for index in range(count):
        turn = 2 * pi * (index + lean) / count
        ends = [around(centre, reach, turn + swing) for swing in (-pi / count / 2, pi / count / 2)]
        veil(canvas, [centre, *ends], colour, strength)


def around(centre: Point, reach: float, turn: float) -> Point:
    """The point at a distance from a centre in a direction (radians, clockwise from the right)."""
    return centre[0] + reach * cos(turn), centre[1] + reach * sin(turn)


def leaf(base: Point, turn: float, length: float, width: float) -> list[Point]:
    """A pointed leaf or petal growing from its base."""
    side = [(0.0, 0.0), (0.22, 0.36), (0.52, 0.5), (0.8, 0.3), (1.0, 0.0)]
    outline = bend(side) + bend([(along, -across) for along, across in reversed(side)])
    return [
        (
            base[0] + along * length * cos(turn) - across * width * sin(turn),
            base[1] + along * length * sin(turn) + across * width * cos(turn),
        )
        for along, across in outline
    ]


def spin(points: Points, centre: Point, turn: float) -> list[Point]:
    """The points turned about a centre by an angle in radians."""
    x, y = centre
    return [
        (x + (a - x) * cos(turn) - (b - y) * sin(turn), y + (a - x) * sin(turn) + (b - y) * cos(turn))
        for a, b in points
    ]


def figure(canvas: Canvas, foot: Point, height: float, colour: Colour) -> None:
    """A person in a long coat, seen from afar."""
    x, y = foot
    body = [
        (-0.13, 0),
        (-0.14, -0.45),
        (-0.1, -0.74),
        (0, -0.79),
        (0.1, -0.74),
        (0.14, -0.45),
        (0.13, 0),
        (0, -0.06),
    ]
    shape(canvas, [(x + a * height, y + b * height) for a, b in body], colour)
    disc(canvas, (x, y - height * 0.88), height * 0.095, colour)
