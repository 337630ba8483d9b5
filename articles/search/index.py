"""Writing the index: with the cutting of an edition, in its transaction; anew when asked; and out of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ..models import Edition, SearchEntry, SearchWord
from ..story import Link, Parts
from .words import plain, words_in

# PostgreSQL takes about a megabyte of words for one story; this is a long book's chapter.
LONGEST_BODY = 100_000
# Shorter words are like too many others to be spelled.
SHORTEST_WORD = 3

AT_A_TIME = 200

WordLink = SearchWord.editions.through


def write(edition: Edition) -> None:
    """Make the index what the edition says. Called where no other process can write of the same edition."""
    SearchEntry.objects.filter(pk=edition.pk).delete()
    WordLink.objects.filter(edition=edition).delete()
    if edition.past:
        return
    parts = edition.shown_parts
    names = " ".join([topic.name for topic in parts.topics] + [credit.name for credit in parts.bylines])
    SearchEntry(
        edition=edition,
        headline=plain(edition.headline_elsewhere),
        dek=plain(edition.dek),
        topics=plain(names),
        body=plain(edition.text[:LONGEST_BODY]),
        facets=facets_of(edition.section_link, parts),
    ).save(force_insert=True)
    _link_words(edition, f"{edition.headline_elsewhere} {names}")


def _link_words(edition: Edition, text: str) -> None:
    """Have the edition known by the words of a text. All write them in one order, or two could wait for each other."""
    words = sorted({word[: SearchWord.MAX_LENGTH] for word in words_in(text) if len(word) >= SHORTEST_WORD})
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in words], ignore_conflicts=True)
    known = SearchWord.objects.filter(word__in=words).values_list("pk", flat=True)
    WordLink.objects.bulk_create([WordLink(searchword_id=pk, edition_id=edition.pk) for pk in known])


def facets_of(section: Link, parts: Parts) -> dict[str, Any]:
    """What a story is counted by: slugs, which are the ends of paths, and names."""
    return {
        "section": _named(section),
        "topics": [_named(topic) for topic in parts.topics],
        "authors": [list(pair) for pair in dict.fromkeys(tuple(_named(credit)) for credit in parts.bylines)],
    }


def _named(link: Any) -> list[str]:
    return [link.path.rstrip("/").rsplit("/", 1)[-1], link.name]


def drop(editions: Iterable[int]) -> None:
    """Take editions, by their keys, out of the index."""
    keys = list(editions)
    SearchEntry.objects.filter(pk__in=keys).delete()
    WordLink.objects.filter(edition__in=keys).delete()


def lacking() -> "QuerySet[Edition]":
    """Editions that readers have or will have and that are not in the index."""
    return Edition.objects.filter(past=False, search_entry=None).order_by("pk")


@transaction.atomic
def rewrite(keys: list[int]) -> int:
    """Write these editions anew, each held meanwhile; returns how many there still are. Safe to repeat."""
    editions = Edition.objects.select_for_update().filter(pk__in=keys, past=False).order_by("pk")
    for edition in editions:
        write(edition)
    return len(editions)


def complete() -> int:
    """Write some of the editions that are lacking, which is after an update alone; returns how many."""
    return rewrite(list(lacking().values_list("pk", flat=True)[:AT_A_TIME]))


def drop_past() -> int:
    """Take out what is past, which housekeeping does too; returns how many entries."""
    keys = list(SearchEntry.objects.filter(edition__past=True).values_list("pk", flat=True))
    drop(keys)
    return len(keys)
