"""Notes on a story for colleagues: writing, answering, resolving. None of it touches the story's words or version."""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from . import notices
from .body.text import excerpt
from .editing import locked, record
from .mentions import mentioned
from .models import Article, Event, Note
from .publishing import NotPossible

# The same words again so soon are a button pressed twice.
SAME_WITHIN = timedelta(minutes=1)
EXCERPT = 120


class Written(NamedTuple):
    """A note as it was kept, and the names in it that are nobody's who may open the story."""

    note: Note
    missed: tuple[str, ...]


@transaction.atomic
def write(article: Article, *, text: str, by: Person) -> Written:
    """Leave a note on a story. Raises NotPossible or PermissionDenied."""
    article = _begin(article, by)
    written = _keep(Note(article=article, text=words_of(text), by=by))
    record(article, Event.Kind.NOTED, by=by, note=excerpt(written.note.text, EXCERPT))
    notices.tell_of_note(written.note)
    return written


@transaction.atomic
def answer(note: Note, *, text: str, by: Person) -> Written:
    """Answer a note that is open; an answer has no answers of its own. Raises NotPossible or PermissionDenied."""
    article = _begin(note.article, by)
    note = article.notes.get(pk=note.pk)
    if note.parent_id:
        raise NotPossible("Answer the note, not the answer.")
    if note.resolved_at:
        raise NotPossible("This note is resolved. Open it again to answer.")
    written = _keep(Note(article=article, parent=note, text=words_of(text), by=by))
    notices.tell_of_note(written.note)
    return written


@transaction.atomic
def resolve(note: Note, *, by: Person) -> None:
    """Say that nothing is left to do about a note. Raises NotPossible or PermissionDenied."""
    article = _begin(note.article, by)
    now = {"resolved_at": timezone.now(), "resolved_by": by}
    if not article.notes.open().filter(pk=note.pk).update(**now):
        raise NotPossible("This note is resolved already.")
    record(article, Event.Kind.NOTE_RESOLVED, by=by, note=excerpt(note.text, EXCERPT))


@transaction.atomic
def reopen(note: Note, *, by: Person) -> None:
    """Say that something is left to do after all. Raises NotPossible or PermissionDenied."""
    article = _begin(note.article, by)
    resolved = article.notes.threads().exclude(resolved_at=None).filter(pk=note.pk)
    if not resolved.update(resolved_at=None, resolved_by=None):
        raise NotPossible("This note is open already.")
    record(article, Event.Kind.NOTE_REOPENED, by=by, note=excerpt(note.text, EXCERPT))


def words_of(text: str) -> str:
    """The text as it is stored: plain, its lines kept. Raises NotPossible when it is empty or too long."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    words = "\n".join(line.rstrip() for line in lines).strip()
    if not words:
        raise NotPossible("A note needs words.")
    if len(words) > Note.MAX_LENGTH:
        raise NotPossible(f"A note has at most {Note.MAX_LENGTH} characters; this one has {len(words)}.")
    return words


def _begin(article: Article, by: Person) -> Article:
    """The story's row, locked, for whoever may open it."""
    if not Article.objects.visible_to(by).filter(pk=article.pk).exists():
        raise PermissionDenied("This story is not yours to open.")
    return locked(article)


def _keep(note: Note) -> Written:
    """Store a note with the people it mentions."""
    same = note.article.notes.filter(parent=note.parent, by=note.by, text=note.text)
    if same.filter(at__gt=timezone.now() - SAME_WITHIN).exists():
        raise NotPossible("You have said this already.")
    note.at = timezone.now()
    note.save()
    names = mentioned(note.text)
    people = {one.get_username().lower(): one for one in note.article.who_may_open()} if names else {}
    note.mentions.set([people[name] for name in names if name in people])
    return Written(note, tuple(name for name in names if name not in people))
