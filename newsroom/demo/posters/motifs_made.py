"""Posters of machines: robot, racing and arcade."""

from functools import partial
from math import pi

from .paint import (
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    bend,
    box,
    disc,
    fade,
    glow,
    line,
    oblong,
    oval,
    placed,
    ring,
    round_box,
    shade,
    shape,
    wash,
)
from .palettes import mix
from .scenery import (
    CENTRE,
    around,
    day,
    depth,
    hill,
    layer,
    rays,
    ridge,
    stars,
    sun,
)

SPRITE = (
    "..#.....#..",
    "...#...#...",
    "..#######..",
    ".##.###.##.",
    "###########",
    "#.#######.#",
    "#.#.....#.#",
    "...##.##...",
)


def robot(canvas: Canvas) -> None:
    """A great riveted head looking out of a burst of light."""
    inks = canvas.palette
    day(canvas)
    glow(canvas, (CENTRE, 320), 900, inks.light, 0.7)
    rays(canvas, (CENTRE, 320), inks.middle, 20, 0.34)
    _shoulders(canvas)
    steel = mix(inks.warm, inks.light, 0.35)
    for x in (562, 1038):
        round_box(canvas, (x - 34, 240, x + 34, 400), 18, inks.middle)
        round_box(canvas, (x - 20, 262, x + 20, 378), 14, inks.deep)
    _antenna(canvas)
    round_box(canvas, (574, 118, 1026, 520), 74, inks.ink)
    round_box(canvas, (584, 128, 1016, 510), 66, steel)
    shade(canvas, oblong(CENTRE, 150, 1016, 490), inks.deep, "right", 1)
    shade(canvas, oblong(600, 300, 1000, 510), inks.deep, "bottom", 0.6)
    round_box(canvas, (622, 196, 978, 356), 60, inks.ink)
    for x in (712, 888):
        _eye(canvas, (x, 276.0))
    _mouth(canvas)
    for x in (614, 986):
        for y in (172, 400, 470):
            disc(canvas, (x, y), 8, inks.ink)
            disc(canvas, (x - 1.5, y - 1.5), 4.5, inks.warm)


def _shoulders(canvas: Canvas) -> None:
    inks = canvas.palette
    box(canvas, 730, 490, 870, 600, inks.deep)
    for y in range(515, 600, 22):
        box(canvas, 722, y, 878, y + 10, inks.ink)
    chest = bend([(180, 930), (210, 720), (330, 618), (520, 580), (CENTRE, 572)])
    chest += bend([(CENTRE, 572), (1080, 580), (1270, 618), (1390, 720), (1420, 930)])
    shape(canvas, chest, inks.deep)
    shade(canvas, chest, inks.ink, "bottom", 1.1)
    line(canvas, chest, inks.ink, 8)
    for x in (330, 1270):
        disc(canvas, (x, 700), 74, inks.ink)
        disc(canvas, (x, 700), 62, inks.middle)
        shade(canvas, oval((x, 700), 62, 62), inks.ink, "bottom", 1)


def _antenna(canvas: Canvas) -> None:
    inks = canvas.palette
    box(canvas, CENTRE - 7, 88, CENTRE + 7, 130, inks.ink)
    glow(canvas, (CENTRE, 84), 130, inks.accent, 0.9)
    disc(canvas, (CENTRE, 84), 24, inks.ink)
    disc(canvas, (CENTRE, 84), 17, inks.accent)


def _eye(canvas: Canvas, heart: Point) -> None:
    inks = canvas.palette
    glow(canvas, heart, 150, inks.accent, 0.85)
    for reach, colour in ((62, inks.deep), (54, inks.accent), (36, inks.light), (14, inks.ink)):
        disc(canvas, heart, reach, colour)
    disc(canvas, (heart[0] - 12, heart[1] - 14), 8, inks.light)


def _mouth(canvas: Canvas) -> None:
    inks = canvas.palette
    round_box(canvas, (668, 402, 932, 468), 26, inks.ink)
    for x in range(688, 920, 29):
        box(canvas, x, 414, x + 17, 456, inks.accent)
    shade(canvas, oblong(680, 410, 920, 460), inks.ink, "bottom", 0.7)


def racing(canvas: Canvas) -> None:
    """A cigar-shaped racing car at full tilt before a low sun."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE - side * 60, 540), 235, inks.light, inks.warm)
    layer(canvas, hill(dice, 560, 50), 0.26)
    layer(canvas, hill(dice, 610, 34), 0.42)
    _grandstand(canvas, side)
    wash(canvas, (depth(inks, 0.8), inks.ink), 650, HEIGHT)
    for row in range(12):
        x = CENTRE + dice.uniform(-800, 700)
        y, length = 790 + row * row * 0.9, 60 + row * 22
        box(canvas, x, y, x + length, y + 2 + row * 0.7, mix(inks.deep, inks.warm, 0.6))
    for lane in range(-1, 9):
        left = lane * 200 + dice.uniform(0, 30)
        shape(canvas, [(left, 664), (left + 100, 664), (left + 76, 690), (left - 24, 690)], inks.light)
        shape(canvas, [(left + 100, 664), (left + 200, 664), (left + 176, 690), (left + 76, 690)], inks.accent)
    _speed(canvas, side)
    _car(canvas, (CENTRE - side * 10, 800), side)


def _grandstand(canvas: Canvas, side: int) -> None:
    inks = canvas.palette
    for x in (-520, 520):
        middle = CENTRE + x
        box(canvas, middle - 5, 380, middle + 5, 660, inks.ink)
        flag = bend([(0, 385), (40, 372), (80, 392), (130, 380)]) + bend([(130, 450), (80, 462), (40, 442), (0, 455)])
        shape(canvas, [(middle - side * a, b) for a, b in flag], inks.accent if x > 0 else inks.middle)
    box(canvas, 0, 622, WIDTH, 666, inks.deep)
    for x in range(0, WIDTH, 24):
        disc(canvas, (x + canvas.dice.uniform(-5, 5), 622 + canvas.dice.uniform(-5, 3)), 10, inks.deep)


def _speed(canvas: Canvas, side: int) -> None:
    inks, dice = canvas.palette, canvas.dice
    for _ in range(15):
        y, far = dice.uniform(650, 815), dice.uniform(500, 1000)
        left, right = sorted((CENTRE - side * dice.uniform(250, 380), CENTRE - side * far))
        fade(
            canvas,
            oblong(left, y, right, y + dice.uniform(3, 9)),
            inks.light,
            "right" if side > 0 else "left",
            0.9,
        )


def _car(canvas: Canvas, foot: Point, side: int) -> None:
    inks = canvas.palette
    shape(canvas, placed(oval((0, 4), 420, 17), foot, side), inks.ink)
    for wheel in (-198, 280):
        shape(canvas, placed(oval((wheel, -62), 62, 62), foot, side), mix(inks.ink, inks.deep, 0.5))
    _shell(canvas, foot, side)
    _driver(canvas, foot, side)
    shape(canvas, placed([(-70, -132), (14, -128), (-10, -164)], foot, side), mix(inks.light, inks.middle, 0.3))
    plate = placed([(96, -74)], foot, side)[0]
    disc(canvas, plate, 47, inks.light)
    _numeral(canvas, plate)
    for hub in placed([(-250, -66), (232, -66)], foot, side):
        _wheel(canvas, hub, 70)


def _shell(canvas: Canvas, foot: Point, side: int) -> None:
    """The body: a long teardrop with a highlight, a grille, louvres and an exhaust."""
    inks, tail = canvas.palette, [(-400, -76), (-330, -132), (-200, -158), (-110, -160), (-70, -128)]
    nose = [(60, -128), (220, -122), (350, -98), (408, -62)]
    under = [(408, -62), (380, -30), (240, -18), (-220, -18), (-360, -44), (-400, -76)]
    body = placed(bend(tail + nose) + bend(under), foot, side)
    shape(canvas, body, inks.accent)
    shade(canvas, body, inks.ink, "bottom", 0.65)
    line(canvas, placed(bend([(-340, -120), (-200, -146), (-130, -150)]), foot, side), inks.light, 5)
    grille = [(398, -84), (412, -62), (396, -40), (372, -40), (372, -90)]
    shape(canvas, placed(grille, foot, side), inks.ink)
    for left in range(190, 330, 26):
        line(canvas, placed([(left, -96), (left - 12, -52)], foot, side), inks.ink, 5)
    line(canvas, placed([(60, -40), (-60, -34), (-330, -36)], foot, side), inks.warm, 13)


def _numeral(canvas: Canvas, heart: Point) -> None:
    """A seven drawn with three strokes."""
    x, y = heart
    line(canvas, [(x - 19, y - 22), (x + 19, y - 22), (x - 6, y + 28)], canvas.palette.ink, 12)


def _driver(canvas: Canvas, foot: Point, side: int) -> None:
    inks, put = canvas.palette, partial(placed, place=foot, side=side)
    shape(canvas, put(bend([(-152, -140), (-140, -190), (-110, -204), (-76, -180), (-50, -130)])), inks.middle)
    shape(canvas, put(oval((-104, -226), 33, 35)), inks.light)
    shape(canvas, put(oval((-104, -230), 37, 36, 0.46, 1.04)), inks.deep)
    line(canvas, put([(-138, -226), (-72, -226)]), inks.ink, 7)
    shape(canvas, put(oval((-82, -225), 17, 11)), inks.accent)
    scarf = bend([(-112, -194), (-180, -204), (-226, -184), (-290, -206)])
    shape(canvas, put([*scarf, *((a + 4, b + 22) for a, b in reversed(scarf))]), inks.light)


def _wheel(canvas: Canvas, hub: Point, reach: float) -> None:
    inks = canvas.palette
    disc(canvas, hub, reach, inks.ink)
    ring(canvas, hub, reach * 0.68, inks.light, 5)
    for spoke in range(14):
        line(canvas, [hub, around(hub, reach * 0.66, 2 * pi * spoke / 14)], inks.warm, 2)
    disc(canvas, hub, reach * 0.2, inks.light)
    disc(canvas, hub, reach * 0.1, inks.ink)


def arcade(canvas: Canvas) -> None:
    """A cabinet glowing on a neon grid beneath a banded sun."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.ink, inks.deep, inks.middle, inks.warm), 0, 560)
    stars(canvas, 130, 420)
    glow(canvas, (CENTRE, 330), 640, inks.warm, 0.8)
    disc(canvas, (CENTRE, 330), 285, inks.light)
    shade(canvas, oval((CENTRE, 330), 285, 285), inks.accent, "bottom", 1.1)
    for row in range(7):
        top = 335 + row * 34
        half = (285**2 - (top - 330) ** 2) ** 0.5 + 2
        box(
            canvas,
            CENTRE - half,
            top,
            CENTRE + half,
            top + 3 + row * 3,
            mix(inks.deep, inks.middle, 0.45 + row * 0.08),
        )
    layer(canvas, ridge(dice, 540, 90), 0.76, 0.3)
    _grid(canvas)
    _cabinet(canvas)
    fade(canvas, oblong(0, 640, WIDTH, HEIGHT), inks.ink, "bottom", 0.9)


def _grid(canvas: Canvas) -> None:
    inks, horizon = canvas.palette, 545.0
    wash(canvas, (inks.deep, inks.ink), horizon, HEIGHT)
    for column in range(-26, 27):
        line(canvas, [(CENTRE + column * 34, horizon), (CENTRE + column * 240, HEIGHT)], inks.middle, 2)
    for row in range(12):
        y = horizon + row * row * 3.1
        line(canvas, [(0, y), (WIDTH, y)], inks.middle, 1.5 + row * 0.2)


def _cabinet(canvas: Canvas) -> None:
    inks = canvas.palette
    glow(canvas, (CENTRE, 300), 430, inks.accent, 0.55)
    shape(canvas, oval((CENTRE, 640), 240, 20), inks.ink)
    left = [(625, 640), (625, 430), (606, 400), (640, 340), (650, 190), (615, 160), (622, 72)]
    shape(canvas, [*left, *((2 * CENTRE - x, y) for x, y in reversed(left))], inks.ink)
    inner = [(642, 640), (642, 440), (626, 404), (656, 345), (666, 184), (634, 150), (640, 88)]
    shape(canvas, [*inner, *((2 * CENTRE - x, y) for x, y in reversed(inner))], inks.deep)
    round_box(canvas, (640, 88, 960, 164), 10, inks.accent)
    shade(canvas, oblong(640, 88, 960, 164), inks.light, "bottom", 0.6)
    for index in range(5):
        _pixel_star(canvas, (688 + index * 56, 126))
    _screen(canvas)
    shape(canvas, [(650, 372), (950, 372), (974, 420), (626, 420)], inks.middle)
    shade(canvas, [(650, 372), (950, 372), (974, 420), (626, 420)], inks.ink, "bottom", 0.6)
    line(canvas, [(712, 402), (706, 362)], inks.ink, 8)
    disc(canvas, (705, 356), 15, inks.accent)
    for index in range(4):
        shape(
            canvas,
            oval((808 + index * 36, 396 - index % 2 * 12), 13, 9),
            (inks.light, inks.accent)[index % 2],
        )
    box(canvas, 752, 480, 848, 590, inks.ink)
    for x in (772, 814):
        box(canvas, x, 500, x + 14, 540, inks.accent)


def _pixel_star(canvas: Canvas, heart: Point) -> None:
    x, y = heart
    box(canvas, x - 5, y - 17, x + 5, y + 17, canvas.palette.ink)
    box(canvas, x - 17, y - 5, x + 17, y + 5, canvas.palette.ink)


def _screen(canvas: Canvas) -> None:
    inks, size = canvas.palette, 17
    round_box(canvas, (676, 182, 924, 356), 16, inks.ink)
    glow(canvas, (CENTRE, 270), 130, inks.middle, 1)
    left, top = CENTRE - 5.5 * size, 200.0
    for row, cells in enumerate(SPRITE):
        for column, cell in enumerate(cells):
            if cell == "#":
                x, y = left + column * size, top + row * size
                box(canvas, x, y, x + size - 1.5, y + size - 1.5, mix(inks.light, inks.accent, row / 9))
