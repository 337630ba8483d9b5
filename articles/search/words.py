"""Words as search compares them, and what a reader typed taken apart. Pure.

Both databases get words that are folded here already, so that both find the same.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_QUERY = 200
MOST_WORDS = 20
# A shorter beginning would match nearly everything.
SHORTEST_BEGINNING = 3

WORD = re.compile(r"[^\W_]+")
# Letters that are more than a letter with a mark. (ß is ss in lower case already.)
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# A phrase in quotes, which need not be closed, or whatever else stands between spaces; “-” before it excludes.
TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents: café is cafe, Straße is strasse."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).casefold().translate(LETTERS)


def words_in(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word for part in text.split() for word in WORD.findall(fold(part))]


def plain(text: str) -> str:
    """A text as it is written into the index: nothing but folded words and spaces."""
    return " ".join(words_in(text))


@dataclass(frozen=True)
class Term:
    """Words that must follow each other; `is_excluded`: that may not. If it is a beginning, more letters may follow."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_beginning: bool = False


@dataclass(frozen=True)
class Query:
    """What a reader asks for: stories with all the terms of at least one of the alternatives."""

    alternatives: tuple[tuple[Term, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    @property
    def sought(self) -> list[Term]:
        """The terms a story may be found by."""
        return [term for terms in self.alternatives for term in terms if not term.is_excluded]

    @property
    def words(self) -> list[str]:
        """The words a story may be found by, each once."""
        return list(dict.fromkeys(word for term in self.sought for word in term.words))


def parse(text: str) -> Query:
    """Take apart what was typed: words that must all be there, "phrases", -excluded, and OR between alternatives.

    Whatever is typed means something, or nothing. What only excludes finds nothing; so do words beyond the twentieth.
    """
    text = text[:LONGEST_QUERY].translate(QUOTES).rstrip()
    found: list[list[Term]] = [[]]
    left = MOST_WORDS
    for token in TOKEN.finditer(text):
        if token[0] == "OR":
            found.append([])
        elif token[0] != "AND" and (term := _term(token, left, is_last=token.end() == len(text))):
            left -= len(term.words)
            found[-1].append(term)
    return Query(tuple(tuple(terms) for terms in found if any(not term.is_excluded for term in terms)))


def _term(token: re.Match[str], most: int, *, is_last: bool) -> Term | None:
    """What one token asks for; None for one without a word. The last may go on, as its reader may still be typing."""
    sign, phrase, bare = token.groups()
    words = tuple(words_in(phrase or bare or ""))[:most]
    if not words:
        return None
    is_long = len(words) == 1 and len(words[0]) >= SHORTEST_BEGINNING
    return Term(words, is_excluded=bool(sign), is_beginning=bool(bare) and not sign and is_last and is_long)
