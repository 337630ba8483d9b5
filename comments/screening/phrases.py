"""A list of phrases, and where they stand in a text: whole words, seen through disguise. Pure, linear in the text."""

import gc
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, zip_longest

from django.db.models import TextChoices

from .words import Reading, Word, draw, key, masks, skeleton

MOST_WORDS, MOST_HITS = 8, 100
MANY = 1_000
SITE = re.compile(r"(?:https?://)?(?:www\.)?([^\s/?#:@.]+(?:\.[^\s/?#:@.]+)+)\.?/?")


class Kind(TextChoices):
    """What a phrase is on the list for."""

    BANNED = "banned", "Banned: its comment is held"
    SUSPECT = "suspect", "Suspect: its comment is shown and looked at"
    THREAT = "threat", "Threat: its comment is held and comes first"
    SITE = "site", "Site: a comment that links to it is held"


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of the list: its kind, as it was written there, and its folded words."""

    kind: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stands in a text, by characters."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class Phrases:
    """A list made ready to be looked for: phrases by how their words look, and how long those are that begin alike.

    Phrases of one word begin with it, longer ones with two. `masked` has those of one word by how it looks with letters
    hidden.
    """

    version: int = 0
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()
    masked: dict[str, list[Entry]] = field(default_factory=dict)

    def find(self, reading: Reading, names: Sequence[Hit] = ()) -> list[Hit]:
        """The places where phrases stand, in the order of the text; those inside a name do not count.

        Of each kind those that come first are enough.
        """
        hits, joined = self._among(reading.words), chain.from_iterable(map(self._alone, reading.joined))
        masked = (
            Hit(entry, word.start, word.end)
            for word in reading.masked
            for entry in self.masked.get(draw(word.plain), ())
        )
        found = set(_some_of_each_kind(_outside(chain(hits, joined, masked), names)))
        return sorted(found, key=lambda hit: (hit.start, hit.end, hit.entry.text))

    def _among(self, words: Sequence[Word]) -> Iterator[Hit]:
        looks = [word.skeleton for word in words]
        pairs = map(" ".join, pairwise(looks))
        for start, (first, pair) in enumerate(zip_longest(looks, pairs, fillvalue="")):
            for length in (*self.lengths.get(first, ()), *self.lengths.get(pair, ())):
                for entry in self.entries.get(" ".join(looks[start : start + length]), ()):
                    here = words[start : start + length]
                    if len(entry.words) == len(here) and all(map(Word.is_like, here, entry.words)):
                        yield Hit(entry, here[0].start, here[-1].end)

    def _alone(self, word: Word) -> Iterator[Hit]:
        for entry in self.entries.get(word.skeleton, ()):
            if len(entry.words) == 1 and word.is_like(entry.words[0]):
                yield Hit(entry, word.start, word.end)


NO_PHRASES = Phrases()


def key_of(kind: str, text: str) -> str:
    """What makes a phrase the same as another: its folded words, or the site's name; "" for what is no phrase."""
    if kind == Kind.SITE:
        found = SITE.fullmatch(text.strip().casefold())
        return found[1] if found else ""
    folded = key(text)
    # Names of a story, which are of no kind, may be a whole headline.
    return folded if not kind or len(folded.split()) <= MOST_WORDS else ""


def compiled(rows: Iterable[tuple[str, str]], version: int = 0) -> Phrases:
    """The phrases of a list, given as kind and text; those without a letter or a digit, or too long, are left out."""
    entries, lengths, masked = defaultdict(list), defaultdict(set), defaultdict(list)
    known = {key_of(kind, text): (kind, text) for kind, text in rows}
    known.pop("", None)
    for folded, (kind, text) in known.items():
        if kind != Kind.SITE:
            looks, words = skeleton(folded), tuple(folded.split())
            entry = Entry(kind, text, words)
            entries[looks].append(entry)
            for mask in set(masks(folded)):
                masked[mask].append(entry)
            lengths[" ".join(looks.split()[:2])].add(len(words))
    sites = frozenset(folded for folded, (kind, _) in known.items() if kind == Kind.SITE)
    by_first = {first: tuple(sorted(found)) for first, found in lengths.items()}
    return Phrases(version, dict(entries), by_first, sites, dict(masked))


def kept(rows: Iterable[tuple[str, str]], version: int) -> Phrases:
    """The same, for as long as the process lives: a long list is out of sight of Python's collector of garbage.

    Otherwise each full collection walks through all of it, in the middle of somebody's post.
    """
    phrases = compiled(rows, version)
    if len(phrases.entries) > MANY:
        gc.collect()
        gc.freeze()
    return phrases


def _some_of_each_kind(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The first hits of each kind: of many that matter little, the one that matters is not hidden."""
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.entry.kind] += 1
        if seen[hit.entry.kind] <= MOST_HITS:
            yield hit


def _outside(hits: Iterable[Hit], names: Sequence[Hit]) -> Iterator[Hit]:
    """Those hits that do not lie inside a name; the names in the order of the text."""
    starts, reach = [name.start for name in names], list(accumulate((name.end for name in names), max))
    for hit in hits:
        before = bisect_right(starts, hit.start)
        if before == 0 or reach[before - 1] < hit.end:
            yield hit
