"""The screens, in the order in which their sentences are preferred. Pure: what they look at is loaded before."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..markup import plain
from .decide import Action, Signal

# A reader's first comments are read by a moderator (Coral's default threshold).
FIRST_COMMENTS = 2
SHOUT_LETTERS, SHOUT_SHARE = 20, 0.8
STRETCHED = re.compile(r"([^\W\d_]|[!?])\1{7,}")


@dataclass(frozen=True)
class Look:
    """What the screens may look at."""

    body: str
    shown_before: int
    is_staff: bool
    is_premoderated: bool
    said_last: str = ""


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


def shouting(look: Look) -> Signal | None:
    letters = [char for char in look.body if char.isalpha()]
    loud = sum(char.isupper() for char in letters)
    if len(letters) < SHOUT_LETTERS or loud < len(letters) * SHOUT_SHARE:
        return None
    advice = "Nearly all of it is in capitals, which reads as shouting."
    return Signal("shouting", 1, Action.NOTE, "", f"{loud} of {len(letters)} letters are capitals", advice)


def stretched(look: Look) -> Signal | None:
    found = STRETCHED.search(look.body)
    if found is None:
        return None
    advice = f"One “{found[1]}” says it as well as many."
    return Signal("stretched", 1, Action.NOTE, "", f"{len(found.group())} times “{found[1]}”", advice)


def said_again(look: Look) -> Signal | None:
    if not look.said_last or plain(look.body).casefold() != plain(look.said_last).casefold():
        return None
    advice = "You have said exactly this in this discussion just before."
    return Signal("said again", 1, Action.NOTE, "", "the same as their last comment here", advice)


SCREENS: tuple[Callable[[Look], Signal | None], ...] = (premoderated, newcomer, shouting, stretched, said_again)
