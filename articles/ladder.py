"""The ladder: which files there are of a picture, in which shapes, widths and kinds, and their names. Pure.

Pages ask for these and no others. An address under /media/pictures/ that is not on the ladder answers 404.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A way a picture is cut: `name` is how templates ask for it, `ratio` its width by its height.

    Each of `widths`, in pixels, is made as WebP and AVIF, none wider than the picture. One JPEG of at most
    `jpeg` pixels is for feeds, search engines, other sites and what reads neither.
    """

    name: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]
    jpeg: int

    def cut_of(self, width: int, height: int) -> tuple[int, int]:
        """The largest size of this shape within a picture."""
        if self.ratio is None:
            return width, height
        across, down = self.ratio
        wide = min(width, height * across // down)
        return max(1, wide), max(1, min(height, round(wide * down / across)))


# Twice the width of most telephones is 780 to 828 pixels.
WHOLE = Shape("", None, (480, 830, 1600), 960)
WIDE = Shape("16x9", (16, 9), (320, 640, 960, 1600), 1200)
CLASSIC = Shape("4x3", (4, 3), (240, 480), 1200)
SQUARE = Shape("1x1", (1, 1), (320, 640), 1200)
# What other sites show of a story.
SHARED = Shape("share", (1200, 630), (), 1200)
SHAPES = {shape.name: shape for shape in (WHOLE, WIDE, CLASSIC, SQUARE, SHARED)}


@dataclass(frozen=True)
class Rung:
    """One file: its name in the picture's folder, its shape, its size in pixels, and its kind."""

    name: str
    shape: Shape
    width: int
    height: int
    kind: str


def at(x: float, y: float) -> str:
    """A focal point, 0 to 1 from the left and from the top, as file names have it: 50-33."""
    return f"{round(x * 100)}-{round(y * 100)}"


def rungs(shape: Shape, width: int, height: int, focal: str) -> Iterator[Rung]:
    """The files of one shape of a picture of this size; cut ones are named for the focal point as well."""
    wide, high = shape.cut_of(width, height)
    stem = f"{shape.name}-{focal}-" if shape.ratio else ""
    for wanted in _widths(shape, wide):
        down = max(1, round(high * wanted / wide))
        for kind in ("webp", "avif"):
            yield Rung(f"{stem}{wanted}.{kind}", shape, wanted, down, kind)
    last = min(shape.jpeg, wide)
    yield Rung(f"{stem}{last}.jpg", shape, last, max(1, round(high * last / wide)), "jpg")


def ladder(width: int, height: int, focal: str) -> list[Rung]:
    """Every file of a picture of this size."""
    return [rung for shape in SHAPES.values() for rung in rungs(shape, width, height, focal)]


def _widths(shape: Shape, wide: int) -> list[int]:
    """Every width that is asked for up to the cut's own, which is the last unless more than any page asks for."""
    fitting = [width for width in shape.widths if width < wide]
    return fitting if not shape.widths or wide > shape.widths[-1] else [*fitting, wide]
