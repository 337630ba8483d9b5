"""A story's past as one list: what was kept of the working copy, and what readers had. Newest first, by keyset."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from ..diff import label_of
from ..draft import Draft
from ..models import Article, Edition, Event, Revision

SIZE = 25
KEY = re.compile(r"(?P<kind>[res])(?P<number>[1-9][0-9]{0,8})", re.ASCII)
# At the same moment the edition comes after the words it was cut from.
RANKS = {"r": 0, "s": 0, "e": 1}


@dataclass(frozen=True)
class Words:
    """A text of the story that can be compared: a version, an edition, what is live, or the working copy."""

    key: str
    title: str
    draft: Draft
    row: Revision | Edition | None = None


@dataclass(frozen=True)
class Row:
    """A line of the list. `before` is the key of the version or edition that came before it, or ""."""

    key: str
    at: datetime
    pk: int
    revision: Revision | None = None
    edition: Edition | None = None
    before: str = ""
    changed: str = ""

    @property
    def place(self) -> tuple[datetime, int, int]:
        return self.at, RANKS[self.key[0]], self.pk

    @property
    def cursor(self) -> str:
        """The place, to be written into an address."""
        at, rank, pk = self.place
        return f"{at.isoformat()}_{rank}_{pk}"


@dataclass(frozen=True)
class Page:
    """One page of the list; `older` is the cursor of the next, or ""."""

    rows: list[Row]
    older: str


def key_of(row: Revision | Edition) -> str:
    """What a row is called in addresses: r7 is version 7, e3 edition 3, s12 a text set aside."""
    if isinstance(row, Edition):
        return f"e{row.number}"
    return f"s{row.pk}" if row.is_set_aside else f"r{row.version}"


def find(article: Article, key: str) -> Words | None:
    """The text with this key, or None."""
    if key == "now":
        return Words(key, "the working copy", article.draft)
    row = article.live_edition if key == "live" else find_row(article, key)
    if row is None:
        return None
    return Words(key, f"what is live ({row})" if key == "live" else title_of(row), row.draft, row)


def find_row(article: Article, key: str) -> Revision | Edition | None:
    """The version or edition with this key, or None."""
    match = KEY.fullmatch(key)
    if match is None:
        return None
    kind, number = match["kind"], int(match["number"])
    if kind == "e":
        return article.editions.filter(number=number).first()
    if kind == "s":
        return article.revisions.filter(pk=number, kind=Revision.Kind.SET_ASIDE).first()
    return article.revisions.of_working_copy().filter(version=number).first()


def title_of(row: Revision | Edition) -> str:
    if isinstance(row, Revision) and row.is_set_aside:
        return f"the text that {row.made_by.name if row.made_by else 'someone'} had on {row}"
    return f"{row}, “{row.name}”" if isinstance(row, Revision) and row.name else str(row)


def page_of(article: Article, before: str, size: int = SIZE) -> Page:
    """The page that begins after the cursor `before`, or the first: three queries, whatever the history."""
    cursor = parse(before)
    revisions = article.revisions.defer("source").select_related("made_by").order_by("-made_at", "-pk")
    editions = article.editions.defer(*Edition.HEAVY).select_related("cut_by").order_by("-cut_at", "-pk")
    if cursor:
        revisions = revisions.filter(_after(cursor, "made_at", RANKS["r"]))
        editions = editions.filter(_after(cursor, "cut_at", RANKS["e"]))
    kept, cut = list(revisions[: size + 1]), list(editions[: size + 1])
    rows = [Row(key_of(one), one.made_at, one.pk, revision=one) for one in kept]
    rows += [Row(key_of(one), one.cut_at, one.pk, edition=one) for one in cut]
    rows.sort(key=lambda row: row.place, reverse=True)
    shown = rows[:size]
    older = shown[-1].cursor if len(rows) > size else ""
    changes = changes_of(article, kept)
    return Page([_told(row, rows[place + 1 :], changes) for place, row in enumerate(shown)], older)


def parse(cursor: str) -> tuple[datetime, int, int] | None:
    """The place that `Row.cursor` wrote, or None for anything else."""
    at, _, rest = cursor.partition("_")
    rank, _, pk = rest.partition("_")
    try:
        moment = parse_datetime(at)
        if moment is None or moment.tzinfo is None or rank not in {"0", "1"} or not re.fullmatch("[0-9]{1,18}", pk):
            return None
        return moment.astimezone(UTC), int(rank), int(pk)
    except (ValueError, OverflowError):
        return None


def _after(cursor: tuple[datetime, int, int], column: str, rank: int) -> Q:
    at, cursor_rank, pk = cursor
    earlier = Q(**{f"{column}__lt": at})
    if rank == cursor_rank:
        return earlier | Q(**{column: at, "pk__lt": pk})
    return earlier | Q(**{column: at}) if rank < cursor_rank else earlier


def changes_of(article: Article, revisions: Iterable[Revision]) -> dict[int, str]:
    """What each version changed, as its save recorded it: labels of fields, by version."""
    versions = [one.version for one in revisions if not one.is_set_aside]
    notes = article.events.filter(kind=Event.Kind.SAVED, version__in=versions).values_list("version", "note")
    return {version: ", ".join(label_of(name).lower() for name in note.split(", ") if name) for version, note in notes}


def _told(row: Row, older: list[Row], changes: dict[int, str]) -> Row:
    """The row with what came before it, and what it changed."""
    kind = row.key[0]
    before = "now" if kind == "s" else next((one.key for one in older if one.key[0] == kind), "")
    changed = changes.get(row.revision.version, "") if row.revision and kind == "r" else ""
    return replace(row, before=before, changed=changed)
