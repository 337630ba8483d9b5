"""Screening: small functions look at a comment, each may give a signal; one pure function decides."""

from .decide import Action, Screened, Signal, decide
from .phrases import NO_PHRASES, Kind, Phrases, compiled, kept, key_of
from .screens import LISTS, SCREENS, Look
from .words import likeness

__all__ = [
    "LISTS",
    "NO_PHRASES",
    "SCREENS",
    "Action",
    "Kind",
    "Look",
    "Phrases",
    "Screened",
    "Signal",
    "compiled",
    "decide",
    "kept",
    "key_of",
    "likeness",
    "screen",
]


def screen(look: Look) -> Screened:
    """What all screens together say of a comment. Every screen runs; the worst verdict wins."""
    return decide([signal for check in SCREENS if (signal := check(look))])
