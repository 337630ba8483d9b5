"""Posters of open country: lighthouse, mountains, forest, desert and garden."""

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
    oval,
    shade,
    shape,
    wash,
)
from .palettes import Colour, mix
from .scenery import (
    CENTRE,
    around,
    birds,
    cloud,
    day,
    depth,
    figure,
    ground,
    haze,
    hill,
    layer,
    leaf,
    pines,
    rays,
    ridge,
    spin,
    sun,
)


def lighthouse(canvas: Canvas) -> None:
    """A striped light on a headland, its beam across the evening."""
    inks, lamp = canvas.palette, (CENTRE, 172.0)
    day(canvas)
    side = canvas.dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 260, 470), 150, inks.light, inks.warm)
    cloud(canvas, (CENTRE - side * 420, 330), 330, mix(inks.sky[1], inks.light, 0.35))
    cloud(canvas, (CENTRE + side * 560, 250), 260, mix(inks.sky[1], inks.light, 0.25))
    _water(canvas, 540, CENTRE + side * 260)
    _beams(canvas, lamp)
    rock = [
        (250, 700),
        (400, 640),
        (520, 600),
        (640, 535),
        (760, 515),
        (900, 520),
        (1010, 560),
        (1120, 655),
        (1400, 720),
    ]
    layer(canvas, ground([(-40, 760), *rock, (1640, 740)]), 0.97, 0.3)
    _tower(canvas, lamp)
    birds(canvas, (CENTRE - side * 250, 250), 5, inks.deep)


def _water(canvas: Canvas, top: float, glint: float) -> None:
    """A calm sea with the light's path upon it."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (depth(inks, 0.35), depth(inks, 0.6), inks.ink), top, HEIGHT)
    for row in range(26):
        y = top + 6 + row * row * 0.42
        spread, thick = 60 + row * 9, 2 + row * 0.22
        x = glint + dice.uniform(-spread, spread)
        reach = dice.uniform(30, 70 + row * 5)
        shape(canvas, oval((x, y), reach, thick), mix(inks.light, inks.warm, row / 30))


def _beams(canvas: Canvas, lamp: Point) -> None:
    x, y = lamp
    for end, toward in ((-60, "right"), (WIDTH + 60, "left")):
        fade(
            canvas,
            [(x, y - 8), (x, y + 8), (end, y + 150), (end, y - 150)],
            canvas.palette.light,
            toward,
            0.85,
        )
    glow(canvas, lamp, 260, canvas.palette.light, 0.9)


def _tower(canvas: Canvas, lamp: Point) -> None:
    inks, (x, y) = canvas.palette, lamp
    top, foot = y + 40, 540.0
    for band in range(5):
        upper, lower = top + (foot - top) * band / 5, top + (foot - top) * (band + 1) / 5
        wide, wider = 36 + 24 * band / 5, 36 + 24 * (band + 1) / 5
        stripe = [(x - wide, upper), (x + wide, upper), (x + wider, lower), (x - wider, lower)]
        shape(canvas, stripe, inks.middle if band % 2 else inks.light)
    shade(canvas, [(x - 10, top), (x + 36, top), (x + 60, foot), (x - 10, foot)], inks.ink, "right", 0.85)
    box(canvas, x - 52, top - 12, x + 52, top, inks.ink)
    box(canvas, x - 27, y - 30, x + 27, top - 12, inks.light)
    for post in (-27, -9, 9, 24):
        box(canvas, x + post, y - 30, x + post + 3, top - 12, inks.ink)
    shape(canvas, [*oval((x, y - 28), 36, 40, 0.5, 1)], inks.ink)
    box(canvas, x - 2, y - 100, x + 2, y - 60, inks.ink)
    for level in (0.3, 0.68):
        box(canvas, x - 9, top + 300 * level, x + 5, top + 300 * level + 26, inks.ink)
    _cottage(canvas, (x + 105, 545))


def _cottage(canvas: Canvas, foot: Point) -> None:
    inks, (x, y) = canvas.palette, foot
    box(canvas, x - 48, y - 46, x + 48, y + 20, inks.deep)
    shape(canvas, [(x - 60, y - 44), (x - 34, y - 84), (x + 34, y - 84), (x + 60, y - 44)], inks.ink)
    box(canvas, x + 16, y - 100, x + 30, y - 74, inks.ink)
    for window in (-26, 10):
        box(canvas, x + window, y - 32, x + window + 16, y - 10, inks.accent)


def mountains(canvas: Canvas) -> None:
    """A great snowy peak over firs."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 210, 250), 135, inks.light, inks.warm)
    layer(canvas, ridge(dice, 500, 190), 0.22)
    layer(canvas, ridge(dice, 560, 170), 0.36)
    for offset, top in ((-430, 300), (440, 330), (-700, 400), (720, 390)):
        _peak(canvas, (CENTRE + offset + dice.uniform(-40, 40), top), 330, 0.4)
    _peak(canvas, (CENTRE - side * 40, 120), 520, 0.56)
    haze(canvas, 430, 660, depth(inks, 0.08), 0.75)
    pines(canvas, 610, 95, 30, 0.62)
    haze(canvas, 560, 680, depth(inks, 0.4), 0.35)
    pines(canvas, 690, 150, 52, 0.96)


def _peak(canvas: Canvas, apex: Point, half: float, nearness: float) -> None:
    """One mountain in two facets, lit from the left and capped with snow."""
    inks, dice, (x, y) = canvas.palette, canvas.dice, apex
    base = y + half * 1.08
    spine = [(x, y), (x + half * 0.07, y + half * 0.2), (x - half * 0.05, y + half * 0.42)]
    spine += [(x + half * 0.1, y + half * 0.7), (x, base)]
    shape(canvas, [*spine, (x - half, base)], depth(inks, nearness - 0.14))
    shape(canvas, [*spine, (x + half, base)], depth(inks, nearness + 0.14))
    shade(canvas, [*spine, (x + half, base)], depth(inks, nearness - 0.1), "bottom", 0.7)
    teeth = [dice.uniform(0.24, 0.42) if index % 2 else dice.uniform(0.15, 0.24) for index in range(8)]
    cap = [
        (x + half * (index - 3.5) / 3.5 * level * 0.93, y + half * level * 1.08) for index, level in enumerate(teeth)
    ]
    cap[0], cap[-1] = _slope(apex, half, -teeth[0]), _slope(apex, half, teeth[-1])
    shape(canvas, [apex, *cap], inks.light)
    right = [point for point in cap if point[0] > x]
    shape(
        canvas,
        [apex, spine[1], (x + half * 0.01, y + half * 0.27), *right],
        mix(inks.light, depth(inks, nearness), 0.5),
    )


def _slope(apex: Point, half: float, share: float) -> Point:
    return apex[0] + half * share, apex[1] + half * 1.08 * abs(share)


def forest(canvas: Canvas) -> None:
    """A lantern among tall trunks and shafts of light."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.sky[1], inks.sky[2], inks.light, inks.sky[2]))
    glow(canvas, (CENTRE, 330), 760, inks.light, 0.9)
    for nearness, base, trunks, girth in ((0.2, 510, 24, 11), (0.38, 535, 17, 20), (0.6, 572, 11, 34)):
        for _ in range(trunks):
            _trunk(canvas, dice.uniform(0, WIDTH), base, girth * dice.uniform(0.7, 1.3), nearness)
        layer(canvas, hill(dice, base, 16), nearness, 0.2)
        haze(canvas, base - 240, base + 40, depth(inks, nearness - 0.2), 0.3)
    _shafts(canvas)
    _wanderer(canvas, (CENTRE, 588))
    for x in (90, 245, 430, 1150, 1345, 1520):
        _trunk(canvas, x + dice.uniform(-35, 35), 700, dice.uniform(52, 82), 0.95)
    layer(canvas, hill(dice, 640, 12), 0.96, 0.2)
    _canopy(canvas)


def _trunk(canvas: Canvas, x: float, base: float, girth: float, nearness: float) -> None:
    colour, lean = depth(canvas.palette, nearness), canvas.dice.uniform(-12, 12)
    trunk = [(x + lean - girth * 0.36, -20), (x + lean + girth * 0.36, -20), (x + girth * 0.5, base - 40)]
    trunk += [(x + girth * 0.95, base + 30), (x - girth * 0.95, base + 30), (x - girth * 0.5, base - 40)]
    shape(canvas, trunk, colour)
    side = [*trunk[1:4], (x + girth * 0.1, base), (x + lean, -20)]
    shade(canvas, side, depth(canvas.palette, nearness + 0.22), "right", 0.8)
    for _ in range(3):
        y, reach = (
            canvas.dice.uniform(60, 330),
            canvas.dice.choice((-1, 1)) * girth * canvas.dice.uniform(1.4, 3),
        )
        shape(canvas, [(x, y), (x, y + girth * 0.35), (x + reach, y - abs(reach) * 0.5)], colour)


def _shafts(canvas: Canvas) -> None:
    for x in (480, 700, 850, 1060):
        shaft = [(x + 120, -10), (x + 210, -10), (x + 40, 640), (x - 150, 640)]
        fade(canvas, shaft, canvas.palette.light, "top", canvas.dice.uniform(0.3, 0.6))


def _wanderer(canvas: Canvas, foot: Point) -> None:
    inks, (x, y) = canvas.palette, foot
    glow(canvas, (x + 40, y - 62), 230, inks.light, 1)
    disc(canvas, (x + 40, y - 62), 21, inks.accent)
    figure(canvas, foot, 150, inks.ink)
    line(canvas, [(x + 8, y - 100), (x + 40, y - 88), (x + 40, y - 74)], inks.ink, 6)
    disc(canvas, (x + 40, y - 62), 13, inks.light)


def _canopy(canvas: Canvas) -> None:
    for row, nearness in ((0, 0.84), (1, 0.98)):
        for x in range(-40, WIDTH + 80, 46):
            drop = abs(x - CENTRE) / CENTRE
            size = canvas.dice.uniform(40, 66)
            disc(canvas, (x, 40 * drop * drop + 16 - row * 34), size, depth(canvas.palette, nearness))


def desert(canvas: Canvas) -> None:
    """A caravan on the crest of a dune under a vast sun."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 130, 490), 165, inks.light, inks.warm)
    layer(canvas, _mesas(canvas), 0.2)
    _dune(canvas, [(-40, 610), (250, 560), (560, 600), (980, 570), (1330, 540), (1640, 600)], (1330, 540), 0.3)
    _dune(canvas, [(-40, 690), (330, 690), (700, 640), (940, 588), (1200, 650), (1640, 740)], (940, 588), 0.42)
    for step in range(3):
        _camel(canvas, (CENTRE - 60 + step * 92, 622 - step * 14), inks.ink)
    _dune(canvas, [(-40, 640), (180, 660), (400, 740), (800, 810), (1640, 780)], (180, 660), 0.62)
    _dune(canvas, [(-40, 880), (500, 860), (1000, 800), (1330, 730), (1640, 760)], (1330, 730), 0.74)


def _mesas(canvas: Canvas) -> list[Point]:
    skyline: list[Point] = [(-40, 560)]
    for x in (60, 420, 1050, 1390):
        left, top = x + canvas.dice.uniform(-60, 60), canvas.dice.uniform(420, 500)
        skyline += [
            (left, 560),
            (left + 24, top + 30),
            (left + 34, top),
            (left + 150, top),
            (left + 162, top + 34),
        ]
        skyline.append((left + 200, 560))
    return ground([*skyline, (1640, 560)])


def _dune(canvas: Canvas, crest: list[Point], peak: Point, nearness: float) -> None:
    """A dune lit from the left, its lee side in shadow from the peak down an S-curve."""
    inks, (x, y) = canvas.palette, peak
    skyline = bend(crest, 14)
    shape(canvas, ground(skyline), mix(depth(inks, nearness - 0.1), inks.light, 0.12))
    shade(canvas, ground(skyline), depth(inks, nearness + 0.08), "bottom", 0.8)
    edge = bend([peak, (x - 60, y + 60), (x + 20, y + 140), (x - 130, y + 330)])
    lee = [point for point in skyline if point[0] > x]
    shape(canvas, [*reversed(edge), *lee, (WIDTH + 40, HEIGHT + 40)], depth(inks, nearness + 0.18))
    shade(canvas, [*reversed(edge), *lee, (WIDTH + 40, HEIGHT + 40)], depth(inks, nearness), "right", 0.9)


def _camel(canvas: Canvas, foot: Point, colour: Colour) -> None:
    x, y = foot
    back = [
        (-34, -40),
        (-26, -56),
        (-12, -58),
        (0, -76),
        (12, -58),
        (24, -54),
        (34, -62),
        (42, -84),
        (56, -86),
    ]
    under = [(60, -78), (48, -74), (42, -50), (30, -36), (-20, -34), (-34, -40)]
    shape(canvas, bend([(x + a, y + b) for a, b in back + under], 6), colour)
    for leg in (-28, -16, 18, 28):
        line(canvas, [(x + leg, y - 40), (x + leg + 2, y - 18), (x + leg - 3, y + 4)], colour, 5)
    shape(canvas, [(x - 8, y - 62), (x + 8, y - 62), (x + 5, y - 92), (x - 4, y - 92)], colour)
    disc(canvas, (x + 1, y - 98), 7, colour)


def garden(canvas: Canvas) -> None:
    """Great flowers before a rising moon, a butterfly above."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    rays(canvas, (CENTRE, 340), inks.light, 16, 0.16)
    sun(canvas, (CENTRE, 330), 255, inks.light, inks.warm)
    for turn in range(15):
        _frond(canvas, (60 + turn * 106, 800), -pi / 2 + dice.uniform(-0.45, 0.45), 330, 0.45)
    for x, top, reach, petals in (
        (330, 430, 92, 8),
        (1270, 440, 92, 8),
        (545, 300, 104, 6),
        (1060, 320, 104, 6),
    ):
        _flower(canvas, (x + dice.uniform(-20, 20), top + dice.uniform(-25, 25)), reach, petals, inks.warm)
    _flower(canvas, (CENTRE, 270), 168, 10, inks.accent)
    for nearness, top, count in ((0.66, 650, 14), (0.84, 700, 13), (0.97, 745, 17)):
        for index in range(count):
            foot = ((index + 0.5) * WIDTH / count, top + 130)
            _frond(canvas, foot, -pi / 2 + dice.uniform(-0.7, 0.7), 250, nearness)
        box(canvas, 0, top, WIDTH, HEIGHT, depth(inks, nearness))
    _butterfly(canvas, (CENTRE + dice.choice((-1, 1)) * 190, 120))


def _frond(canvas: Canvas, base: Point, turn: float, length: float, nearness: float) -> None:
    blade = leaf(base, turn, length, length * 0.36)
    half = [base, *blade[: len(blade) // 2]]
    shape(canvas, blade, depth(canvas.palette, nearness))
    shade(canvas, half, depth(canvas.palette, nearness - 0.24), "top", 0.85)
    line(canvas, [base, around(base, length * 0.96, turn)], depth(canvas.palette, nearness - 0.2), 2.5)


def _flower(canvas: Canvas, heart: Point, reach: float, petals: int, colour: Colour) -> None:
    inks, (x, y) = canvas.palette, heart
    stem = bend([heart, (x + (CENTRE - x) * 0.08, y + 180), (x + (CENTRE - x) * 0.2, HEIGHT)])
    line(canvas, stem, inks.deep, reach * 0.1)
    for turn, tall in ((-0.5, 0.25), (pi + 0.5, 0.4)):
        _frond(canvas, stem[int(len(stem) * tall)], turn, reach * 1.3, 0.7)
    for row, share, tint in ((0, 1.0, mix(colour, inks.deep, 0.28)), (0.5, 0.92, colour)):
        for petal in range(petals):
            turn = 2 * pi * (petal + row) / petals
            outline = leaf(around(heart, reach * 0.12, turn), turn, reach * share, reach * 5.2 / petals)
            shape(canvas, outline, tint)
            shade(canvas, outline, mix(inks.middle, inks.deep, 0.4), "bottom", 0.5)
            line(canvas, [heart, around(heart, reach * 0.62, turn)], mix(tint, inks.deep, 0.3), 2)
    disc(canvas, heart, reach * 0.3, inks.ink)
    for seed in range(22):
        disc(canvas, around(heart, reach * 0.055 * seed**0.5, seed * 2.4), reach * 0.021, inks.light)


def _butterfly(canvas: Canvas, centre: Point) -> None:
    inks, (x, y) = canvas.palette, centre
    for turn, length in ((-0.75, 62), (0.45, 44), (pi + 0.75, 62), (pi - 0.45, 44)):
        wing = spin(leaf(centre, turn, length, length * 0.95), centre, 0.25)
        shape(canvas, wing, inks.deep)
        shape(
            canvas,
            spin(leaf(around(centre, 10, turn), turn, length * 0.6, length * 0.5), centre, 0.25),
            inks.light,
        )
    shape(canvas, spin(oval((x, y), 4, 24), centre, 0.25), inks.ink)
