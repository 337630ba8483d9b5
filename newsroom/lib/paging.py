"""Keyset paging: a page is found by the key of its edge, never by counting rows before it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from .numbers import number

# The names of the time and of the number by which `newest_first` puts a list in order.
Order = tuple[str, str]
STORIES: Order = ("published_at", "article_id")
# The parameters that `page_of` looks at.
CURSORS = ("before", "after")


@dataclass(frozen=True)
class Cursor:
    """The edge of a page: a time and a number, together shared by no two rows of a list."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"

    @classmethod
    def of(cls, row: Any, order: "Order") -> "Cursor":
        """Where a row stands in a list of this order."""
        at, key = order
        return cls(getattr(row, at), getattr(row, key))

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """The cursor that `str` wrote, or None for anything else."""
        at, _, row = text.partition("_")
        try:
            moment, key = parse_datetime(at), number(row)
            if moment is None or moment.tzinfo is None or key is None:
                return None
            return cls(moment.astimezone(UTC), key)
        except (ValueError, OverflowError):
            return None

    def older_q(self, order: "Order") -> Q:
        """Rows after the cursor, newest first; one upper bound on the time, so that the index is used."""
        at, key = order
        earlier = Q((f"{at}__lt", self.at)) | Q((f"{key}__lt", self.key))
        return Q((f"{at}__lte", self.at)) & earlier

    def newer_q(self, order: "Order") -> Q:
        at, key = order
        later = Q((f"{at}__gt", self.at)) | Q((f"{key}__gt", self.key))
        return Q((f"{at}__gte", self.at)) & later


@dataclass(frozen=True)
class Page:
    """Rows of one page, newest first, its own address and those of its neighbours ("" where there is none).

    Its own is what search engines know it by: whatever way one came to it there is one, "" for the first page.
    """

    rows: list[Any]
    newer_url: str
    older_url: str
    own_url: str = ""


def page_of(rows: Any, query: dict[str, str], *, size: int, order: Order = STORIES) -> Page:
    """The page that `?before=` or `?after=` names, else the first, in one query.

    `rows` is a queryset whose `newest_first` follows `order`.
    """
    before, after = Cursor.parse(query.get("before", "")), Cursor.parse(query.get("after", ""))
    if after and not before:
        found = list(rows.filter(after.newer_q(order)).newest_first().reverse()[: size + 1])
        has_newer, has_older = len(found) > size, True
        edge = Cursor.of(found[size], order) if has_newer else None
        found = found[:size][::-1]
    else:
        found = list((rows.filter(before.older_q(order)) if before else rows).newest_first()[: size + 1])
        has_newer, has_older = before is not None, len(found) > size
        edge = before
        found = found[:size]
    return Page(
        rows=found,
        newer_url=_url("after", Cursor.of(found[0], order)) if found and has_newer else "",
        older_url=_url("before", Cursor.of(found[-1], order)) if found and has_older else "",
        own_url=_url("before", edge) if found and edge else "",
    )


def _url(name: str, cursor: Cursor) -> str:
    return "?" + urlencode({name: str(cursor)})
