"""The trash: stories put away for 30 days, in which they can be put back; then they go for good.

Readers lose nothing by it: what they have, will have, or are told is retracted cannot be put here.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from .editing import expect, locked, record
from .embargo import refuse_to_trash
from .models import Article, Event, Presence
from .publishing import NotPossible
from .signals import story_discarded
from .workflow import Seen, Stage

RIGHT = "articles.trash_article"
EMPTY_RIGHT = "articles.delete_article"
LASTS = timedelta(days=30)


def may_trash(article: Article, *, by: Person) -> bool:
    """Whether this person may put the story in the trash, and back: editors any, writers their own early drafts."""
    if by.has_perm(RIGHT, article):
        return True
    is_own_draft = article.created_by_id == by.pk and article.stage == Stage.DRAFT
    return is_own_draft and by.has_perm("articles.change_article") and not article.editions.begun().exists()


@transaction.atomic
def trash(article: Article, *, version: int, by: Person, note: str = "") -> Article:
    """Put the story away. Raises Conflict, NotPossible, Embargoed, or PermissionDenied."""
    _require(article, by)
    article = locked(article)
    expect(article, version)
    _refuse(article, by)
    refuse_to_trash(article)
    article.trashed_at, article.trashed_by = timezone.now(), by
    _touch(article)
    article.slots.all().delete()
    record(article, Event.Kind.TRASHED, by=by, note=note)
    return article


@transaction.atomic
def untrash(article: Article, *, by: Person) -> Article:
    """Put the story back as it was. Raises NotPossible or PermissionDenied."""
    _require(article, by)
    article = _lying_there(article)
    article.trashed_at = article.trashed_by = None
    _touch(article)
    record(article, Event.Kind.PUT_BACK, by=by)
    return article


@transaction.atomic
def delete(article: Article, *, by: Person) -> None:
    """Delete a story that lies in the trash, now and for good. Raises NotPossible or PermissionDenied."""
    if not (
        by.is_active and by.has_perm(EMPTY_RIGHT, article) and Article.objects.of(by).filter(pk=article.pk).exists()
    ):
        raise PermissionDenied("You may not delete stories.")
    _discard(_lying_there(article), by=by)


def discard_old() -> int:
    """Delete what has lain in the trash for 30 days, each story by itself; returns how many. Safe to run twice."""
    count, before = 0, timezone.now() - LASTS
    for pk in Article.objects.trashed().filter(trashed_at__lt=before).values_list("pk", flat=True):
        with transaction.atomic():
            old = Article.objects.trashed().filter(pk=pk, trashed_at__lt=before).select_for_update().first()
            if old:
                _discard(old, by=None, note=f"after {LASTS.days} days in the trash")
                count += 1
    return count


def _require(article: Article, by: Person) -> None:
    """Raises PermissionDenied for what is not this person's to put away or back."""
    fresh = Article.objects.of(by).filter(pk=article.pk).first()
    if fresh is None or not may_trash(fresh, by=by):
        raise PermissionDenied("This story is not yours to put in the trash, or back.")


def _refuse(article: Article, by: Person) -> None:
    """Raises NotPossible for a story that concerns readers now or later, or that somebody else is writing."""
    seen = article.seen
    if seen == Seen.LIVE:
        raise NotPossible("Readers have this story: unpublish it first.")
    if article.waiting_edition:
        raise NotPossible("An edition waits to go live: unschedule it first.")
    if seen == Seen.RETRACTED:
        raise NotPossible("A retracted story stays: its address must go on saying so.")
    writing = Presence.objects.here().filter(article=article, is_writing=True).exclude(user=by).select_related("user")
    if there := writing.first():
        raise NotPossible(f"{there.user.name} has it open, with changes that are not saved.")


def _lying_there(article: Article) -> Article:
    """The story's row, held until the transaction ends. Raises NotPossible when it is not in the trash."""
    fresh = Article.objects.trashed().filter(pk=article.pk).select_for_update().first()
    if fresh is None:
        raise NotPossible("The story is not in the trash.")
    return fresh


def _touch(article: Article) -> None:
    """Who had the story open before is told, whichever way it went."""
    article.version += 1
    article.save(update_fields=["version", "trashed_at", "trashed_by"])


def _discard(article: Article, *, by: Person | None, note: str = "") -> None:
    """Delete the story and what hangs on it. Its events stay, with its name; pictures stay in the library."""
    record(article, Event.Kind.DELETED, by=by, note=note)
    article.events.update(deleted_story=f"No. {article.pk}, {article}")
    story_discarded.send(Article, article=article)
    article.corrections.all().delete()
    article.editions.all().delete()
    article.delete()
