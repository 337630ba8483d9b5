"""Posters of the performing arts: stage, masks and vinyl."""

from collections.abc import Callable
from math import pi

from .paint import (
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    Points,
    bend,
    box,
    disc,
    fade,
    glow,
    line,
    mirror,
    oblong,
    oval,
    ring,
    round_box,
    shade,
    shape,
    veil,
    wash,
)
from .palettes import Colour, mix
from .scenery import CENTRE, around, rays, spark, spin


def stage(canvas: Canvas) -> None:
    """A microphone alone in the spotlight between the curtains."""
    inks = canvas.palette
    wash(canvas, (inks.ink, inks.deep, mix(inks.deep, inks.middle, 0.5)))
    for x in (560, 1040):
        fade(
            canvas,
            [(x - 16, -10), (x + 16, -10), (2 * CENTRE - x + 260, 620), (2 * CENTRE - x - 260, 620)],
            inks.warm,
            "top",
            0.4,
        )
    fade(canvas, [(CENTRE - 30, -10), (CENTRE + 30, -10), (1150, 600), (450, 600)], inks.light, "top", 0.9)
    glow(canvas, (CENTRE, 330), 470, inks.light, 0.75)
    box(canvas, 0, 590, WIDTH, HEIGHT, inks.ink)
    shape(canvas, oval((CENTRE, 612), 350, 48), mix(inks.warm, inks.light, 0.5))
    shade(canvas, oval((CENTRE, 612), 350, 48), inks.middle, "bottom", 1)
    _microphone(canvas)
    _drapes(canvas)
    _crowd(canvas)


def _microphone(canvas: Canvas) -> None:
    inks = canvas.palette
    box(canvas, CENTRE - 7, 330, CENTRE + 7, 600, inks.ink)
    shape(canvas, [*oval((CENTRE, 612), 84, 24, 0.5, 1), *oval((CENTRE, 612), 84, 10, 0, 0.5)], inks.ink)
    line(canvas, oval((CENTRE, 240), 108, 112, 0.02, 0.48), inks.ink, 12)
    round_box(canvas, (710, 92, 890, 330), 88, inks.ink)
    round_box(canvas, (722, 104, 878, 318), 77, mix(inks.warm, inks.light, 0.4))
    for y in range(124, 300, 24):
        box(canvas, 726, y, 874, y + 10, inks.ink)
    shade(
        canvas,
        [(CENTRE, 104), (850, 116), (878, 170), (878, 260), (850, 308), (CENTRE, 318)],
        inks.ink,
        "right",
        0.95,
    )
    box(canvas, 712, 204, 888, 226, inks.accent)
    box(canvas, CENTRE - 10, 104, CENTRE + 10, 318, inks.accent)


def _drapes(canvas: Canvas) -> None:
    """Heavy curtains, fold by fold, gathered at both sides under a scalloped pelmet."""
    inks = canvas.palette
    for fold in range(7, -1, -1):
        left, right = fold * 62 - 40, fold * 62 + 46
        sweep = 60 + fold * 12
        outline = bend([(right, -10), (right + 22, 260), (right - sweep * 0.4, 500), (right - sweep * 0.7, 700)], 12)
        outline += [(left - 80, 700), (left - 20, -10)]
        for part in (outline, mirror(outline)):
            shape(canvas, part, mix(inks.middle, inks.warm, 0.1))
            shade(canvas, part, inks.ink, "right" if part is outline else "left", 1.15)
    for index in range(9):
        swag = oval((index * 200, -6), 112, 92, 0, 0.5)
        shape(canvas, swag, inks.middle)
        shade(canvas, swag, inks.ink, "top", 0.9)
        line(canvas, swag, inks.accent, 7)


def _crowd(canvas: Canvas) -> None:
    for row, (y, size) in enumerate(((672, 40), (722, 54))):
        colour = mix(canvas.palette.deep, canvas.palette.ink, 0.55 + row * 0.45)
        for column in range(-1, WIDTH // 112 + 2):
            x = column * 112 + row * 56 + canvas.dice.uniform(-16, 16)
            top = y + canvas.dice.uniform(-10, 14)
            disc(canvas, (x, top), size * 0.74, colour)
            shape(canvas, [*oval((x, top + size * 1.55), size * 1.5, size, 0.5, 1)], colour)
        box(canvas, 0, y + 52, WIDTH, HEIGHT, colour)


def masks(canvas: Canvas) -> None:
    """Comedy and tragedy, one lit and one in shadow."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.deep, inks.middle, mix(inks.middle, inks.warm, 0.4), inks.deep))
    rays(canvas, (CENTRE, 320), inks.warm, 22, 0.3)
    glow(canvas, (CENTRE, 310), 560, inks.warm, 0.7)
    for _ in range(70):
        spot = (dice.uniform(0, WIDTH), dice.uniform(0, 640))
        shape(canvas, spark(spot, dice.uniform(4, 13)), dice.choice((inks.light, inks.accent)))
    _ribbons(canvas)
    _mask(canvas, (CENTRE + 155, 340), 0.17, mix(inks.deep, inks.middle, 0.35), inks.warm, False)
    _mask(canvas, (CENTRE - 135, 280), -0.14, inks.light, inks.accent, True)
    fade(canvas, oblong(0, 520, WIDTH, HEIGHT), inks.ink, "bottom", 1)
    fade(canvas, oblong(0, 420, WIDTH, HEIGHT), inks.ink, "bottom", 0.9)


def _mask(canvas: Canvas, heart: Point, tilt: float, face: Colour, trim: Colour, glad: bool) -> None:
    inks, (x, y) = canvas.palette, heart

    def put(points: Points) -> list[Point]:
        return spin([(x + a, y + b) for a, b in points], heart, tilt)

    half = bend([(0, -196), (110, -206), (186, -170), (196, -40), (160, 110), (80, 208), (0, 236)], 12)
    outline = half + mirror(half[::-1], 0)
    shape(canvas, put([(a * 1.05, b * 1.05) for a, b in outline]), inks.ink)
    shape(canvas, put(outline), face)
    shade(canvas, put(half), inks.ink, "right", 0.85)
    lift = 1 if glad else -1
    for side in (-1, 1):
        brow = [(side * 44, -96 + lift * 10), (side * 92, -128 - lift * 4), (side * 150, -92 + lift * 12)]
        line(canvas, put(bend([(float(a), float(b)) for a, b in brow])), trim, 13)
        lid = oval((side * 92, -30), 50, 40, *((0.5, 1) if glad else (0, 0.5)))
        drop = oval((side * 92, -30 + lift * 2), 50, 10, *((1, 0.5) if glad else (0.5, 0)))
        shape(canvas, put([*lid, *drop]), inks.ink)
    nose = bend([(-8, -30), (-24, 46), (0, 60), (24, 46)])
    line(canvas, put(nose), trim, 8)
    _grin(canvas, put, trim, glad)


def _grin(canvas: Canvas, put: Callable[[Points], list[Point]], trim: Colour, glad: bool) -> None:
    if glad:
        lips = oval((0, 88), 112, 92, 0, 0.5) + oval((0, 88), 112, 26, 0.5, 0)
    else:
        lips = oval((0, 178), 92, 84, 0.5, 1) + oval((0, 178), 92, 34, 1, 0.5)
    shape(canvas, put(lips), canvas.palette.ink)
    line(canvas, put([*lips, lips[0]]), trim, 8)
    if not glad:
        shape(canvas, put(oval((104, 66), 12, 26)), canvas.palette.accent)


def _ribbons(canvas: Canvas) -> None:
    inks = canvas.palette
    for start, sway, colour in ((580, -1, inks.accent), (1040, 1, inks.warm)):
        for drift in (0, 60):
            path = ((0, 170), (210 + drift, 330), (150 - drift, 450), (300 + drift, 560), (250 + drift, 700))
            spine = bend([(start + sway * x, y) for x, y in path], 14)
            band = [*spine, *((x + 34, y + 22) for x, y in reversed(spine))]
            shape(canvas, band, mix(colour, inks.deep, drift / 120))
            shade(canvas, band, inks.ink, "bottom", 0.7)


def vinyl(canvas: Canvas) -> None:
    """A record as big as a moon, rings of colour around it."""
    inks, heart = canvas.palette, (CENTRE, 335.0)
    wash(canvas, (inks.deep, inks.ink))
    bands = (inks.deep, inks.middle, inks.warm, inks.light, inks.accent, inks.middle, inks.deep)
    for index, colour in enumerate(bands):
        reach = 860 - index * 82
        disc(canvas, heart, reach, colour)
        shade(canvas, oval(heart, reach, reach), mix(colour, inks.ink, 0.5), "bottom", 0.8)
    disc(canvas, heart, 302, inks.ink)
    for groove in range(24):
        ring(canvas, heart, 296 - groove * 7.5, mix(inks.ink, inks.deep, 0.75 if groove % 6 else 0.1), 2)
    _sheen(canvas, heart)
    _label(canvas, heart)
    _arm(canvas, canvas.dice.choice((-1, 1)))
    fade(canvas, oblong(0, 470, WIDTH, HEIGHT), inks.ink, "bottom", 1)
    fade(canvas, oblong(0, 470, WIDTH, HEIGHT), inks.ink, "bottom", 1)


def _sheen(canvas: Canvas, heart: Point) -> None:
    for turn in (0.62, 0.62 + pi):
        for spread, strength in ((0.3, 0.12), (0.18, 0.16), (0.08, 0.22)):
            start, stop = (turn - spread) / (2 * pi), (turn + spread) / (2 * pi)
            veil(canvas, [heart, *oval(heart, 296, 296, start, stop)], canvas.palette.light, strength)


def _label(canvas: Canvas, heart: Point) -> None:
    inks = canvas.palette
    disc(canvas, heart, 112, inks.accent)
    shape(canvas, oval(heart, 112, 112, 0, 0.5), inks.warm)
    shade(canvas, oval(heart, 112, 112), inks.deep, "bottom", 0.6)
    ring(canvas, heart, 98, inks.light, 3)
    for turn in range(10):
        disc(canvas, around(heart, 72, 2 * pi * turn / 10), 6, inks.light)
    disc(canvas, heart, 34, inks.light)
    disc(canvas, heart, 12, inks.ink)


def _arm(canvas: Canvas, side: int) -> None:
    inks = canvas.palette
    spots = [(392, 70), (384, 250), (352, 350), (232, 438)]
    path = bend([(CENTRE + side * x, float(y)) for x, y in spots], 14)
    line(canvas, [(x + 9, y + 12) for x, y in path], inks.ink, 15)
    line(canvas, path, inks.light, 13)
    pivot = (CENTRE + side * 392, 84.0)
    for reach, colour in ((60, inks.ink), (50, inks.middle), (28, inks.light), (12, inks.ink)):
        disc(canvas, pivot, reach, colour)
    x, y = path[-1]
    head = spin(oblong(x - 44, y - 19, x + 34, y + 19), (x, y), side * -0.63)
    shape(canvas, head, inks.light)
    shade(canvas, head, inks.ink, "bottom", 0.9)
