"""Search as readers have it: the page, what is suggested while one types, and how browsers may ask."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page, no_index, public_page

from .. import shown
from ..models import Edition
from ..search.finding import Choice, Found, Result, find, newest_of
from ..search.spelling import corrected
from ..search.suggesting import suggest
from ..search.wanted import PARAMETERS, Wanted
from ..story import Card

LABELS = {"section": "Section", "topic": "Topic", "author": "Author", "year": "Year"}
CHOICES = 8
NEAREST = 6


@dataclass(frozen=True)
class Narrowing:
    """A facet as it is offered: the addresses of its choices, with their names and counts."""

    label: str
    links: list[tuple[str, Choice]]


@dataclass(frozen=True)
class Meant:
    """What might have been meant: its address, and some of what is there."""

    text: str
    address: str
    results: list[Result]


@require_safe
@kept_page(*PARAMETERS)
@no_index
def search(request: HttpRequest) -> HttpResponse:
    """The stories found, or help where there are none."""
    shows(shown.EDITIONS, shown.STORIES)
    wanted = Wanted.of(request.GET.dict())
    context: dict[str, Any] = {"wanted": wanted}
    if not wanted.is_empty:
        found = find(wanted)
        context |= {"found": found, "chosen": taken_off(wanted, found), "narrowings": narrowings(wanted, found)}
        context |= sorting(wanted) | pages(wanted, found) if found.total else help_with(wanted)
    return render(request, "articles/search.html", context)


def sorting(wanted: Wanted) -> dict[str, str]:
    return {"by_best": wanted.but(sort="").address, "by_date": wanted.but(sort="date").address}


def pages(wanted: Wanted, found: Found) -> dict[str, str]:
    """The addresses of the pages before and after, "" where there is none."""
    return {
        "before_url": wanted.but(page=found.page - 1).address if found.page > 1 else "",
        "after_url": wanted.but(page=found.page + 1).address if found.page < found.pages else "",
    }


def narrowings(wanted: Wanted, found: Found) -> list[Narrowing]:
    """Each facet that is not chosen yet and would tell stories apart."""
    return [
        Narrowing(label, [(wanted.but(**{facet: one.value}).address, one) for one in found.facets[facet][:CHOICES]])
        for facet, label in LABELS.items()
        if facet not in wanted.chosen and len(found.facets[facet]) > 1
    ]


def taken_off(wanted: Wanted, found: Found) -> list[tuple[str, str, str]]:
    """Of each facet chosen its label, its name and the address without it.

    The name is that of the stories found. Where none is, it is what was asked for: no name is looked up.
    """
    named = {(facet, one.value): one.name for facet, choices in found.facets.items() for one in choices}
    return [
        (LABELS[facet], named.get((facet, value), value), wanted.but(**{facet: ""}).address)
        for facet, value in wanted.chosen.items()
    ]


def help_with(wanted: Wanted) -> dict[str, Any]:
    """What might have been meant and what there is of it; or else the newest stories."""
    better = corrected(wanted.text, wanted.query)
    if not better:
        # How much is said of each would be one query more.
        return {"newest": newest(), "counts": {}}
    meant = wanted.but(text=better)
    results = newest_of(meant, NEAREST)
    return {"meant": Meant(better, meant.address, results)} if results else {}


def newest() -> list[Card]:
    return [edition.card for edition in Edition.objects.live().newest_first().as_cards()[:NEAREST]]


@require_safe
@kept_page("q")
@no_index
def suggestions(request: HttpRequest) -> JsonResponse:
    """Where the words typed so far might lead: `{"suggestions": [{"kind", "text", "path"}, ...]}`."""
    shows(shown.EDITIONS)
    found = suggest(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


@require_safe
@public_page
def description(request: HttpRequest) -> HttpResponse:
    """What a browser must know to offer this search among its own (OpenSearch)."""
    return render(request, "articles/opensearch.xml", content_type="application/opensearchdescription+xml")
