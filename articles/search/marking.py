"""Where the words sought stand in a text, as pieces that a template escapes and marks. Pure."""

from dataclasses import dataclass

from .words import WORD, Query, fold

SNIPPET = 220
BEFORE = 60
# Words are kin that are alike up to such endings, as the databases' stemmers have it, or nearly.
ENDINGS = frozenset(("", *"s e es d ed y ies ied ing er ers or ors ly al".split()))
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Bit:
    """A stretch of text; `is_hit` if it is a word that was sought."""

    text: str
    is_hit: bool = False


class Seeker:
    """Finds the words of a query in texts."""

    def __init__(self, query: Query) -> None:
        self.words = query.words
        self.beginnings = tuple(term.words[0] for term in query.sought if term.is_beginning)
        self.starts = {word[:SHORTEST_STEM] for word in self.words}

    def is_hit(self, word: str) -> bool:
        folded = fold(word)
        if folded[:SHORTEST_STEM] not in self.starts:
            return False
        return folded.startswith(self.beginnings) or any(are_kin(folded, sought) for sought in self.words)

    def hits(self, text: str, most: int = 200) -> list[tuple[int, int]]:
        """Where words sought begin and end, at most so many."""
        found: list[tuple[int, int]] = []
        for match in WORD.finditer(text):
            if self.is_hit(match[0]):
                found.append(match.span())
                if len(found) == most:
                    break
        return found

    def marked(self, text: str) -> list[Bit]:
        """All of a text, in bits."""
        bits, at = [], 0
        for start, end in self.hits(text):
            bits += [Bit(text[at:start]), Bit(text[start:end], is_hit=True)]
            at = end
        return [bit for bit in (*bits, Bit(text[at:])) if bit.text]

    def snippet(self, text: str) -> list[Bit]:
        """The part of a text around the first word sought, in bits; nothing where there is none."""
        first = self.hits(text, most=1)
        if not first:
            return []
        start, end = _around(text, first[0][0])
        bits = self.marked(" ".join(text[start:end].split()))
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return [bit for bit in (Bit(before), *bits, Bit(after)) if bit.text]


def are_kin(one: str, other: str) -> bool:
    """Whether two folded words are the same but for their endings."""
    stems = (one[:cut] for cut in range(SHORTEST_STEM, len(one) + 1))
    return one == other or any(
        other.startswith(stem) and one.removeprefix(stem) in ENDINGS and other.removeprefix(stem) in ENDINGS
        for stem in stems
    )


def _around(text: str, at: int) -> tuple[int, int]:
    """The bounds of a snippet about a word at this place, at spaces where there are some near."""
    start = max(at - BEFORE, 0)
    space = text.find(" ", start, at)
    if start and space >= 0:
        start = space + 1
    end = start + SNIPPET
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", at, end)
    return start, space if space >= 0 else end
