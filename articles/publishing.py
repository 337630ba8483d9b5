"""The verbs of publishing: moves of the working copy, and of what readers see. Nothing else sets a stage.

Each verb checks the right and the table of moves, changes rows under a lock on the article's row and
records an event, in one transaction. `version` is that of the words the actor has read.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from newsroom.lib.people import Person

from . import notices, preflight, turning
from .editing import expect, keep, locked, may_edit, record
from .embargo import in_words
from .intervals import cancel_waiting, close, move, obstacle, place
from .models import Article, Edition, Event, Revision
from .models.parts import parts_of, surviving
from .workflow import BY_NAME, Stage, fits

# With these moves words leave the desk: they are kept, also when nobody had saved them by hand.
KEPT_AS = {"submit": Revision.Kind.SUBMITTED, "publish": Revision.Kind.PUBLISHED}


class NotPossible(Exception):
    """The table of moves has no such move for the story as it is; the message says why."""


class Waiting(TextChoices):
    """What becomes of a waiting edition when another is published before it."""

    RECUT = "recut", "Cut it anew from these words"
    CANCEL = "cancel", "Cancel it"
    KEEP = "keep", "Keep it as it is"


# --- Moves of the working copy -------------------------------------------------------------------


@transaction.atomic
def submit(article: Article, *, version: int, by: Person, note: str = "") -> Article:
    """Ask for review. Raises Incomplete when something stands in the way."""
    article = _begin("submit", may_edit(article, by=by), version, by, note)
    preflight.require(article.draft, parts_of(article.draft))
    return _move("submit", article, Event.Kind.SUBMITTED, by, note)


@transaction.atomic
def send_back(article: Article, *, version: int, by: Person, note: str) -> Article:
    """Return the story to its writer, with the reason."""
    article = _begin("send_back", article, version, by, note)
    return _move("send_back", article, Event.Kind.SENT_BACK, by, note)


@transaction.atomic
def approve(article: Article, *, version: int, by: Person, note: str = "") -> Article:
    """Find the story ready."""
    article = _begin("approve", article, version, by, note)
    return _move("approve", article, Event.Kind.APPROVED, by, note)


# --- Moves of what readers see -------------------------------------------------------------------


@transaction.atomic
def publish(
    article: Article,
    *,
    version: int,
    by: Person,
    at: datetime | None = None,
    note: str = "",
    waiting: Waiting = Waiting.RECUT,
    significant: bool = False,
) -> Edition:
    """Cut the working copy for readers, live now or, with `at`, at that later moment.

    Readers are told that the story was updated only if the change is `significant`. A waiting edition that is
    cut anew brings no change of its own. Raises Incomplete, Conflict, NotPossible, PermissionDenied, or AddressTaken.
    """
    article = _begin("publish", article, version, by, note)
    draft = article.draft
    preflight.require(draft, parts_of(draft))
    now = timezone.now()
    if at is not None and at <= now:
        raise NotPossible("The moment to publish at must be in the future.")
    later = None if at else article.waiting_edition
    if waiting != Waiting.KEEP:
        cancel_waiting(article)
    edition = place(article, draft, at or now, by, significant=significant)
    if later and waiting == Waiting.RECUT:
        place(article, draft, later.live_at, by)
    kind = Event.Kind.SCHEDULED if at else Event.Kind.PUBLISHED
    _move("publish", article, kind, by, note, edition=edition)
    return edition


@transaction.atomic
def unschedule(article: Article, *, version: int, by: Person, note: str = "") -> Article:
    """Cancel every edition whose moment has not come; what is live stays live."""
    article = _begin("unschedule", article, version, by, note)
    cancel_waiting(article)
    _touch(article, _no_longer_published(article))
    record(article, Event.Kind.UNSCHEDULED, by=by, note=note)
    return article


@transaction.atomic
def reschedule(
    article: Article, edition: Edition, *, version: int, by: Person, at: datetime, note: str = ""
) -> Edition:
    """Let a waiting edition go live at another moment to come; what it replaces stays until then.

    Its words and its end stay as they are. Raises NotPossible where another edition or its own end stands in the
    way, Embargoed, Conflict, or PermissionDenied.
    """
    article = _begin("reschedule", article, version, by, note)
    waiting = article.editions.waiting().filter(pk=edition.pk).first()
    if waiting is None:
        raise NotPossible("This edition does not wait any more.")
    if at <= timezone.now():
        raise NotPossible("The moment to move it to must be in the future.")
    if why := obstacle(waiting, at):
        raise NotPossible(why)
    words = f"from {in_words(waiting.live_at)} to {in_words(at)}"
    move(waiting, at)
    _touch(article, article.stage)
    record(article, Event.Kind.RESCHEDULED, by=by, note=f"{words}: {note}" if note else words, edition=waiting)
    return waiting


@transaction.atomic
def expire(article: Article, *, version: int, by: Person, at: datetime | None, note: str = "") -> Article:
    """Let the story end at a moment, or with None never; a change that waits ends with it."""
    article = _begin("expire", article, version, by, note)
    last = article.editions.standing().order_by("live_at").last()
    if last is None or last.ended_as not in {"", Edition.EndedAs.EXPIRED}:
        raise NotPossible("There is no edition to end.")
    if at is not None and at <= max(timezone.now(), last.live_at):
        raise NotPossible("The end must be in the future, and after the last edition has begun.")
    last.ends_at, last.ended_as, last.end_note = at, Edition.EndedAs.EXPIRED if at else "", note if at else ""
    last.save(update_fields=["ends_at", "ended_as", "end_note"])
    _touch(article, article.stage)
    record(article, Event.Kind.EXPIRY_SET, by=by, note=f"{at:%Y-%m-%d %H:%M} UTC" if at else "none")
    return article


@transaction.atomic
def unpublish(article: Article, *, version: int, by: Person, note: str = "") -> Article:
    """Take the story from readers quietly: its address answers as if it had never been."""
    article = _begin("unpublish", article, version, by, note)
    _take_down(article, Edition.EndedAs.UNPUBLISHED, note)
    record(article, Event.Kind.UNPUBLISHED, by=by, note=note)
    return article


@transaction.atomic
def retract(article: Article, *, version: int, by: Person, note: str) -> Article:
    """Withdraw the story for good reason: its address answers 410, with `note` for readers."""
    article = _begin("retract", article, version, by, note)
    _take_down(article, Edition.EndedAs.RETRACTED, note)
    record(article, Event.Kind.RETRACTED, by=by, note=note)
    return article


@transaction.atomic
def bring_back(article: Article, *, version: int, by: Person, note: str = "") -> Edition:
    """Give readers again what they had last; the working copy is left alone."""
    article = _begin("bring_back", article, version, by, note)
    last = article.editions.begun().order_by("live_at").last()
    if last is None:
        raise NotPossible("Readers never had this story.")
    cancel_waiting(article)
    edition = _cut_again(article, last, by)
    record(article, Event.Kind.BROUGHT_BACK, by=by, note=note, edition=edition)
    return edition


@transaction.atomic
def roll_back(
    article: Article,
    edition: Edition,
    *,
    version: int,
    by: Person,
    note: str = "",
    waiting: Waiting = Waiting.CANCEL,
) -> Edition:
    """Give readers again what they had in an earlier `edition`; the working copy is left alone.

    A change that waits is cancelled, unless `waiting` keeps it: it would undo this in silence.
    """
    article = _begin("roll_back", article, version, by, note)
    old = article.editions.begun().filter(pk=edition.pk).first()
    if old is None:
        raise NotPossible("Readers never had this edition.")
    if old.is_live:
        raise NotPossible(f"Readers have edition {old.number} now.")
    if waiting != Waiting.KEEP:
        cancel_waiting(article)
    again = _cut_again(article, old, by)
    words = f"edition {old.number}{': ' if note else ''}{note}"
    record(article, Event.Kind.ROLLED_BACK, by=by, note=words, edition=again)
    return again


# --- What several verbs share ----------------------------------------------------------------------


def _cut_again(article: Article, old: Edition, by: Person) -> Edition:
    """Cut a new edition from an old one's source; a working copy that reads otherwise is no longer “unchanged”."""
    source = surviving(old.draft)
    edition = place(article, source, timezone.now(), by)
    differs = article.stage == Stage.PUBLISHED and article.draft != source
    _touch(article, Stage.DRAFT if differs else article.stage)
    return edition


def _take_down(article: Article, ended_as: str, note: str) -> None:
    """Close what is live and cancel what waits; a story gone already only changes why."""
    cancel_waiting(article)
    now = timezone.now()
    live = article.live_edition
    last = live or article.editions.begun().order_by("live_at").last()
    if last is None:
        raise NotPossible("Readers never had this story.")
    close(last, now if live else last.ends_at or now, ended_as, note)
    _touch(article, _no_longer_published(article))


# --- What every verb begins and ends with --------------------------------------------------------


def _begin(name: str, article: Article, version: int, by: Person, note: str) -> Article:
    """Right, version and table, in this order; the story's row comes back locked."""
    move, article = BY_NAME[name], locked(article)
    if not by.is_active or not by.has_perm(move.permission, article):
        raise PermissionDenied(f"You may not do this: {move.label.lower()}.")
    expect(article, version)
    if not fits(move, Stage(article.stage), article.seen, waiting=article.waiting_edition is not None):
        if article.stage == Stage.PUBLISHED and move.target:
            raise NotPossible(f"“{move.label}” would change nothing: these are the words that were published last.")
        raise NotPossible(f"“{move.label}” is not possible for a story that is {describe(article)}.")
    if move.needs_note and not note.strip():
        raise NotPossible(f"“{move.label}” needs a reason.")
    turning.tell_after(article)
    return article


def describe(article: Article) -> str:
    """The story's situation in words: "draft, live"."""
    return f"{Stage(article.stage).label.lower()}, {article.seen.label.lower()}"


def _move(name: str, article: Article, kind: str, by: Person, note: str, **more: object) -> Article:
    target = BY_NAME[name].target
    if target is None:
        raise ValueError(f"{name} does not move the working copy")
    _touch(article, target)
    if name in KEPT_AS:
        keep(article, article.draft, KEPT_AS[name])
    notices.tell_of_event(article, record(article, kind, by=by, note=note, **more))
    return article


def _no_longer_published(article: Article) -> str:
    """The stage once readers lose what was cut: what is in review stays in review."""
    return Stage.DRAFT if article.stage == Stage.PUBLISHED else article.stage


def _touch(article: Article, stage: str) -> None:
    """A verb counts as a change: who has read the older version is told, and doing it twice is a conflict."""
    article.stage, article.version = stage, article.version + 1
    article.save(update_fields=["stage", "version"])
