"""Portraits of people who do not exist, cut from paper: a head, hair, a coat and a round of sky behind."""

from collections.abc import Callable

from PIL import Image

from .paint import DETAIL, HEIGHT, WIDTH, Canvas, blank, disc, oblong, oval, pixels, ring, shape, wash
from .palettes import PALETTES, Colour, ink, mix
from .press import papered
from .screens import grain

MIDDLE = WIDTH / 2
FACE = (MIDDLE, 420)
SIDE = HEIGHT
BLUSH = ink("7a2a24")


def sit(name: str, *, palette: str, skin: str, hair: str, style: str, glasses: bool = False) -> Image.Image:
    """A square portrait; the same words always give the same picture.

    `skin` and `hair` are colours of six hexadecimal digits, `style` one of STYLES.
    """
    speckle = grain(name)
    canvas = blank(name, PALETTES[palette], speckle)
    face, locks = ink(skin), ink(hair)
    wash(canvas, canvas.palette.sky)
    disc(canvas, (MIDDLE, 400), 330, canvas.palette.accent)
    STYLES[style][0](canvas, locks)
    _coat(canvas)
    _head(canvas, face)
    STYLES[style][1](canvas, locks)
    if glasses:
        _glasses(canvas)
    return _cropped(papered(canvas.image.reduce(DETAIL), speckle, canvas.palette))


def _cropped(picture: Image.Image) -> Image.Image:
    left = (WIDTH - SIDE) // 2
    return picture.crop((left, 0, left + SIDE, SIDE))


def _coat(canvas: Canvas) -> None:
    """Shoulders, a collar, and a shirt between."""
    shape(canvas, oval((MIDDLE, 960), 390, 300), canvas.palette.deep)
    shape(canvas, [(MIDDLE - 110, 655), (MIDDLE + 110, 655), (MIDDLE, 880)], canvas.palette.light)
    for side in (-1, 1):
        collar = [(MIDDLE + side * 105, 645), (MIDDLE + side * 190, 690), (MIDDLE + side * 20, 900)]
        shape(canvas, collar, canvas.palette.middle)


def _head(canvas: Canvas, skin: Colour) -> None:
    """Neck, ears and face, a shade under the chin, brows, eyes, nose and the beginning of a smile."""
    x, y = FACE
    shadow = mix(skin, BLUSH, 0.3)
    shape(canvas, oblong(x - 72, y + 90, x + 72, y + 260), shadow)
    shape(canvas, oval((x, y + 262), 72, 50), shadow)
    for side in (-1, 1):
        disc(canvas, (x + side * 166, y + 20), 34, shadow)
    shape(canvas, oval((x, y), 168, 208), skin)
    for side in (-1, 1):
        disc(canvas, (x + side * 66, y + 12), 15, canvas.palette.ink)
        brow = [(x + side * 32, y - 48), (x + side * 100, y - 40), (x + side * 100, y - 29), (x + side * 32, y - 36)]
        shape(canvas, brow, mix(canvas.palette.ink, skin, 0.15))
    shape(canvas, [(x - 6, y + 30), (x + 26, y + 84), (x - 10, y + 84)], shadow)
    canvas.pen.arc(
        [*pixels([(x - 58, y + 62)])[0], *pixels([(x + 58, y + 142)])[0]], 25, 155, canvas.palette.ink, 9 * DETAIL
    )


def _glasses(canvas: Canvas) -> None:
    x, y = FACE
    for side in (-1, 1):
        ring(canvas, (x + side * 70, y + 12), 56, canvas.palette.ink, 10)
    shape(canvas, oblong(x - 18, y + 2, x + 18, y + 12), canvas.palette.ink)


def _nothing(canvas: Canvas, hair: Colour) -> None:
    """Hair that is all in front, or all behind."""


def _cap(canvas: Canvas, hair: Colour) -> None:
    """Short hair, high over the brow and parted at one side."""
    x, y = FACE
    shape(canvas, oval((x, y - 70), 182, 158, 0.5, 1), hair)
    shape(canvas, [(x - 182, y - 72), (x + 182, y - 72), (x + 176, y - 6), (x + 120, y - 84), (x - 60, y - 112)], hair)
    shape(canvas, [(x - 182, y - 74), (x - 120, y - 90), (x - 172, y + 10)], hair)


def _long_behind(canvas: Canvas, hair: Colour) -> None:
    """Hair that falls on the shoulders."""
    x, y = FACE
    shape(canvas, oval((x, y - 20), 226, 254), hair)
    shape(canvas, oblong(x - 226, y - 20, x + 226, y + 300), hair)
    shape(canvas, oval((x, y + 300), 226, 60), hair)


def _fringe(canvas: Canvas, hair: Colour) -> None:
    x, y = FACE
    shape(canvas, oval((x, y - 60), 186, 172, 0.5, 1), hair)
    shape(canvas, [(x - 186, y - 62), (x + 186, y - 62), (x + 184, y + 40), (x + 140, y - 58), (x - 140, y - 58)], hair)
    shape(canvas, [(x - 186, y - 62), (x - 140, y - 62), (x - 184, y + 40)], hair)


def _curls(canvas: Canvas, hair: Colour) -> None:
    """A crown of curls."""
    x, y = FACE
    for across, down, reach in ((-176, -40, 92), (-128, -150, 104), (0, -206, 118), (128, -150, 104), (176, -40, 92)):
        disc(canvas, (x + across, y + down), reach, hair)


def _hairline(canvas: Canvas, hair: Colour) -> None:
    x, y = FACE
    for across, down in ((-120, -130), (-60, -166), (0, -178), (60, -166), (120, -130)):
        disc(canvas, (x + across, y + down), 52, hair)


def _bun(canvas: Canvas, hair: Colour) -> None:
    """Hair put up, with a knot on top."""
    x, y = FACE
    disc(canvas, (x, y - 270), 84, hair)
    shape(canvas, oval((x, y - 40), 196, 200), hair)


def _swept(canvas: Canvas, hair: Colour) -> None:
    x, y = FACE
    shape(canvas, oval((x, y - 90), 170, 130, 0.5, 1), hair)
    shape(canvas, [(x - 170, y - 92), (x + 170, y - 92), (x + 158, y - 40), (x, y - 128), (x - 158, y - 40)], hair)


def _beard(canvas: Canvas, hair: Colour) -> None:
    """Short hair and a full beard."""
    _cap(canvas, hair)
    x, y = FACE
    low = [
        (x - 166, y + 30),
        (x - 120, y + 70),
        (x - 60, y + 58),
        (x + 60, y + 58),
        (x + 120, y + 70),
        (x + 166, y + 30),
    ]
    shape(canvas, [*low, *oval((x, y + 40), 166, 190, 0, 0.5)], hair)
    shape(canvas, oval((x, y + 98), 54, 20), mix(canvas.palette.accent, canvas.palette.deep, 0.45))


Layer = Callable[[Canvas, Colour], None]
# What is painted behind the head, and what before it.
STYLES: dict[str, tuple[Layer, Layer]] = {
    "short": (_nothing, _cap),
    "long": (_long_behind, _fringe),
    "curls": (_curls, _hairline),
    "bun": (_bun, _swept),
    "beard": (_nothing, _beard),
    "bob": (_long_behind, _cap),
}
