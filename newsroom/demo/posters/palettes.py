"""The eight limited palettes the posters are printed in, and how two inks mix."""

from typing import NamedTuple

Colour = tuple[int, int, int]


class Palette(NamedTuple):
    """Six inks from darkest to palest, one that pops, and a sky from top to horizon."""

    ink: Colour
    deep: Colour
    middle: Colour
    warm: Colour
    light: Colour
    accent: Colour
    sky: tuple[Colour, Colour, Colour]


def ink(code: str) -> Colour:
    """The colour of six hexadecimal digits."""
    red, green, blue = bytes.fromhex(code)
    return red, green, blue


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A blend of two inks: the first at a share of 0, the second at 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def brightness(colour: Colour) -> float:
    """How light an ink looks, from 0 to 255."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _palette(inks: str, sky: str) -> Palette:
    dark, deep, middle, warm, light, accent = map(ink, inks.split())
    top, centre, low = map(ink, sky.split())
    return Palette(dark, deep, middle, warm, light, accent, (top, centre, low))


PALETTES = {
    "ember": _palette("210a18 611233 bc2f32 f2762e ffdc9c ffc247", "4f0f2f c23430 ffa040"),
    "lagoon": _palette("04202e 0a4a5e 13858c 63c6b0 fbf1cf ff7b4a", "0b5f73 38aaa2 f9e6b4"),
    "orchid": _palette("1b0a33 4d176f a02c92 f0608f ffdccb ffb43c", "2e0f58 97309a ff8f9c"),
    "moss": _palette("0d211c 20493c 4d8052 a9bf5f faf3cd e9623a", "7fb08c c8d690 fbf2c6"),
    "dusk": _palette("12122f 302d6e 764a97 ea8279 ffdfae ffc05e", "22245f 7f4c9c ffae7e"),
    "noir": _palette("0a0b10 22262f 545b66 a5a69f f4eddd dd2836", "14171d 4c525d c4bfb0"),
    "candy": _palette("2a1059 5b2bb0 e8468f ff93ad fff3dd 1fc4bd", "27b8c4 8fe0d0 ffe9c4"),
    "gold": _palette("21130c 5a2f16 a9641f e3a63a fff0c9 12807e", "eeb33c f7d477 fff0c6"),
}
