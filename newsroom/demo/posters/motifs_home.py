"""Posters of rooms: a kitchen from within and a window from across the yard."""

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
    ring,
    round_box,
    shade,
    shape,
    veil,
    wash,
)
from .palettes import mix
from .scenery import (
    CENTRE,
    depth,
    spin,
)


def kitchen(canvas: Canvas) -> None:
    """A pot on the flame under a hanging lamp, its steam curling up."""
    inks = canvas.palette
    wash(canvas, (depth(inks, 0.66), depth(inks, 0.5), depth(inks, 0.62)))
    _tiles(canvas)
    _lamp(canvas)
    _rack(canvas)
    for sway in (-74, 6, 80):
        _curl(canvas, (CENTRE + sway, 340), 0.8 + abs(sway) / 400)
    _flames(canvas)
    box(canvas, 0, 630, WIDTH, HEIGHT, inks.ink)
    box(canvas, 0, 618, WIDTH, 640, mix(inks.middle, inks.warm, 0.5))
    _pot(canvas)
    _counter(canvas)


def _tiles(canvas: Canvas) -> None:
    for row in range(11):
        for column in range(23):
            x, y = column * 72 - 20 + row % 2 * 36, row * 58
            tint = depth(canvas.palette, canvas.dice.uniform(0.46, 0.6))
            box(canvas, x, y, x + 68, y + 54, tint)
    shade(canvas, oblong(0, 0, 520, 640), canvas.palette.ink, "left", 0.75)
    shade(canvas, oblong(1080, 0, WIDTH, 640), canvas.palette.ink, "right", 0.75)


def _lamp(canvas: Canvas) -> None:
    inks = canvas.palette
    fade(canvas, [(720, 112), (880, 112), (1270, 640), (330, 640)], inks.light, "top", 0.85)
    glow(canvas, (CENTRE, 120), 400, inks.light, 0.85)
    box(canvas, CENTRE - 3, -10, CENTRE + 3, 40, inks.ink)
    shape(canvas, [*oval((CENTRE, 118), 104, 88, 0.5, 1)], inks.accent)
    shade(canvas, [*oval((CENTRE, 118), 104, 88, 0.5, 1)], inks.ink, "right", 0.9)
    shape(canvas, oval((CENTRE, 118), 34, 22, 0, 0.5), inks.light)


def _rack(canvas: Canvas) -> None:
    """A rail of pans and spoons at either side."""
    inks = canvas.palette
    for side in (-1, 1):
        line(canvas, [(CENTRE + side * 230, 120), (CENTRE + side * 820, 120)], inks.ink, 9)
        for place, reach in ((300, 58), (440, 44), (690, 66)):
            x = CENTRE + side * place
            box(canvas, x - 6, 116, x + 6, 250, inks.ink)
            disc(canvas, (x, 250 + reach), reach, inks.ink)
            disc(canvas, (x, 250 + reach), reach * 0.8, inks.middle)
            shade(canvas, oval((x, 250 + reach), reach * 0.8, reach * 0.8), inks.ink, "bottom", 0.9)
        for place in (365, 530, 585):
            x = CENTRE + side * place
            box(canvas, x - 4, 116, x + 4, 270, inks.ink)
            shape(canvas, oval((x, 300), 19, 36), inks.ink)


def _curl(canvas: Canvas, foot: Point, size: float) -> None:
    x, y = foot
    spine = bend(
        [
            (x, y),
            (x - 46 * size, y - 62),
            (x + 40 * size, y - 124),
            (x - 12 * size, y - 176),
            (x + 6, y - 196),
        ],
        14,
    )
    for index, spot in enumerate(spine):
        disc(canvas, spot, 12 * (1 - index / len(spine)) ** 0.7 * size + 1, canvas.palette.light)


def _flames(canvas: Canvas) -> None:
    inks = canvas.palette
    glow(canvas, (CENTRE, 600), 330, inks.accent, 0.9)
    for index in range(11):
        x = 620 + index * 36
        for colour, tall, half in ((inks.accent, 66, 17), (inks.light, 38, 9)):
            tip = (x + canvas.dice.uniform(-9, 9), 618 - tall)
            left = bend([(x - half, 618), (x - half * 0.7, 618 - tall * 0.5), tip])
            right = bend([tip, (x + half * 0.8, 618 - tall * 0.45), (x + half, 618)])
            shape(canvas, left + right, colour)


def _pot(canvas: Canvas) -> None:
    inks = canvas.palette
    for x in (556, 1044):
        ring(canvas, (x, 432), 42, inks.ink, 15)
    body = [(570, 380), (1030, 380), (1030, 500), *bend([(1030, 500), (1018, 566), (960, 588)])]
    body += bend([(640, 588), (582, 566), (570, 500)])
    shape(canvas, body, mix(inks.accent, inks.middle, 0.15))
    shade(canvas, body, inks.ink, "right", 0.75)
    shape(canvas, oblong(600, 400, 622, 540), mix(inks.accent, inks.light, 0.7))
    round_box(canvas, (552, 364, 1048, 390), 13, inks.ink)
    shape(canvas, [*oval((CENTRE, 366), 224, 46, 0.5, 1)], inks.deep)
    line(canvas, oval((CENTRE, 366), 224, 46, 0.55, 0.8), inks.warm, 4)
    line(canvas, [(980, 366), (1075, 210)], inks.ink, 15)


def _counter(canvas: Canvas) -> None:
    """Vegetables and a knife block at the edges of the worktop."""
    inks = canvas.palette
    for x, reach, colour in (
        (300, 50, inks.accent),
        (390, 40, inks.warm),
        (1220, 44, inks.warm),
        (1312, 54, inks.accent),
    ):
        disc(canvas, (x, 622 - reach), reach, colour)
        shade(canvas, oval((x, 622 - reach), reach, reach), inks.ink, "bottom", 0.9)
        for turn in (-0.9, -pi / 2, -2.3):
            shape(
                canvas,
                spin(oval((x, 622 - reach * 2.15), 5, 17), (x, 622 - reach * 2), turn + pi / 2),
                inks.deep,
            )
    round_box(canvas, (110, 470, 190, 622), 12, inks.deep)
    round_box(canvas, (1420, 500, 1500, 622), 12, inks.deep)


def window(canvas: Canvas) -> None:
    """One lit window in a dark wall, and someone standing in it."""
    inks, dice = canvas.palette, canvas.dice
    wash(canvas, (mix(inks.ink, inks.deep, 0.7), inks.deep, inks.ink))
    _bricks(canvas)
    for x in (210, 1390):
        _frame(canvas, (x, 305), 135, 185, False)
    glow(canvas, (CENTRE, 310), 640, inks.warm, 0.75)
    side = dice.choice((-1, 1))
    _frame(canvas, (CENTRE, 300), 205, 230, True)
    _someone(canvas, (CENTRE + side * 52, 530), side)
    _curtains(canvas)
    for bar in (oblong(CENTRE - 6, 70, CENTRE + 6, 530), oblong(595, 200, 1005, 212)):
        shape(canvas, bar, inks.ink)
    _sill(canvas, side)
    fade(canvas, oblong(0, 560, WIDTH, HEIGHT), inks.ink, "bottom", 0.95)


def _bricks(canvas: Canvas) -> None:
    inks, dice = canvas.palette, canvas.dice
    for row in range(26):
        for column in range(17):
            x, y = column * 100 - 60 + (row % 2) * 50, row * 36
            tint = mix(inks.deep, inks.middle, dice.uniform(0.0, 0.28))
            box(canvas, x, y, x + 95, y + 31, mix(tint, inks.ink, 0.35))


def _frame(canvas: Canvas, heart: Point, half: float, tall: float, lit: bool) -> None:
    inks, (x, y) = canvas.palette, heart
    box(canvas, x - half - 20, y - tall - 26, x + half + 20, y + tall, inks.ink)
    box(canvas, x - half - 32, y - tall - 40, x + half + 32, y - tall - 20, mix(inks.ink, inks.middle, 0.45))
    pane = oblong(x - half, y - tall, x + half, y + tall)
    shape(canvas, pane, inks.light if lit else mix(inks.ink, inks.deep, 0.6))
    if lit:
        shade(canvas, pane, inks.accent, "bottom", 0.9)
        glow(canvas, (x, y - tall * 0.4), half, inks.light, 0.9)
        return
    veil(
        canvas,
        [(x - half, y - 20), (x + half, y - tall), (x + half, y - tall + 90), (x - half, y + 90)],
        inks.middle,
        0.35,
    )
    box(canvas, x - 5, y - tall, x + 5, y + tall, inks.ink)
    box(canvas, x - half, y - 60, x + half, y - 50, inks.ink)
    box(canvas, x - half - 34, y + tall, x + half + 34, y + tall + 22, mix(inks.ink, inks.middle, 0.4))


def _someone(canvas: Canvas, foot: Point, side: int) -> None:
    """Head and shoulders in silhouette, a telephone or a glass at the ear."""
    (x, y), colour = foot, canvas.palette.ink
    body = [
        (-92, 0),
        (-90, -120),
        (-70, -172),
        (-22, -196),
        (-18, -226),
        (18, -226),
        (22, -196),
        (70, -172),
        (90, -120),
        (92, 0),
    ]
    shape(canvas, bend([(x + a, y + b) for a, b in body], 8), colour)
    shape(canvas, oval((x + side * 4, y - 262), 40, 50), colour)
    brim = [(x - 66, y - 288), (x + 66, y - 288), (x + 62, y - 278), (x - 62, y - 278)]
    shape(canvas, brim, colour)
    shape(
        canvas,
        bend([(x - 42, y - 284), (x - 38, y - 326), (x, y - 320), (x + 38, y - 326), (x + 42, y - 284)], 8),
        colour,
    )


def _curtains(canvas: Canvas) -> None:
    inks = canvas.palette
    drape = [*bend([(595, 70), (735, 70), (712, 210), (640, 360), (622, 530)], 12), (595, 530)]
    for outline in (drape, [(2 * CENTRE - x, y) for x, y in drape]):
        shape(canvas, outline, inks.middle)
        shade(canvas, outline, inks.deep, "bottom", 1)
    for fold in (612, 640, 668, 700):
        for x in (fold, 2 * CENTRE - fold):
            lean = (x - CENTRE) * 0.14
            line(canvas, bend([(x, 72), (x + lean * 0.3, 230), (x + lean, 360)]), inks.deep, 3)


def _sill(canvas: Canvas, side: int) -> None:
    inks, x = canvas.palette, CENTRE - side * 120
    box(canvas, 550, 528, 1050, 554, mix(inks.middle, inks.warm, 0.4))
    box(canvas, 566, 554, 1034, 568, inks.ink)
    shape(canvas, [(x - 40, 470), (x + 40, 470), (x + 30, 530), (x - 30, 530)], inks.ink)
    for sway in (-52, -26, 0, 26, 52):
        stalk = bend([(x, 475), (x + sway * 0.4, 420), (x + sway, 375 + abs(sway) * 0.6)])
        line(canvas, stalk, inks.ink, 6)
        shape(canvas, oval(stalk[-1], 13, 20), inks.ink)
