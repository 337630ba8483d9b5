"""The screens, in the order in which their sentences are preferred. Pure: what they look at is loaded before."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ..markup import plain
from ..workflow import Severity
from .decide import STAFF, Action, Signal
from .phrases import NO_PHRASES, Hit, Kind, Phrases, compiled
from .words import read

# A reader's first comments are read by a moderator (Coral's default threshold).
FIRST_COMMENTS = 2
SHOUT_LETTERS, SHOUT_SHARE = 20, 0.8
MOST_TOLD = 5
STRETCHED = re.compile(r"([^\W\d_]|[!?])\1{7,}")


@dataclass(frozen=True)
class Look:
    """What the screens may look at."""

    body: str
    shown_before: int
    is_staff: bool
    is_premoderated: bool
    said_last: str = ""
    phrases: Phrases = NO_PHRASES
    names: tuple[str, ...] = ()
    is_read_first: bool = False

    @cached_property
    def hits(self) -> list[Hit]:
        """Where phrases of the list stand, but not inside names that belong to the story."""
        if not self.phrases.entries:
            return []
        reading = read(self.body)
        return self.phrases.find(reading, compiled(("", name) for name in self.names).find(reading))


def staff(look: Look) -> Signal | None:
    """Staff are not held, whatever else is found; that it was found is kept."""
    return Signal(STAFF, 1, Action.NOTE, Severity.NONE, evidence="written by staff") if look.is_staff else None


def premoderated(look: Look) -> Signal | None:
    if not look.is_premoderated:
        return None
    sentence = "Every comment on this story is read by a moderator first."
    return Signal("premoderated", 2, Action.HOLD, sentence=sentence, evidence="on this story each is read first")


def read_first(look: Look) -> Signal | None:
    """A moderator has said so of this person, who was told."""
    if not look.is_read_first:
        return None
    sentence = "A moderator reads your comments before others see them: your account says why."
    return Signal("read first", 1, Action.HOLD, sentence=sentence, evidence="all of theirs are read first")


def newcomer(look: Look) -> Signal | None:
    if look.shown_before >= FIRST_COMMENTS:
        return None
    sentence = "Your first two comments are read by a moderator before others see them."
    evidence = (
        f"only {look.shown_before} of theirs shown before" if look.shown_before else "none of theirs shown before"
    )
    return Signal("newcomer", 2, Action.HOLD, sentence=sentence, evidence=evidence)


def shouting(look: Look) -> Signal | None:
    letters = [char for char in look.body if char.isalpha()]
    loud = sum(char.isupper() for char in letters)
    if len(letters) < SHOUT_LETTERS or loud < len(letters) * SHOUT_SHARE:
        return None
    advice = "Nearly all of it is in capitals, which reads as shouting."
    evidence = f"{loud} of {len(letters)} letters are capitals"
    return Signal("shouting", 1, Action.NOTE, evidence=evidence, advice=advice)


def stretched(look: Look) -> Signal | None:
    found = STRETCHED.search(look.body)
    if found is None:
        return None
    advice = f"One “{found[1]}” says it as well as many."
    evidence = f"{len(found.group())} times “{found[1]}”"
    return Signal("stretched", 1, Action.NOTE, evidence=evidence, advice=advice, matched=(found.span(),))


def said_again(look: Look) -> Signal | None:
    if not look.said_last or plain(look.body).casefold() != plain(look.said_last).casefold():
        return None
    advice = "You have said exactly this in this discussion just before."
    return Signal("said again", 1, Action.NOTE, evidence="the same as their last comment here", advice=advice)


def banned(look: Look) -> Signal | None:
    sentence = "For some of its words, a moderator reads it before others do."
    return _listed(look, Kind.BANNED, Action.HOLD, Severity.MEDIUM, sentence)


def suspect(look: Look) -> Signal | None:
    return _listed(look, Kind.SUSPECT, Action.FLAG, Severity.LOW)


def threat(look: Look) -> Signal | None:
    sentence = "Some of it can be read as a threat. A moderator looks at it before others do."
    return _listed(look, Kind.THREAT, Action.HOLD, Severity.HIGH, sentence)


def _listed(look: Look, kind: Kind, action: Action, severity: Severity, sentence: str = "") -> Signal | None:
    """What stands in it that is on the list; the version is that of the list."""
    hits = [hit for hit in look.hits if hit.entry.kind == kind]
    if not hits:
        return None
    told = dict.fromkeys(_told(look.body[hit.start : hit.end], hit.entry.text) for hit in hits)
    evidence = f"on the list ({kind.value}): {', '.join(islice(told, MOST_TOLD))}"
    matched = tuple(dict.fromkeys((hit.start, hit.end) for hit in hits))
    return Signal(kind.value, look.phrases.version, action, severity, sentence, evidence, matched=matched)


def _told(words: str, phrase: str) -> str:
    """The words, and what they are taken for where that is not plain to see."""
    return f"“{words}”" if words.casefold() == phrase.casefold() else f"“{words}” for “{phrase}”"


SCREENS: tuple[Callable[[Look], Signal | None], ...] = (
    staff,
    premoderated,
    read_first,
    newcomer,
    banned,
    suspect,
    threat,
    shouting,
    stretched,
    said_again,
)
