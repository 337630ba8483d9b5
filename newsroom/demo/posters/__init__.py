"""Key art for shows that do not exist: draw paints one poster from a title, a motif and a palette."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PIL import Image

from . import motifs_home, motifs_land, motifs_made, motifs_show, motifs_sky, motifs_town
from .lettering import STYLES, letter
from .paint import Canvas, blank
from .palettes import PALETTES
from .press import fitted, framed, papered, printed
from .screens import grain, screen

__all__ = ["KINDS", "MOTIFS", "PALETTES", "draw"]


class Motif(NamedTuple):
    """A picture that can be painted, and the part of it left free for the title."""

    paint: Callable[[Canvas], None]
    title: str = "low"


KINDS = tuple(STYLES)

MOTIFS = {
    "lighthouse": Motif(motifs_land.lighthouse),
    "city": Motif(motifs_town.city),
    "mountains": Motif(motifs_land.mountains),
    "moon": Motif(motifs_sky.moon),
    "sea": Motif(motifs_sky.sea, "high"),
    "forest": Motif(motifs_land.forest),
    "train": Motif(motifs_town.train, "high"),
    "rooftops": Motif(motifs_town.rooftops, "high"),
    "desert": Motif(motifs_land.desert, "high"),
    "space": Motif(motifs_sky.space),
    "stage": Motif(motifs_show.stage),
    "kitchen": Motif(motifs_home.kitchen),
    "castle": Motif(motifs_town.castle),
    "submarine": Motif(motifs_sky.submarine),
    "robot": Motif(motifs_made.robot),
    "masks": Motif(motifs_show.masks),
    "vinyl": Motif(motifs_show.vinyl),
    "window": Motif(motifs_home.window),
    "racing": Motif(motifs_made.racing, "high"),
    "garden": Motif(motifs_land.garden),
    "storm": Motif(motifs_sky.storm),
    "arcade": Motif(motifs_made.arcade),
}


def draw(
    title: str, *, line: str, kind: str, motif: str, palette: str, size: tuple[int, int] = (1600, 900)
) -> Image.Image:
    """The poster of a title; the same words always give the same picture."""
    _known("motif", motif, MOTIFS)
    _known("palette", palette, PALETTES)
    _known("kind", kind, KINDS)
    inks = PALETTES[palette]
    canvas = blank(title, inks, screen(title, kind))
    MOTIFS[motif].paint(canvas)
    place = MOTIFS[motif].title
    picture = fitted(printed(canvas.image, kind, inks, place), size)
    framed(picture, kind, inks)
    letter(picture, title, line, kind, inks, "foot" if kind == "album" else place)
    return papered(picture, grain(title), inks)


def _known(what: str, name: str, choices: Iterable[str]) -> None:
    if name not in choices:
        raise ValueError(f"No {what} is called {name!r}; choose one of {', '.join(choices)}.")
