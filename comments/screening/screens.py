"""The screens, in the order in which their sentences are preferred. Pure: what they look at is loaded before."""

from collections.abc import Callable
from dataclasses import dataclass

from .decide import Action, Signal

# A reader's first comments are read by a moderator (Coral's default threshold).
FIRST_COMMENTS = 2


@dataclass(frozen=True)
class Look:
    """What the screens may look at."""

    body: str
    shown_before: int
    is_staff: bool
    is_premoderated: bool


def premoderated(look: Look) -> Signal | None:
    if not look.is_premoderated:
        return None
    sentence = "Every comment on this story is read by a moderator first."
    return Signal("premoderated", 1, Action.HOLD, sentence)


def newcomer(look: Look) -> Signal | None:
    if look.shown_before >= FIRST_COMMENTS:
        return None
    sentence = "Your first two comments are read by a moderator before others see them."
    return Signal("newcomer", 1, Action.HOLD, sentence, f"{look.shown_before} shown before")


SCREENS: tuple[Callable[[Look], Signal | None], ...] = (premoderated, newcomer)
