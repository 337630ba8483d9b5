"""Lines that somebody pastes, or has in a file, become phrases for the list; what is wrong with a line is said."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from .models import Phrase
from .screening import Kind, key_of
from .screening.phrases import MOST_WORDS

HEAD = ("phrase", "kind", "note")
LONGEST_NOTE = 200


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be taken, with its number from 1, and why."""

    number: int
    text: str
    why: str


class _Bad(Exception):
    pass


def pasted(text: str, kind: str) -> tuple[list[Phrase], list[BadLine]]:
    """The phrases of a text, one a line: alone, or as CSV with its kind and a note; empty lines do not count.

    `kind` is for those that name none.
    """
    good: list[Phrase] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            good += _phrases_of(line, kind)
        except _Bad as why:
            bad.append(BadLine(number, line.strip(), str(why)))
    return good, bad


def _phrases_of(line: str, kind: str) -> Iterator[Phrase]:
    """The phrase of a line, if there is one; the head of an exported list is none."""
    cells = [cell.strip() for cell in _cells(line)]
    if not any(cells) or tuple(map(str.lower, cells)) == HEAD:
        return
    text, named, note = (*cells, "", "")[:3]
    if len(cells) > len(HEAD) or (named and named not in Kind.values):
        kinds = ", ".join(Kind.values)
        raise _Bad(f"behind a comma stands its kind ({kinds}), then a note: put quotes around a phrase with a comma")
    yield _checked(Phrase(text=text, kind=named or kind, note=note[:LONGEST_NOTE]))


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line.replace("\x00", "")], strict=True), [])
    except csv.Error:
        raise _Bad("a quote is not closed") from None


def _checked(phrase: Phrase) -> Phrase:
    if len(phrase.text) > Phrase.LONGEST:
        raise _Bad(f"a phrase may have {Phrase.LONGEST} characters")
    if phrase.kind == Kind.SITE and not key_of(phrase.kind, phrase.text):
        raise _Bad("this is no name of a site: write it as shop.example")
    if not key_of(phrase.kind, phrase.text):
        raise _Bad(f"a phrase has one to {MOST_WORDS} words, of letters or digits")
    return phrase
