"""Posters of built places: city, rooftops, castle and train."""

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
    shade,
    shape,
    wash,
)
from .palettes import mix
from .scenery import (
    CENTRE,
    birds,
    cloud,
    day,
    depth,
    haze,
    layer,
    pines,
    ridge,
    stars,
    sun,
)

TURRETS = (
    (-150, 290, 34),
    (150, 310, 36),
    (-62, 230, 30),
    (72, 255, 28),
    (0, 160, 42),
    (-205, 400, 26),
    (200, 410, 26),
)


def city(canvas: Canvas) -> None:
    """A stepped tower over a skyline, a huge sun behind it."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 70, 330), 250, inks.light, inks.warm)
    for y, x, width in ((250, -430, 380), (190, 520, 300), (400, 420, 260)):
        cloud(canvas, (CENTRE + side * x, y), width, mix(inks.sky[2], inks.light, 0.3))
    _skyline(canvas, 420, 110, 0.24, 0)
    _skyline(canvas, 470, 120, 0.42, 0)
    _deco_tower(canvas, CENTRE)
    haze(canvas, 420, 640, depth(inks, 0.2), 0.45)
    _skyline(canvas, 560, 70, 0.72, 5)
    _skyline(canvas, 615, 40, 0.97, 2)
    fade(canvas, oblong(0, 580, WIDTH, HEIGHT), inks.ink, "bottom", 1)


def _skyline(canvas: Canvas, level: float, spread: float, nearness: float, lights: int) -> None:
    """A row of towers of one distance; the near ones have lit windows."""
    dice, x = canvas.dice, -20.0
    while x < WIDTH:
        wide, top = dice.uniform(56, 118), level + dice.uniform(-spread, spread)
        _block(canvas, (x, top, x + wide, HEIGHT), nearness, dice.uniform(0, 3))
        for _ in range(lights * 2):
            row, column = int(dice.uniform(0, 4)), int(dice.uniform(0, wide / 15 - 1))
            left, upper = x + 10 + column * 15, top + 16 + row * 20
            box(canvas, left, upper, left + 7, upper + 11, canvas.palette.accent)
        x += wide * dice.uniform(0.9, 1)


def _block(canvas: Canvas, place: tuple[float, float, float, float], nearness: float, crown: float) -> None:
    """One tower: flat, set back or with a mast, its right side in shadow."""
    left, top, right, bottom = place
    colour, wide = depth(canvas.palette, nearness), right - left
    box(canvas, left, top, right, bottom, colour)
    if crown < 1:
        box(canvas, left + wide * 0.2, top - wide * 0.3, right - wide * 0.2, top, colour)
        box(canvas, left + wide * 0.46, top - wide, left + wide * 0.52, top, colour)
    elif crown < 2:
        shape(canvas, [(left, top), (left + wide * 0.5, top - wide * 0.45), (right, top)], colour)
    shade(
        canvas,
        oblong(left + wide * 0.45, top, right, bottom),
        depth(canvas.palette, nearness + 0.16),
        "right",
        0.8,
    )


def _deco_tower(canvas: Canvas, x: float) -> None:
    inks = canvas.palette
    steps = ((120, 700, 430), (94, 430, 310), (68, 310, 225), (42, 225, 165), (22, 165, 125))
    for half, bottom, top in steps:
        box(canvas, x - half, top, x + half, bottom, depth(inks, 0.62))
        shade(canvas, oblong(x, top, x + half, bottom), inks.ink, "right", 0.85)
        for rib in range(-3, 4):
            stripe = x + rib * half * 0.27
            box(
                canvas,
                stripe - 3,
                top + 14,
                stripe + 3,
                bottom,
                mix(depth(inks, 0.62), inks.accent, 0.75 - abs(rib) * 0.17),
            )
        box(canvas, x - half - 4, top, x + half + 4, top + 8, mix(inks.middle, inks.light, 0.5))
    shape(canvas, [(x - 10, 126), (x, 58), (x + 10, 126)], depth(inks, 0.7))


def rooftops(canvas: Canvas) -> None:
    """A cat on a ridge, its tail against the moon."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.ink, inks.deep, inks.middle, inks.warm), 0, 760)
    stars(canvas, 50, 420)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE, 505), 158, inks.light, inks.warm)
    cloud(canvas, (CENTRE - side * 480, 420), 330, mix(inks.middle, inks.warm, 0.4))
    cloud(canvas, (CENTRE + side * 500, 360), 280, mix(inks.middle, inks.warm, 0.3))
    _roof_row(canvas, 560, 170, 0.5)
    haze(canvas, 520, 700, inks.warm, 0.4)
    _roof_row(canvas, 640, 210, 0.7)
    for x, top, half in ((130, 680, 280), (1480, 690, 290), (CENTRE, 635, 330)):
        _roof(canvas, (x, top), half, 0.9)
    _cat(canvas, (CENTRE + side * 10, 640), side)


def _roof_row(canvas: Canvas, level: float, wide: float, nearness: float) -> None:
    x = -60.0
    while x < WIDTH + 60:
        half = wide * canvas.dice.uniform(0.42, 0.7)
        _roof(canvas, (x, level + canvas.dice.uniform(-36, 36)), half, nearness)
        x += half * 1.45


def _roof(canvas: Canvas, apex: Point, half: float, nearness: float) -> None:
    """A gabled house front with tiles, a chimney and lit windows."""
    inks, dice, (x, y) = canvas.palette, canvas.dice, apex
    stack = x + half * 0.45
    box(canvas, stack, y - half * 0.02, stack + half * 0.17, y + half * 0.6, depth(inks, nearness + 0.05))
    box(canvas, stack - 5, y - half * 0.07, stack + half * 0.17 + 5, y, depth(inks, nearness + 0.12))
    wall = [(x - half * 0.9, y + half * 0.5), (x, y + 6), (x + half * 0.9, y + half * 0.5)]
    shape(canvas, [*wall, (x + half * 0.9, HEIGHT), (x - half * 0.9, HEIGHT)], depth(inks, nearness - 0.06))
    shade(
        canvas,
        [(x, y), wall[2], (x + half * 0.9, HEIGHT), (x, HEIGHT)],
        depth(inks, nearness + 0.14),
        "right",
        0.9,
    )
    line(
        canvas,
        [(x - half, y + half * 0.58), (x, y), (x + half, y + half * 0.58)],
        depth(inks, nearness + 0.1),
        half * 0.075,
    )
    for column in (-0.3, 0.12):
        for row in (0.5, 0.95):
            left, top = x + half * column, y + half * row
            lit = dice.uniform(0, 1) < 0.55
            colour = inks.accent if lit else depth(inks, nearness + 0.12)
            box(canvas, left, top, left + half * 0.2, top + half * 0.27, colour)
            box(canvas, left + half * 0.09, top, left + half * 0.11, top + half * 0.27, depth(inks, nearness))


def _cat(canvas: Canvas, foot: Point, side: int) -> None:
    x, y = foot
    colour = canvas.palette.ink
    back = [(-46, 4), (-50, -50), (-30, -104), (-2, -132), (26, -134), (34, -96), (38, -40), (44, 4)]
    shape(canvas, [(x + side * a, y + b) for a, b in bend([(float(a), float(b)) for a, b in back], 8)], colour)
    disc(canvas, (x + side * 14, y - 148), 31, colour)
    for ear in (-14, 16):
        tip = x + side * 14 + ear * 1.25
        shape(
            canvas,
            [(tip - 13, y - 158), (tip + (3 if ear > 0 else -3), y - 202), (tip + 13, y - 158)],
            colour,
        )
    tail = [(-38, -6), (-88, -6), (-126, -40), (-112, -92), (-136, -122)]
    line(canvas, bend([(x + side * a, y + b) for a, b in tail], 14), colour, 15)
    disc(canvas, (x - side * 136, y - 122), 7.5, colour)


def castle(canvas: Canvas) -> None:
    """Spires on a crag over the mist."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 90, 300), 205, inks.light, inks.warm)
    layer(canvas, ridge(dice, 480, 240), 0.2)
    layer(canvas, ridge(dice, 560, 200), 0.34)
    flank = [(960, 468), (1030, 520), (1080, 610), (1200, 720)]
    shape(canvas, [(420, 720), (520, 610), (560, 530), (640, 468), *flank], depth(inks, 0.66))
    shade(canvas, [(CENTRE, 468), *flank, (720, 720)], inks.ink, "right", 0.9)
    for x, top, half in TURRETS:
        _turret(canvas, (CENTRE + x, top), half)
    _battlement(canvas)
    birds(canvas, (CENTRE - side * 330, 230), 7, inks.deep)
    haze(canvas, 530, 700, depth(inks, 0.12), 0.75)
    pines(canvas, 662, 74, 30, 0.7)
    pines(canvas, 712, 104, 46, 0.97)


def _turret(canvas: Canvas, apex: Point, half: float) -> None:
    inks, (x, y) = canvas.palette, apex
    wall, roof = depth(inks, 0.52), y + half * 2.9
    box(canvas, x - half, roof, x + half, 480, wall)
    shade(canvas, oblong(x - half * 0.3, roof, x + half, 480), inks.ink, "right", 0.85)
    box(canvas, x - half * 1.2, roof, x + half * 1.2, roof + half * 0.4, depth(inks, 0.6))
    shape(canvas, [(x - half * 1.35, roof), (x, y), (x + half * 1.35, roof)], inks.accent)
    shade(canvas, [(x, roof), (x, y), (x + half * 1.35, roof)], inks.ink, "right", 1)
    line(canvas, [(x, y + 4), (x, y - 34)], inks.ink, 3.5)
    shape(canvas, [(x, y - 34), (x + 34, y - 25), (x, y - 15)], inks.accent)
    for row in (0.75, 2.0):
        shape(canvas, oval((x - half * 0.1, roof + half * row + 12), half * 0.15, half * 0.34), inks.light)


def _battlement(canvas: Canvas) -> None:
    inks, left, right = canvas.palette, CENTRE - 190, CENTRE + 190
    box(canvas, left, 420, right, 500, depth(inks, 0.6))
    for x in range(int(left), int(right), 32):
        box(canvas, x, 406, x + 18, 424, depth(inks, 0.6))
    shade(canvas, oblong(left, 406, right, 500), inks.ink, "right", 0.8)
    shape(canvas, [*oval((CENTRE, 462), 30, 36, 0.5, 1), (CENTRE + 30, 505), (CENTRE - 30, 505)], inks.ink)
    shape(canvas, [*oval((CENTRE, 466), 22, 28, 0.5, 1), (CENTRE + 22, 505), (CENTRE - 22, 505)], inks.accent)


def train(canvas: Canvas) -> None:
    """A steam train with lit windows on a tall viaduct."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE - side * 150, 480), 135, inks.light, inks.warm)
    layer(canvas, ridge(dice, 560, 190), 0.24)
    layer(canvas, ridge(dice, 640, 170), 0.4)
    haze(canvas, 520, 760, depth(inks, 0.1), 0.6)
    _viaduct(canvas)
    _steam(canvas, side)
    for index in range(5):
        _carriage(canvas, CENTRE + side * (50 - 218 * index))
    _engine(canvas, CENTRE + side * 170, side)
    pines(canvas, 800, 110, 44, 0.84)
    pines(canvas, 868, 130, 56, 0.99)


def _viaduct(canvas: Canvas) -> None:
    inks, wall = canvas.palette, depth(canvas.palette, 0.66)
    box(canvas, 0, 570, WIDTH, 612, wall)
    box(canvas, 0, 562, WIDTH, 574, depth(inks, 0.86))
    for x in range(-100, WIDTH + 100, 200):
        pier = [(x - 26, 600), (x + 26, 600), (x + 34, HEIGHT), (x - 34, HEIGHT)]
        arch = [*oval((x + 100, 700), 74, 88, 0.5, 1), (x + 174, 600), (x + 26, 600)]
        for part in (pier, arch):
            shape(canvas, part, wall)
            shade(canvas, part, depth(inks, 0.92), "bottom", 0.8)


def _carriage(canvas: Canvas, middle: float) -> None:
    inks = canvas.palette
    body = oblong(middle - 102, 490, middle + 102, 548)
    shape(canvas, body, inks.middle)
    shade(canvas, body, inks.ink, "bottom", 0.8)
    box(canvas, middle - 106, 482, middle + 106, 492, inks.ink)
    for left in range(-90, 90, 31):
        box(canvas, middle + left, 500, middle + left + 22, 524, inks.light)
    box(canvas, middle - 112, 546, middle + 112, 553, inks.ink)
    for wheel in (-72, -46, 46, 72):
        disc(canvas, (middle + wheel, 556), 11, inks.ink)


def _engine(canvas: Canvas, cab: float, side: int) -> None:
    inks = canvas.palette

    def place(left: float, right: float) -> tuple[float, float]:
        return min(cab + side * left, cab + side * right), max(cab + side * left, cab + side * right)

    for left, right, top, bottom, colour in (
        (0, 62, 462, 550, inks.accent), (-8, 70, 454, 466, inks.ink), (12, 44, 478, 506, inks.light),
        (62, 214, 494, 548, inks.deep), (62, 74, 490, 550, inks.accent), (130, 140, 490, 550, inks.accent),
        (176, 198, 446, 500, inks.ink), (170, 204, 440, 452, inks.ink), (96, 118, 480, 500, inks.ink),
        (0, 236, 544, 556, inks.ink), (214, 224, 500, 544, inks.ink),
    ):  # fmt: skip
        start, stop = place(left, right)
        box(canvas, start, top, stop, bottom, colour)
    shape(canvas, [(cab + side * 224, 540), (cab + side * 262, 566), (cab + side * 224, 566)], inks.ink)
    for wheel, size in ((24, 19), (78, 22), (128, 22), (180, 15), (210, 15)):
        disc(canvas, (cab + side * wheel, 566 - size), size, inks.ink)
        disc(canvas, (cab + side * wheel, 566 - size), size * 0.45, inks.accent)
    glow(canvas, (cab + side * 226, 504), 120, inks.light, 1)
    beam = [
        (cab + side * 226, 500),
        (cab + side * 226, 510),
        (cab + side * 620, 580),
        (cab + side * 620, 450),
    ]
    fade(canvas, beam, inks.light, "left" if side > 0 else "right", 0.8)


def _steam(canvas: Canvas, side: int) -> None:
    """Smoke that swells and thins as it trails behind the funnel."""
    inks, start = canvas.palette, CENTRE + side * 357
    for puff in range(26, -1, -1):
        x = start - side * puff * 29
        y = 432 - puff**0.6 * 11 + canvas.dice.uniform(-8, 8)
        size = 13 + puff**0.75 * 3.6
        disc(canvas, (x, y), size, mix(inks.light, inks.sky[1], puff / 38))
        shade(canvas, oval((x, y), size, size, 0, 0.5), mix(inks.warm, inks.middle, 0.3), "bottom", 0.5)
