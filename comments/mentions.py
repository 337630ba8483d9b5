"""Mentions: “@” and the name of somebody who speaks in the same discussion, three at most. Pure.

A mention is plain text for readers; it decides only who is told.
"""

import re
import unicodedata
from collections.abc import Mapping

MOST = 3
# Neither in an address of mail or of the web, nor one of several in a row.
AT = re.compile(r"(?<![\w@./])@")
QUOTED = re.compile(r"(?m)^>.*$")


def folded(text: str) -> str:
    """A name or a text as it is compared: case does not count, nor how an accent was typed."""
    return unicodedata.normalize("NFKC", text).casefold()


def mentioned(text: str, names: Mapping[str, int]) -> list[int]:
    """Whom a text mentions, by the longest of these (folded) names that fits; what it quotes does not count."""
    text = folded(QUOTED.sub("", text))
    longest = max(map(len, names), default=0)
    found: dict[int, None] = {}
    for at in AT.finditer(text):
        person = _named(text, at.end(), longest, names)
        if person is not None:
            found[person] = None
        if len(found) == MOST:
            break
    return list(found)


def _named(text: str, start: int, longest: int, names: Mapping[str, int]) -> int | None:
    """Who is named from this place on: the name ends where the word does."""
    for end in range(min(len(text), start + longest), start, -1):
        is_whole = end == len(text) or not (text[end].isalnum() or text[end] in "_-")
        if is_whole and (person := names.get(text[start:end])) is not None:
            return person
    return None
