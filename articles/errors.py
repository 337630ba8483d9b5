"""Errors that readers report: they come in from the discussion, and editors answer each."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from . import shown
from .corrections import RIGHT
from .models import Article, Correction, ErrorNote
from .publishing import NotPossible


def take_note(
    sender: object,
    article: Article,
    text: str,
    address: str,
    by: Person,
    may_be_thanked: bool = False,
    **kwargs: object,
) -> None:
    """A reader has said that the story has an error. Connected in newsroom/apps.py."""
    ErrorNote.objects.create(
        article=article, text=text, address=address, said_by=by, may_be_thanked=may_be_thanked, at=timezone.now()
    )


@transaction.atomic
def answer(note: ErrorNote, *, found: str, by: Person, correction: Correction | None = None) -> ErrorNote:
    """Say what came of it; a correction of the same story thanks whoever spotted the error, if they agreed.

    Raises PermissionDenied, ValueError for an unknown answer, or NotPossible.
    """
    if not by.is_active or not by.has_perm(RIGHT, note.article):
        raise PermissionDenied("You may not correct stories.")
    found = ErrorNote.Answer(found)
    if correction is not None and (found != ErrorNote.Answer.FIXED or correction.article_id != note.article_id):
        raise NotPossible("Choose a correction of this story, for an error that is mended.")
    said = {"answer": found, "answered_by": by, "answered_at": timezone.now(), "correction": correction}
    if not ErrorNote.objects.open().filter(pk=note.pk).update(**said):
        raise NotPossible("Somebody has answered this already.")
    if correction:
        changed(shown.corrected(note.article_id), shown.CORRECTIONS)
    note.refresh_from_db()
    return note
