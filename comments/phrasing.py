"""The list of phrases: ready to be looked for, and changed by those who look after it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Edition
from newsroom.lib.constraints import broke
from newsroom.lib.people import Person

from .models import Phrase, PhraseChange
from .screening import NO_PHRASES, Phrases, kept, key_of

RIGHT = "comments.change_phrase"
ATTEMPTS = 3
ONCE = (("phrase_change_version_once", "comments_phrasechange.version"), ("phrase_once", "comments_phrase.key"))


class Overlapped(Exception):
    """Others change the list at the same moment, again and again."""


def current() -> Phrases:
    """The list as it is now; one query, and another where this process has not met its version yet."""
    last = PhraseChange.objects.values_list("version", "at").first()
    return _compiled(*last) if last else NO_PHRASES


# By the moment as well: a list that was restored from a backup counts anew.
@lru_cache(maxsize=2)
def _compiled(version: int, at: datetime) -> Phrases:
    return kept(rows(), version)


def rows() -> list[tuple[str, str]]:
    """Kind and text of every phrase on the list."""
    return list(Phrase.objects.values_list("kind", "text"))


def names_of(article: int) -> list[str]:
    """The names that may be said under a story whatever the list says: its topics, its section, its headline."""
    return names_by_article([article]).get(article, [])


def names_by_article(articles: Iterable[int]) -> dict[int, list[str]]:
    """The names of the stories that readers have now, in one query."""
    live = Edition.objects.live().filter(article__in=list(articles))
    found: dict[int, set[str]] = defaultdict(set)
    for article, *names in live.values_list("article", "section__name", "headline", "editiontopics__topic__name"):
        found[article].update(name for name in names if name)
    return {article: sorted(names) for article, names in found.items()}


def fresh(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Those of phrases that are not on the list yet, each once."""
    asked: dict[str, Phrase] = {}
    for phrase in keyed(phrases):
        asked.setdefault(phrase.key, phrase)
    asked.pop("", None)
    known = set(Phrase.objects.filter(key__in=list(asked)).values_list("key", flat=True))
    return [phrase for key, phrase in asked.items() if key not in known]


def keyed(phrases: Iterable[Phrase]) -> list[Phrase]:
    """The phrases with the keys by which they are known."""
    phrases = list(phrases)
    for phrase in phrases:
        phrase.key = key_of(phrase.kind, phrase.text)
    return phrases


def change(*, add: Iterable[Phrase] = (), remove: Sequence[Phrase] = (), by: Person) -> PhraseChange | None:
    """Put phrases on the list, those that are there already left out, and take others off.

    None when that changes nothing. Raises PermissionDenied or Overlapped.
    """
    if not by.is_active or not by.has_perm(RIGHT):
        raise PermissionDenied("You may not change the list of phrases.")
    add = list(add)
    for _ in range(ATTEMPTS):
        new = fresh(add)
        if not new and not remove:
            return None
        try:
            with transaction.atomic():
                return _change(new, remove, by)
        except IntegrityError as error:
            if not any(broke(error, *names) for names in ONCE):
                raise
    raise Overlapped("Others are changing the list at this moment. Please try again.")


def _change(new: list[Phrase], remove: Sequence[Phrase], by: Person) -> PhraseChange:
    now = timezone.now()
    last = PhraseChange.objects.values_list("version", flat=True).first() or 0
    # The number first: of two changes at once the second waits for it here, and finds it taken.
    made = PhraseChange.objects.create(version=last + 1, at=now, by=by, added=said(new), removed=said(remove))
    for phrase in new:
        phrase.added_by, phrase.added_at = by, now
    Phrase.objects.filter(pk__in=[phrase.pk for phrase in remove]).delete()
    Phrase.objects.bulk_create(new, batch_size=500)
    return made


def said(phrases: Iterable[Phrase]) -> list[list[str]]:
    """Phrases as a change keeps them."""
    return [[phrase.kind, phrase.text] for phrase in phrases]
