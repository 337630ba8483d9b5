"""What a reader wants found: the words, the facets chosen, the order, and the page of it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from .words import LONGEST_QUERY, Query, parse

# All that an address may say.
PARAMETERS = ("q", "section", "topic", "author", "year", "sort", "page")
FACETS = ("section", "topic", "author", "year")
SLUG = re.compile(r"[-\w]{1,120}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
PAGE = re.compile(r"[0-9]{1,4}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Wanted:
    """One search. Facets are slugs and the year, "" where none is chosen; `sort` is "" (the best first) or "date"."""

    text: str = ""
    section: str = ""
    topic: str = ""
    author: str = ""
    year: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """What an address asks for; whatever is no value is passed over."""
        page = given.get("page", "")
        slugs = {name: given.get(name, "") for name in ("section", "topic", "author")}
        return cls(
            text=CONTROL.sub(" ", given.get("q", ""))[:LONGEST_QUERY].strip(),
            year=given.get("year", "") if YEAR.fullmatch(given.get("year", "")) else "",
            sort="date" if given.get("sort") == "date" else "",
            page=max(1, int(page)) if PAGE.fullmatch(page) else 1,
            **{name: slug if SLUG.fullmatch(slug) else "" for name, slug in slugs.items()},
        )

    @cached_property
    def query(self) -> Query:
        return parse(self.text)

    @property
    def chosen(self) -> dict[str, str]:
        """The facets chosen, by name."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return not self.query and not self.chosen

    def but(self, **changes: Any) -> "Wanted":
        """The same with changes, from its first page on."""
        return replace(self, **{"page": 1, **changes})

    @property
    def everywhere(self) -> str:
        """The address of the same words with no facet chosen."""
        return self.but(**dict.fromkeys(FACETS, "")).address

    @property
    def address(self) -> str:
        """The question mark and what follows it."""
        asked = {"q" if name == "text" else name: value for name, value in asdict(self).items() if value}
        if self.page <= 1:
            asked.pop("page", None)
        return f"?{urlencode(asked)}"
