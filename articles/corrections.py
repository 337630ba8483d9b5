"""Telling readers of an error, and taking that back. Neither changes the story's words: editing and publishing do."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from . import shown
from .body.text import excerpt
from .editing import expect, locked, record
from .models import Article, Correction, Event
from .publishing import NotPossible, describe
from .story import NoticeKind, NoticePlace

RIGHT = "articles.correct_article"


@transaction.atomic
def correct(
    article: Article, *, text: str, kind: str, place: str, version: int, by: Person, note: str = ""
) -> Correction:
    """Put a correction or clarification on a story that readers have; `note` is for the record only.

    The story's version does not move: whoever is writing is not disturbed. Saying the same twice is refused.
    Raises Conflict, NotPossible, or PermissionDenied.
    """
    kind, place, text = NoticeKind(kind), NoticePlace(place), _words(text)
    _require(article, by)
    article = locked(article)
    expect(article, version)
    edition = article.live_edition
    if edition is None:
        raise NotPossible(f"A correction is not possible for a story that is {describe(article)}: no reader has it.")
    if article.corrections.standing().filter(text=text).exists():
        raise NotPossible("The story says this already.")
    correction = Correction.objects.create(
        article=article, edition=edition, kind=kind, text=text, place=place, at=timezone.now(), by=by
    )
    _tell(article)
    record(article, Event.Kind.CORRECTED, by=by, note=_summary(correction, note), edition=edition)
    return correction


@transaction.atomic
def withdraw(correction: Correction, *, by: Person, note: str) -> Correction:
    """Take a correction from readers, whatever has become of its story; `note` says why, and the row stays.

    Raises NotPossible or PermissionDenied.
    """
    _require(correction.article, by)
    reason = note.strip()
    if not reason:
        raise NotPossible("Withdrawing a correction needs a reason.")
    article = locked(correction.article)
    now = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": reason}
    if not Correction.objects.standing().filter(pk=correction.pk).update(**now):
        raise NotPossible("This correction is withdrawn already.")
    correction.refresh_from_db()
    _tell(article)
    record(article, Event.Kind.CORRECTION_WITHDRAWN, by=by, note=_summary(correction, reason))
    return correction


def _tell(article: Article) -> None:
    changed(shown.corrected(article.pk), shown.CORRECTIONS)


def _require(article: Article, by: Person) -> None:
    if not by.is_active or not by.has_perm(RIGHT, article):
        raise PermissionDenied("You may not correct stories.")


def _words(text: str) -> str:
    """The text as it may be stored: plain, in one paragraph. Raises NotPossible when it is empty or too long."""
    words = " ".join(text.replace("\x00", "").split())
    if not words:
        raise NotPossible("A correction needs words: what was wrong, and what is right.")
    if len(words) > Correction.MAX_LENGTH:
        raise NotPossible(f"A correction has at most {Correction.MAX_LENGTH} characters; this one has {len(words)}.")
    return words


def _summary(correction: Correction, note: str) -> str:
    """The correction in the story's events: its kind, how it begins, and the note."""
    words = f"{correction.get_kind_display()}: {excerpt(correction.text, 120)}"
    return f"{words} ({note.strip()})" if note.strip() else words
