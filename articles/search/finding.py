"""Finding: of the live editions that match, a page in order, and how many there are of each facet. Two queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FloatField, QuerySet, Value
from django.utils import timezone

from ..models import Edition, SearchEntry
from ..models.edition import live_q
from ..story import Card
from .engines import engine
from .marking import Bit, Seeker
from .wanted import Wanted
from .words import Query

# So many are ranked and counted, the newest, however many there are: a common word costs no more than that.
MOST = 1000
PAGE = 20
NEWEST = ("-edition__published_at", "-edition__article_id")


@dataclass(frozen=True)
class Row:
    """A story that matches, without its words."""

    pk: int
    facets: dict[str, Any]
    published_at: datetime
    rank: float


@dataclass(frozen=True)
class Result:
    """A story found: its card, and its headline, dek and a part of its text with the words sought marked."""

    card: Card
    headline: list[Bit]
    dek: list[Bit]
    snippet: list[Bit]


@dataclass(frozen=True)
class Choice:
    """One value of a facet, and how many of the stories found have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Found:
    """What was found: one page of it; of all the number and the facets, which with `has_more` are at least so."""

    results: list[Result]
    total: int
    has_more: bool
    page: int
    pages: int
    facets: dict[str, list[Choice]]


def find(wanted: Wanted) -> Found:
    """The page that is wanted of the stories that readers have; of a page that is not there, the last."""
    rows = rows_of(wanted)
    found = rows[:MOST] if wanted.sort else best_first(rows[:MOST])
    pages = max(1, -(-len(found) // PAGE))
    page = min(wanted.page, pages)
    return Found(
        results=results_of([row.pk for row in found[(page - 1) * PAGE : page * PAGE]], wanted.query),
        total=len(found),
        has_more=len(rows) > MOST,
        page=page,
        pages=pages,
        facets=count_facets(found),
    )


def best_first(rows: list[Row]) -> list[Row]:
    """Equally good ones stay as they were, the newest first."""
    return sorted(rows, key=lambda row: -row.rank)


def rows_of(wanted: Wanted) -> list[Row]:
    """The newest stories that match, the newest first; one more than are ranked, to know whether there are."""
    newest: Any = matching(wanted)[: MOST + 1]
    if wanted.query and not wanted.sort:
        newest = engine().ranked(newest, wanted.query)
    else:
        newest = newest.annotate(rank=Value(0.0, FloatField()))
    rows = [Row(*values) for values in newest.values_list("pk", "facets", "edition__published_at", "rank")]
    return sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True)


def newest_of(wanted: Wanted, most: int) -> list[Result]:
    """At most so many of the stories that match, the newest, in one query."""
    heavy = ("edition__source", "edition__html")
    # Of as many as are ranked: asked for a few alone, PostgreSQL goes through all stories for a word that few have.
    entries = SearchEntry.objects.filter(pk__in=matching(wanted).values("pk")[:MOST]).order_by(*NEWEST)
    entries = entries.select_related("edition").only("edition").defer(*heavy)[:most]
    seeker = Seeker(wanted.query)
    return [result(entry.edition, seeker) for entry in entries]


def matching(wanted: Wanted) -> "QuerySet[SearchEntry]":
    """The entries of live stories with the words and the facets that are wanted, the newest first."""
    entries = narrowed(SearchEntry.objects.filter(live_q("edition__")), wanted)
    if wanted.query:
        entries = entries.filter(engine().matches(wanted.query))
    return entries.order_by(*NEWEST)


def narrowed(entries: "QuerySet[SearchEntry]", wanted: Wanted) -> "QuerySet[SearchEntry]":
    """Those with the facets that were chosen."""
    if wanted.section:
        entries = entries.filter(edition__section__slug=wanted.section)
    if wanted.topic:
        entries = entries.filter(edition__editiontopics__topic__slug=wanted.topic)
    if wanted.author:
        entries = entries.filter(edition__editionbylines__author__slug=wanted.author)
    if wanted.year:
        entries = entries.filter(edition__published_at__year=int(wanted.year))
    return entries


def results_of(keys: list[int], query: Query) -> list[Result]:
    """These editions in this order, marked; what has ended meanwhile is left out."""
    if not keys:
        return []
    editions = Edition.objects.live().defer("source", "html").in_bulk(keys)
    seeker = Seeker(query)
    return [result(editions[pk], seeker) for pk in keys if pk in editions]


def result(edition: Edition, seeker: Seeker) -> Result:
    card = edition.card
    return Result(card, seeker.marked(card.headline), seeker.marked(card.dek), seeker.snippet(edition.text))


def count_facets(rows: list[Row]) -> dict[str, list[Choice]]:
    """The values of each facet, what most stories have first, and the latest year; names as the best story has them."""
    counts: dict[str, Counter[str]] = {"section": Counter(), "topic": Counter(), "author": Counter(), "year": Counter()}
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        year = str(timezone.localtime(row.published_at).year)
        values = {
            "section": [row.facets["section"]],
            "topic": row.facets["topics"],
            "author": row.facets["authors"],
            "year": [[year, year]],
        }
        for facet, pairs in values.items():
            for value, name in pairs:
                counts[facet][value] += 1
                names.setdefault((facet, value), name)
    found = {
        facet: [Choice(value, names[facet, value], count) for value, count in counted.most_common()]
        for facet, counted in counts.items()
    }
    found["year"].sort(key=lambda choice: choice.value, reverse=True)
    return found
