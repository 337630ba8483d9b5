"""Suggestions while a reader types: topics and headlines of live stories with these words. One query."""

from dataclasses import dataclass

from ..models import Edition, SearchEntry
from ..models.edition import live_q
from .engines import engine
from .finding import NEWEST
from .words import LONGEST_QUERY, words_in

SHORTEST = 2
LOOKED_AT = 60
STORIES = 6
TOPICS = 3
MOST_WORDS = 6


@dataclass(frozen=True)
class Suggestion:
    """Where a reader may want to go; `kind` says what is there."""

    kind: str
    text: str
    path: str


def suggest(text: str) -> list[Suggestion]:
    """Topics, then stories, the newest first, with all the words; the last may be the beginning of one."""
    *whole, last = words_in(text[:LONGEST_QUERY])[:MOST_WORDS] or [""]
    if not whole and len(last) < SHORTEST:
        return []
    entries = SearchEntry.objects.filter(live_q("edition__"), engine().names(whole, last))
    columns = [f"edition__{name}" for name in ("headline", "safe_headline", "spoiler", "sponsor", "path", "parts")]
    newest = entries.order_by(*NEWEST).select_related("edition").only(*columns)[:LOOKED_AT]
    editions = [entry.edition for entry in newest]
    stories = [Suggestion(kind_of(edition), edition.headline_elsewhere, edition.path) for edition in editions[:STORIES]]
    return topics_of(editions, whole, last)[:TOPICS] + stories


def kind_of(edition: Edition) -> str:
    return f"Paid for by {edition.sponsor}" if edition.sponsor else "Story"


def topics_of(editions: list[Edition], whole: list[str], last: str) -> list[Suggestion]:
    """The topics of these stories that have all the words themselves, those of the newest first."""
    found: dict[str, Suggestion] = {}
    for edition in editions:
        for topic in edition.shown_parts.topics:
            words = words_in(topic.name)
            if set(whole) <= set(words) and any(word.startswith(last) for word in words):
                found.setdefault(topic.path, Suggestion("Topic", topic.name, topic.path))
    return list(found.values())
