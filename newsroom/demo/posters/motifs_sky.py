"""Posters of sky and water: moon, space, sea, storm and submarine."""

from math import pi, sin

from .paint import (
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
    placed,
    ring,
    shade,
    shape,
    veil,
    wash,
)
from .palettes import mix
from .scenery import (
    CENTRE,
    around,
    birds,
    cloud,
    day,
    depth,
    figure,
    ground,
    hill,
    layer,
    leaf,
    night,
    ridge,
    spin,
    stars,
    sun,
)


def moon(canvas: Canvas) -> None:
    """Someone on a ladder, about to touch the moon."""
    inks, dice = canvas.palette, canvas.dice
    night(canvas)
    stars(canvas, 150, 560)
    side, heart = dice.choice((-1, 1)), (CENTRE, 290.0)
    sun(canvas, heart, 238, inks.light, inks.warm)
    _craters(canvas, heart)
    for x, y, width in ((-560, 360, 420), (600, 250, 380), (-330, 190, 240), (430, 450, 300)):
        cloud(canvas, (CENTRE + x * side, y), width, mix(inks.deep, inks.middle, 0.55))
    layer(canvas, ridge(dice, 590, 60), 0.72)
    crest = bend([(-40, 700), (300, 650), (CENTRE, 575), (1300, 645), (1640, 710)], 16)
    layer(canvas, ground(crest), 0.99, 0.25)
    _ladder(canvas, side)


def _craters(canvas: Canvas, heart: Point) -> None:
    inks = canvas.palette
    for _ in range(13):
        size = canvas.dice.uniform(9, 40)
        spot = around(heart, canvas.dice.uniform(20, 185), canvas.dice.uniform(0, 2 * pi))
        veil(canvas, oval(spot, size, size), inks.warm, 0.5)
        shade(canvas, oval(spot, size, size), inks.middle, "top", 0.4)


def _ladder(canvas: Canvas, side: int) -> None:
    inks = canvas.palette
    foot, top = (CENTRE - side * 130, 612.0), (CENTRE - side * 20, 290.0)
    for offset in (-13, 13):
        line(canvas, [(foot[0] + offset, foot[1]), (top[0] + offset, top[1])], inks.ink, 6)
    for rung in range(1, 18):
        x = foot[0] + (top[0] - foot[0]) * rung / 18
        y = foot[1] + (top[1] - foot[1]) * rung / 18
        line(canvas, [(x - 13, y), (x + 13, y)], inks.ink, 4.5)
    x, y = CENTRE - side * 52, 398.0
    figure(canvas, (x, y), 118, inks.ink)
    line(canvas, [(x + side * 6, y - 84), (x + side * 30, y - 112), (x + side * 44, y - 150)], inks.ink, 8)


def space(canvas: Canvas) -> None:
    """A ringed planet over a cratered world, and one rocket between them."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.ink, mix(inks.ink, inks.deep, 0.8), inks.deep))
    for reach, colour in ((560, inks.middle), (380, inks.warm), (420, inks.middle)):
        glow(canvas, (dice.uniform(100, 1500), dice.uniform(50, 500)), reach, colour, 0.42)
    stars(canvas, 260, 700)
    side = dice.choice((-1, 1))
    _planet(canvas, (CENTRE, 315), 200, -0.32 * side)
    _small_moon(canvas, (CENTRE + side * 560, 130), 56)
    _rocket(canvas, (CENTRE - side * 420, 300), side)
    layer(canvas, ridge(dice, 640, 70), 0.66, 0.4)
    world = bend([(-40, 760), (350, 665), (CENTRE, 640), (1250, 665), (1640, 760)], 16)
    layer(canvas, ground(world), 0.94, 0.5)
    for x, y, reach in ((260, 735, 66), (1310, 745, 80), (1100, 690, 34), (480, 690, 30)):
        shape(canvas, oval((x, y), reach, reach * 0.2), inks.ink)
        shape(canvas, oval((x, y + 6), reach * 0.86, reach * 0.13), depth(inks, 0.78))


def _planet(canvas: Canvas, heart: Point, reach: float, tilt: float) -> None:
    inks, (x, y) = canvas.palette, heart
    glow(canvas, heart, reach * 2.3, inks.warm, 0.6)
    _rings(canvas, heart, reach, tilt, 0.5)
    disc(canvas, heart, reach, inks.warm)
    bands = (
        (-0.8, 0.14, inks.light),
        (-0.5, 0.2, inks.middle),
        (-0.12, 0.1, inks.light),
        (0.1, 0.22, inks.middle),
    )
    for level, thick, colour in (*bands, (0.52, 0.12, inks.light), (0.74, 0.2, inks.middle)):
        upper, lower = level, min(0.99, level + thick)
        edge = [(x + reach * (1 - row * row) ** 0.5, y + reach * row) for row in (upper, (upper + lower) / 2, lower)]
        band = edge + [(2 * x - a, b) for a, b in reversed(edge)]
        shape(canvas, spin(band, heart, tilt), mix(inks.warm, colour, 0.7))
    shade(canvas, oval(heart, reach, reach), inks.ink, "right", 0.85)
    _rings(canvas, heart, reach, tilt, 0)


def _rings(canvas: Canvas, heart: Point, reach: float, tilt: float, start: float) -> None:
    """One half of the planet's rings: the far one from 0.5, the near one from 0."""
    inks = canvas.palette
    for outer, inner, colour in (
        (2.05, 1.78, inks.light),
        (1.72, 1.52, inks.accent),
        (1.46, 1.36, inks.light),
    ):
        far = oval(heart, reach * outer, reach * outer * 0.2, start, start + 0.5)
        near = oval(heart, reach * inner, reach * inner * 0.2, start, start + 0.5)
        shape(canvas, spin([*far, *reversed(near)], heart, tilt), colour)


def _small_moon(canvas: Canvas, heart: Point, reach: float) -> None:
    disc(canvas, heart, reach, canvas.palette.light)
    shade(canvas, oval(heart, reach, reach), canvas.palette.deep, "right", 1.1)


def _rocket(canvas: Canvas, nose: Point, side: int) -> None:
    inks, (x, y), turn = canvas.palette, nose, 0.75 * side
    trail = [(x - 13, y + 120), (x + 13, y + 120), (x + 60, y + 620), (x - 60, y + 620)]
    fade(canvas, spin(trail, nose, turn), inks.light, "top", 0.75)
    shape(canvas, spin(leaf((x, y + 100), pi / 2, 100, 40), nose, turn), inks.accent)
    for fin in (-1, 1):
        shape(
            canvas,
            spin([(x + fin * 14, y + 70), (x + fin * 42, y + 122), (x + fin * 10, y + 108)], nose, turn),
            inks.accent,
        )
    hull = bend([(x, y - 30), (x + 24, y + 20), (x + 25, y + 70), (x + 14, y + 112)])
    shape(canvas, spin([*hull, *((2 * x - a, b) for a, b in reversed(hull))], nose, turn), inks.light)
    shade(canvas, spin([(x, y - 30), *hull, (x, y + 112)], nose, turn), inks.deep, "right", 0.9)
    disc(canvas, spin([(x, y + 30)], nose, turn)[0], 11, inks.deep)
    disc(canvas, spin([(x, y + 30)], nose, turn)[0], 6.5, inks.accent)


def sea(canvas: Canvas) -> None:
    """A small boat on great rolling waves before the sun."""
    inks, dice = canvas.palette, canvas.dice
    day(canvas)
    side = dice.choice((-1, 1))
    sun(canvas, (CENTRE + side * 40, 500), 190, inks.light, inks.warm)
    cloud(canvas, (CENTRE - side * 480, 395), 360, mix(inks.sky[2], inks.light, 0.5))
    cloud(canvas, (CENTRE + side * 510, 340), 280, mix(inks.sky[2], inks.light, 0.4))
    birds(canvas, (CENTRE - side * 330, 330), 6, inks.deep)
    for row in range(3):
        _waves(canvas, 552 + row * 36, 7 + row * 5, 120 + row * 40, 0.3 + row * 0.11)
    _boat(canvas, (CENTRE - side * 30, 668), side)
    for row in range(4):
        _waves(canvas, 672 + row * 56, 22 + row * 7, 250 + row * 70, 0.6 + row * 0.12)


def _waves(canvas: Canvas, level: float, height: float, length: float, nearness: float) -> None:
    """A row of waves with sharp crests, foam along them and spray in their hollows."""
    inks, lean = canvas.palette, canvas.dice.uniform(0, 400)
    crest = [
        (float(x), level - height * (1 - 2 * abs(sin(pi * (x + lean) / length)) ** 0.8))
        for x in range(-40, WIDTH + 56, 8)
    ]
    outline = ground([(x, 2 * level - y - height) for x, y in crest])
    shape(canvas, outline, depth(inks, nearness))
    shade(
        canvas,
        [*outline[:-2], (WIDTH + 40, level + 110), (-40, level + 110)],
        depth(inks, nearness - 0.22),
        "top",
        0.75,
    )
    line(canvas, outline[:-2], mix(depth(inks, nearness - 0.3), inks.light, 0.55), 2 + nearness * 3)


def _boat(canvas: Canvas, keel: Point, side: int) -> None:
    inks, (x, y) = canvas.palette, keel
    hull = [(x - 118, y - 44), (x + 122, y - 52), (x + 84, y + 10), (x - 84, y + 10)]
    main = [*bend([(x - 6, y - 330), (x - 60, y - 200), (x - 118, y - 74)]), (x - 6, y - 66)]
    jib = [*bend([(x + 8, y - 300), (x + 66, y - 190), (x + 116, y - 72)]), (x + 8, y - 66)]
    for outline, colour in ((hull, inks.ink), (main, inks.light), (jib, inks.accent)):
        placed = outline if side > 0 else [(2 * x - a, b) for a, b in outline]
        shape(canvas, placed, colour)
        shade(canvas, placed, inks.deep, "bottom", 0.55)
    line(canvas, [(x, y - 350), (x, y - 44)], inks.ink, 6)
    shape(canvas, [(x, y - 352), (x, y - 328), (x - side * 44, y - 340)], inks.accent)


def storm(canvas: Canvas) -> None:
    """Lightning over one small house with its light on."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (inks.ink, inks.deep, inks.middle, inks.warm), 0, 700)
    glow(canvas, (CENTRE, 330), 620, inks.light, 0.5)
    side = dice.choice((-1, 1))
    _thunderhead(canvas, 255, 0.52)
    _bolt(canvas, side)
    for row, nearness in enumerate((0.66, 0.8, 0.96)):
        _thunderhead(canvas, 193 - row * 62, nearness)
    _rain(canvas)
    layer(canvas, hill(dice, 600, 34), 0.72, 0.3)
    layer(
        canvas,
        ground(bend([(-40, 690), (420, 650), (CENTRE - side * 60, 585), (1240, 660), (1640, 700)], 16)),
        0.99,
        0.2,
    )
    _house(canvas, (CENTRE - side * 60, 600))


def _bolt(canvas: Canvas, side: int) -> None:
    bolt = [(842, 60), (742, 362), (806, 352), (722, 560), (900, 306), (832, 312), (932, 60)]
    placed = [(CENTRE + side * (x - 815), float(y)) for x, y in bolt]
    glow(canvas, (CENTRE, 350), 300, canvas.palette.light, 0.6)
    shape(canvas, placed, canvas.palette.light)
    shade(canvas, placed, canvas.palette.accent, "top", 0.75)


def _thunderhead(canvas: Canvas, level: float, nearness: float) -> None:
    """A bank of cloud, heavier at both sides of the picture."""
    dice, inks = canvas.dice, canvas.palette
    for x in range(-60, WIDTH + 120, 92):
        lift = 90 * abs(x - CENTRE) / CENTRE
        size, spot = dice.uniform(62, 108), (x + dice.uniform(-20, 20), level + lift - 60)
        disc(canvas, spot, size, depth(inks, nearness))
        shade(canvas, oval(spot, size, size, 0, 0.5), depth(inks, nearness - 0.26), "bottom", 0.6)
    box(canvas, 0, -20, WIDTH, level - 70, depth(inks, nearness))


def _rain(canvas: Canvas) -> None:
    dice, colour = canvas.dice, mix(canvas.palette.warm, canvas.palette.light, 0.6)
    for _ in range(190):
        x, y, length = dice.uniform(-50, WIDTH + 150), dice.uniform(200, 700), dice.uniform(22, 58)
        line(canvas, [(x, y), (x - length * 0.32, y + length)], colour, 1.4)


def _house(canvas: Canvas, foot: Point) -> None:
    inks, (x, y) = canvas.palette, foot
    glow(canvas, (x, y - 34), 150, inks.accent, 0.7)
    box(canvas, x - 56, y - 66, x + 56, y + 20, inks.ink)
    shape(canvas, [(x - 72, y - 62), (x, y - 122), (x + 72, y - 62)], inks.ink)
    box(canvas, x + 28, y - 128, x + 46, y - 80, inks.ink)
    for left in (-34, 8):
        box(canvas, x + left, y - 48, x + left + 26, y - 14, inks.accent)
        box(canvas, x + left + 11, y - 48, x + left + 14, y - 14, inks.ink)


def submarine(canvas: Canvas) -> None:
    """A boat of the deep with its lamp lit, under slanting light."""
    inks, dice = canvas.palette, canvas.dice
    wash(
        canvas,
        (mix(inks.sky[2], inks.light, 0.3), depth(inks, 0.36), depth(inks, 0.58), depth(inks, 0.8), inks.ink),
    )
    for x in (250, 520, 700, 960, 1240):
        shaft = [(x, -10), (x + 90, -10), (x - 120, 620), (x - 330, 620)]
        fade(canvas, shaft, inks.light, "top", dice.uniform(0.25, 0.55))
    side = dice.choice((-1, 1))
    _fishes(canvas, side)
    layer(canvas, ridge(dice, 610, 90), 0.7, 0.3)
    _hull(canvas, (CENTRE, 340), side)
    _kelp(canvas, 0.84, 640)
    layer(canvas, hill(dice, 668, 22), 0.97, 0.3)
    _kelp(canvas, 0.99, 760)


def _hull(canvas: Canvas, heart: Point, side: int) -> None:
    inks, back = canvas.palette, [(-400, 0), (-300, -66), (-60, -100), (220, -92), (340, -40), (364, 8)]
    beam = placed([(330, 10), (330, 40), (1000, 220), (1000, -60)], heart, side)
    fade(canvas, beam, inks.light, "left" if side > 0 else "right", 0.9)
    _conning_tower(canvas, heart, side)
    belly = [(364, 8), (320, 66), (180, 100), (-80, 100), (-300, 60), (-400, 0)]
    body = placed(bend(back) + bend(belly), heart, side)
    shape(canvas, body, mix(inks.warm, inks.light, 0.35))
    shade(canvas, body, inks.deep, "bottom", 1.05)
    line(canvas, body, mix(inks.warm, inks.light, 0.7), 3)
    shape(canvas, placed(oval((-410, 0), 12, 70), heart, side), inks.ink)
    _portholes(canvas, heart, side)


def _conning_tower(canvas: Canvas, heart: Point, side: int) -> None:
    """What stands out of the hull: the tower, its periscope and the fins."""
    inks = canvas.palette
    tower = placed([(-70, -80), (-50, -172), (62, -172), (96, -80)], heart, side)
    shape(canvas, tower, inks.warm)
    shade(canvas, tower, inks.deep, "bottom", 0.9)
    line(canvas, placed([(10, -165), (10, -232), (46, -232)], heart, side), inks.ink, 13)
    fin = [(-330, 0), (-420, -92), (-360, -92), (-240, -40)]
    shape(canvas, placed(fin, heart, side), inks.accent)
    shape(canvas, placed([(x, -y) for x, y in fin], heart, side), inks.accent)


def _portholes(canvas: Canvas, heart: Point, side: int) -> None:
    inks, (x, y) = canvas.palette, heart
    for place in (-200, -80, 40, 160):
        spot = (x + side * place, y - 8)
        glow(canvas, spot, 84, inks.accent, 0.6)
        disc(canvas, spot, 37, inks.ink)
        disc(canvas, spot, 28, inks.accent)
        shape(canvas, oval(spot, 28, 28, 0.55, 0.82), inks.light)
    lamp = (x + side * 330, y + 25)
    glow(canvas, lamp, 150, inks.light, 1)
    disc(canvas, lamp, 22, inks.light)
    for _ in range(30):
        spot = (x - side * canvas.dice.uniform(430, 700), y - canvas.dice.uniform(-60, 260))
        ring(canvas, spot, canvas.dice.uniform(4, 15), inks.light, 2.2)


def _fishes(canvas: Canvas, side: int) -> None:
    inks, dice = canvas.palette, canvas.dice
    for _ in range(26):
        x, y = CENTRE - side * dice.uniform(180, 560), dice.uniform(90, 250)
        body = leaf((x, y), 0 if side > 0 else pi, 36, 15)
        tail = [(x + side * 5, y), (x - side * 12, y - 9), (x - side * 12, y + 9)]
        shape(canvas, body, depth(inks, 0.66))
        shape(canvas, tail, depth(inks, 0.66))


def _kelp(canvas: Canvas, nearness: float, base: float) -> None:
    dice, colour = canvas.dice, depth(canvas.palette, nearness)
    for _ in range(26):
        edge = dice.uniform(0, 1) ** 1.5 * 560
        x = edge if dice.uniform(0, 1) < 0.5 else WIDTH - edge
        tall, sway = (560 - edge) * dice.uniform(0.4, 0.75) + 40, dice.uniform(-40, 40)
        stalk = bend(
            [
                (x, base + 60),
                (x + sway, base - tall * 0.35),
                (x - sway, base - tall * 0.7),
                (x + sway, base - tall),
            ]
        )
        line(canvas, stalk, colour, 7)
        for spot in range(6, len(stalk), 4):
            for turn in (-0.6, pi + 0.6):
                shape(canvas, leaf(stalk[spot], turn, 40, 15), colour)
