"""A text as words that can be compared, each with its place in the text as it was typed. Pure, and linear in the text.

Seen through are case, accents, full width and other styles of letters, signs that nobody sees, heaps of marks, letters
of other scripts and digits that are drawn like Latin ones, words taken apart (s.p.a.m, s p a m), stretched (spaaam) and
with a sign in place of letters (sp*m).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby

from newsroom.lib.lookalikes import LOOKS_LIKE, letters

# Marks that stand on letters and do not make another letter: they are heaped up, and left out in Hebrew and Arabic.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
# How signs look, with those that are written for letters and are drawn alike only to who wants to see it.
DRAWN = LOOKS_LIKE | str.maketrans("34578@$!|€", "eastbaslle")
# Letters, digits, and the vowel signs of scripts that write them beside the letter; Chinese and Japanese, which set no
# spaces, sign by sign.
SIGN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
BESIDE = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0ebf\u1000-\u109f\u1780-\u17d3"
WORD = re.compile(f"[{SIGN}]|(?:[^\\W_{SIGN}]|[{BESIDE}])+")
# What may be one word with signs for letters or between them; and single letters with something between them.
CHUNK = re.compile(r"[\w@$!|€.*-]+")
BETWEEN, LOUD = ".*_-", "!|"
TOGETHER = str.maketrans("", "", BETWEEN)
SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:[\s.,*_/~-]{1,3}[^\W_]){2,}(?![^\W_])")
# Letters that are words, or stand for one, of which some may stand before a word that is spelled out.
ALONE, MOST_ALONE = "aiour", 3
CAPITAL_I = re.compile("[a-z]I")
RUN = re.compile(r"(.)\1+")
STRETCHED = 3  # So many of a letter may stand for one or two.
SELDOM_TWICE = frozenset("ahijkquvwxy")  # Of these, two may stand for one: English hardly ever writes them twice.
# Letters with signs in place of some between the first and the last, as many as there are letters behind them.
MASKED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[*#%_]+[^\W\d_]++)+")
MASK, VOWELS = re.compile("[*#%_]"), re.compile("[aeiou]")
SHORTEST_MASKED, LONGEST_MASKED = 4, 16
LONGEST_SIGN = 3
SHORTEST, LIKENESS = 8, 32  # Words, below which texts are bound to be alike; digits.


@dataclass(eq=False)
class Word:
    """A word of a text, folded, what it may be meant for, and the characters that it takes there."""

    plain: str
    skeleton: str
    start: int
    end: int
    has_capital_i: bool = False

    @property
    def drawn(self) -> str:
        """How it looks, if signs in it stand for Latin letters; else "". A number stands for no word."""
        looks = draw(self.plain)
        is_disguised = self.has_capital_i or looks != self.plain.replace("i", "l")
        return looks if is_disguised and any(map(str.isalpha, self.plain)) else ""

    def is_like(self, plain: str) -> bool:
        """Whether it is this folded word: as it stands, as it is drawn, or stretched."""
        if self.plain == plain or _is_stretched(self.plain, plain):
            return True
        return bool(self.drawn) and _is_stretched(self.drawn, draw(plain))


@dataclass(frozen=True)
class Reading:
    """The words of a text in their order, and those that it may be read as when signs between letters do not count.

    `masked` are those that are written with signs in place of letters, each of them a "*".
    """

    words: list[Word]
    joined: list[Word]
    masked: list[Word]


def draw(plain: str) -> str:
    """How a folded word looks."""
    return plain.translate(DRAWN)


def skeleton(plain: str) -> str:
    """The same for all words that may be meant for one: how they look, each letter once."""
    looks = draw(plain)
    return RUN.sub(r"\1", looks) if RUN.search(looks) else looks


def masks(plain: str) -> Iterator[str]:
    """How a folded word looks with a letter hidden, or two that stand together, or all vowels, or all but the ends."""
    looks = draw(plain)
    if not looks.isalpha() or not SHORTEST_MASKED <= len(looks) <= LONGEST_MASKED:
        return
    last = len(looks) - 1
    for hidden in {1, 2, last - 1}:
        for start in range(1, last - hidden + 1):
            yield looks[:start] + "*" * hidden + looks[start + hidden :]
    yield looks[0] + VOWELS.sub("*", looks[1:last]) + looks[last]


def key(text: str) -> str:
    """The folded words of a text, with a space between."""
    folded, _ = fold(text)
    return " ".join(WORD.findall(folded))


def likeness(text: str) -> str:
    """The same for all texts of the same words; "" for one that is too short to tell."""
    words = key(text)
    return sha256(words.encode()).hexdigest()[:LIKENESS] if words.count(" ") >= SHORTEST - 1 else ""


def read(text: str) -> Reading:
    """The words of a text."""
    folded, places = fold(text)
    has_capital_i = "I" in text

    def word(plain: str, start: int, end: int) -> Word:
        first, last = places[start], max(places[end - 1] + 1, places[end])
        return Word(plain, skeleton(plain), first, last, has_capital_i and bool(CAPITAL_I.search(text, first, last)))

    words = [word(found.group(), *found.span()) for found in WORD.finditer(folded)]
    joined = [word(*found) for found in (*_chunks(folded), *_spelled(folded))]
    masked = [word(MASK.sub("*", found.group()), *found.span()) for found in MASKED.finditer(folded)]
    return Reading(words, joined, masked)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text in bare small letters, and for each of them, and for the end, the place in the text."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded = [_folded(sign) for sign in text]
    places = [place for place, signs in enumerate(folded) for _ in signs]
    return "".join(folded), [*places, len(text)]


@lru_cache(maxsize=10_000)
def _folded(sign: str) -> str:
    """One sign, folded; "" for what nobody sees, and for marks. Of a sign that is a whole sentence, its beginning."""
    seen = (one for one in MARKS.sub("", letters(sign)) if unicodedata.category(one) != "Cf")
    return "".join(seen)[:LONGEST_SIGN]


def _chunks(folded: str) -> Iterator[tuple[str, int, int]]:
    """What stands together and is a word once the signs between its letters are gone."""
    for found in CHUNK.finditer(folded):
        if found.group().isalnum():
            continue
        # A “!” at the end may be a letter or a sign of its own.
        for inner in {found.group().strip(edges) for edges in (BETWEEN, BETWEEN + LOUD)}:
            if inner and not inner.isalnum():
                start = found.start() + found.group().index(inner)
                yield inner.translate(TOGETHER), start, start + len(inner)


def _spelled(folded: str) -> Iterator[tuple[str, int, int]]:
    """What is spelled out, with and without letters before it that may be words of their own."""
    for found in SPELLED.finditer(folded):
        places = [place for place in range(*found.span()) if folded[place].isalnum()]
        spelled = "".join(folded[place] for place in places)
        before = len(spelled[:MOST_ALONE]) - len(spelled[:MOST_ALONE].lstrip(ALONE))
        for first in range(before + 1):
            yield spelled[first:], places[first], places[-1] + 1


@lru_cache(maxsize=10_000)
def _is_stretched(word: str, plain: str) -> bool:
    """Whether a word is another with some of its letters written more often than English would."""
    ours, theirs = ([(sign, len(list(same))) for sign, same in groupby(text)] for text in (word, plain))
    return len(ours) == len(theirs) and all(
        sign == other and (count == wanted or count >= max(2 if sign in SELDOM_TWICE else STRETCHED, wanted))
        for (sign, count), (other, wanted) in zip(ours, theirs, strict=True)
    )
