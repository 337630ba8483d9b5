"""What differs between two drafts, word by word, over every field. Pure; templates draw it with <ins> and <del>."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.utils import timezone

from .body.lines import Line, lines_of
from .draft import DiscussionSetting, Draft, Role, Spoiler, differences

WORD = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|.", re.DOTALL)
# Comparing n things with m takes up to n × m steps. What one comparison of two stories may spend: beyond it a
# changed stretch is shown whole, as taken out and put in. tests/articles/test_diff.py holds it to a second.
STEPS = 6_000_000
DENSE = 4  # times as dear: difflib passes over very common things only in lists of 200 and more
PAIR = 60  # as dear: to see how much two lines have in common
ALIKE = 0.4  # the part of their words that two paragraphs share when the one is the other, rewritten
AROUND = 1  # unchanged lines that are shown on either side of a change


class Kind(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was kept, deleted or inserted."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class LineChange:
    """What became of one line; `marks` says what kind of line it was and is, where it is no plain paragraph."""

    kind: Kind
    pieces: tuple[Piece, ...]
    marks: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Lines that did not change and are not shown."""

    count: int
    kind: str = "gap"


@dataclass(frozen=True)
class FieldChange:
    """A field in which two drafts differ."""

    name: str
    label: str
    lines: tuple[LineChange | Gap, ...]


@dataclass(frozen=True)
class Names:
    """What the ids of drafts stand for, by field; an id that is missing no longer exists."""

    section: Mapping[int, str] = field(default_factory=dict)
    topics: Mapping[int, str] = field(default_factory=dict)
    bylines: Mapping[int, str] = field(default_factory=dict)
    images: Mapping[int, str] = field(default_factory=dict)


class Purse:
    """The steps one comparison still has to spend."""

    def __init__(self, steps: int = STEPS) -> None:
        self.steps = steps

    def pay(self, steps: int) -> bool:
        """Whether there was enough; what cannot be paid costs nothing."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True


# --- Two drafts ------------------------------------------------------------------------------------

LABELS = {
    "slug": "Address",
    "bylines": "Byline",
    "lead_image": "Picture",
    "trailer_url": "Trailer",
    "canonical_url": "First ran at",
    "sponsor": "Sponsored by",
    "printed_at": "Printed date",
    "spoiler": "What it gives away",
    "spoiler_scope": "Of what",
    "safe_headline": "Spoiler-free title",
    "safe_image": "Spoiler-free picture",
}
# Fields whose words are compared one by one; any other field is compared item by item.
WORDED = frozenset(
    "headline dek body prompt answers sponsor spoiler_scope safe_headline"
    " search_title search_description social_title social_description".split()
)


def compare(old: Draft, new: Draft, names: Names) -> tuple[FieldChange, ...]:
    """The fields in which two drafts differ, in the draft's order, each with what changed."""
    purse = Purse()
    return tuple(_compare_field(name, old, new, names, purse) for name in differences(old, new))


def label_of(name: str) -> str:
    """A field's name as people say it."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def _compare_field(name: str, old: Draft, new: Draft, names: Names, purse: Purse) -> FieldChange:
    before, after = read(old, name, names), read(new, name, names)
    if before == after:
        unseen = (LineChange(Kind.KEPT, (Piece(Kind.KEPT, "Only its markup differs, in nothing that shows."),)),)
        return FieldChange(name, label_of(name), unseen)
    if name in WORDED and len(before) == len(after) == 1:
        changes = [_rewritten(before[0], after[0], purse)]
    else:
        changes = list(compare_lines(before, after, purse, within=name in WORDED))
    return FieldChange(name, label_of(name), tuple(folded(changes)))


def read(draft: Draft, name: str, names: Names) -> tuple[Line, ...]:
    """A field as lines that a person can read; an empty field has none."""
    value = getattr(draft, name)
    if name in READERS:
        return READERS[name](value, names) if value else ()
    return (Line(str(value)),) if value not in (None, "", (), False) else ()


def _named(names: Mapping[int, str], pk: int) -> str:
    return names.get(pk, f"no longer there (number {pk})")


READERS: dict[str, Callable[[Any, Names], tuple[Line, ...]]] = {
    "body": lambda body, names: lines_of(body),
    "section": lambda pk, names: (Line(_named(names.section, pk)),),
    "topics": lambda pks, names: tuple(Line(_named(names.topics, pk)) for pk in pks),
    "bylines": lambda parts, names: tuple(
        Line(f"{_named(names.bylines, part.author)} ({Role(part.role).label.lower()})") for part in parts
    ),
    "lead_image": lambda pk, names: (Line(_named(names.images, pk)),),
    "safe_image": lambda pk, names: (Line(_named(names.images, pk)),),
    "spoiler": lambda value, names: (Line(Spoiler(value).label),),
    "discussion": lambda value, names: (Line(DiscussionSetting(value).label),),
    "printed_at": lambda at, names: (Line(f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}"),),
}


# --- Two lists of lines ----------------------------------------------------------------------------


def compare_lines(old: Sequence[Line], new: Sequence[Line], purse: Purse, *, within: bool) -> Iterator[LineChange]:
    """What became of each line, in reading order; `within` compares the words of a line that was rewritten."""
    for tag, i1, i2, j1, j2 in _opcodes(old, new, purse):
        if tag == "equal":
            yield from (whole(Kind.KEPT, line) for line in old[i1:i2])
        elif within:
            yield from _pair(old[i1:i2], new[j1:j2], purse)
        else:
            yield from (whole(Kind.DELETED, line) for line in old[i1:i2])
            yield from (whole(Kind.INSERTED, line) for line in new[j1:j2])


def whole(kind: Kind, line: Line) -> LineChange:
    """A line of which every word fared alike."""
    return LineChange(kind, (Piece(kind, line.text),), (Piece(kind, line.mark),) if line.mark else ())


def _rewritten(old: Line, new: Line, purse: Purse) -> LineChange:
    marks = whole(Kind.KEPT, new).marks
    if old.mark != new.mark:
        marks = (Piece(Kind.DELETED, old.mark or "Paragraph"), Piece(Kind.INSERTED, new.mark or "Paragraph"))
    return LineChange(Kind.CHANGED, compare_words(old.text, new.text, purse), marks)


def _pair(old: Sequence[Line], new: Sequence[Line], purse: Purse) -> Iterator[LineChange]:
    """Match lines that are each other, rewritten; the others were deleted or inserted."""
    i = j = 0
    for a, b in [*_alike(old, new, purse), (len(old), len(new))]:
        yield from (whole(Kind.DELETED, line) for line in old[i:a])
        yield from (whole(Kind.INSERTED, line) for line in new[j:b])
        if a < len(old):
            yield _rewritten(old[a], new[b], purse)
        i, j = a + 1, b + 1


def _alike(old: Sequence[Line], new: Sequence[Line], purse: Purse) -> list[tuple[int, int]]:
    """The places of lines that match, rising in both, with as much in common as can be."""
    bags = [[Counter(line.text.split()) for line in lines] for lines in (old, new)]
    if not purse.pay(PAIR * len(old) * len(new) + sum(map(len, bags[0])) * len(new)):
        places = range(len(old) if len(old) == len(new) else 0)
        return [(place, place) for place in places if _shared(bags[0][place], bags[1][place]) >= ALIKE]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness: dict[tuple[int, int], float] = {}
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            likeness[i, j] = shared = _shared(bags[0][i], bags[1][j])
            together = shared + best[i + 1][j + 1] if shared >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i, j] >= ALIKE and best[i][j] == likeness[i, j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """The part of both lines' words that they have in common, 0 to 1."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def folded(changes: Sequence[LineChange]) -> Iterator[LineChange | Gap]:
    """The changes with a line of their surroundings; longer stretches of kept lines become a gap."""
    near = {
        place + step
        for place, change in enumerate(changes)
        if change.kind != Kind.KEPT
        for step in range(-AROUND, AROUND + 1)
    }
    for shown, group in groupby(enumerate(changes), key=lambda numbered: numbered[0] in near):
        stretch = [change for _, change in group]
        if shown or len(stretch) == 1:
            yield from stretch
        else:
            yield Gap(len(stretch))


# --- Two texts -------------------------------------------------------------------------------------


def compare_words(old: str, new: str, purse: Purse | None = None) -> tuple[Piece, ...]:
    """Pieces of two texts: kept and deleted ones make up the old text, kept and inserted ones the new."""
    before, after = WORD.findall(old), WORD.findall(new)
    runs: list[tuple[str, str, bool]] = []  # the old text, the new text, whether they are the same
    for tag, i1, i2, j1, j2 in _opcodes(before, after, purse or Purse()):
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        _append(runs, gone, come, tag == "equal")
    return tuple(piece for run in runs for piece in _pieces(*run))


def _append(runs: list[tuple[str, str, bool]], gone: str, come: str, same: bool) -> None:
    """Add a run; two changes with nothing but a space between them are one, which reads better."""
    if not same and len(runs) > 1 and runs[-1][2] and runs[-1][0].isspace():
        (old, new, _), (space, _, _) = runs[-2:]
        runs[-2:] = [(old + space + gone, new + space + come, False)]
    else:
        runs.append((gone, come, same))


def _pieces(gone: str, come: str, same: bool) -> Iterator[Piece]:
    if same:
        yield Piece(Kind.KEPT, gone)
        return
    if gone:
        yield Piece(Kind.DELETED, gone)
    if come:
        yield Piece(Kind.INSERTED, come)


def _opcodes(old: Sequence[Any], new: Sequence[Any], purse: Purse) -> Iterator[tuple[str, int, int, int, int]]:
    """As difflib's, at a bounded cost: what both begin and end with is no work, and too much work is not done."""
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - head
    tail = next((back for back in range(rest) if old[-1 - back] != new[-1 - back]), rest)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "equal", 0, head, 0, head
    price = len(before) * len(after) * (DENSE if len(after) < 200 else 1)
    if before and after and purse.pay(price):
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
            yield tag, i1 + head, i2 + head, j1 + head, j2 + head
    elif before or after:
        yield "replace", head, len(old) - tail, head, len(new) - tail
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)
