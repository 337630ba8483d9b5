"""Setting and breaking embargoes. That none is forgotten is publishing's business: it asks `refuse_before`."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.defaultfilters import date
from django.utils import timezone

from newsroom.lib.people import Person

from .editing import expect, locked, record
from .models import Article, Embargo, Event


class Embargoed(Exception):
    """An embargo stands in the way; the message says until when."""


@dataclass(frozen=True)
class Terms:
    """What was promised, and to whom."""

    lifts_at: datetime
    source: str
    contact: str = ""
    terms: str = ""


def standing(article: Article) -> Embargo | None:
    """The embargo that binds us now, if any."""
    return Embargo.objects.standing().filter(article=article).first()


@transaction.atomic
def set_embargo(article: Article, promised: Terms, *, version: int, by: Person) -> Embargo:
    """Promise, or change what was promised. Raises Conflict, PermissionDenied, or Embargoed when it is too late.

    Only for a moment to come, never on a story that readers have, and never past an edition that waits.
    An embargo that stands is only ever moved later: earlier is breaking it.
    """
    article = _begin("articles.set_embargo", article, version, by)
    _refuse_too_late(article, promised.lifts_at)
    values = {**vars(promised), "set_at": timezone.now(), "set_by": by}
    values |= {"broken_at": None, "broken_by": None, "reason": ""}
    embargo, _ = Embargo.objects.update_or_create(article=article, defaults=values)
    record(article, Event.Kind.EMBARGOED, by=by, note=f"{promised.source}, until {in_words(promised.lifts_at)}")
    return embargo


@transaction.atomic
def break_embargo(article: Article, *, version: int, by: Person, reason: str) -> Embargo:
    """Publish may go ahead, on this person's word and for this reason, on record."""
    article = _begin("articles.break_embargo", article, version, by)
    embargo = standing(article)
    if embargo is None:
        raise Embargoed("No embargo stands on this story.")
    if not reason.strip():
        raise Embargoed("Breaking an embargo needs a reason.")
    embargo.broken_at, embargo.broken_by, embargo.reason = timezone.now(), by, reason.strip()
    embargo.save(update_fields=["broken_at", "broken_by", "reason"])
    record(article, Event.Kind.EMBARGO_BROKEN, by=by, note=embargo.reason)
    return embargo


def refuse_before(article: Article, at: datetime) -> None:
    """Raises Embargoed if readers would have the story before its embargo lifts."""
    embargo = standing(article)
    if embargo and at < embargo.lifts_at:
        raise Embargoed(f"Under embargo of {embargo.source} until {in_words(embargo.lifts_at)}.")


def refuse_to_trash(article: Article) -> None:
    """Raises Embargoed while a promise stands: it must stay in sight."""
    if embargo := standing(article):
        raise Embargoed(f"Under embargo of {embargo.source} until {in_words(embargo.lifts_at)}: it must stay in sight.")


def in_words(moment: datetime) -> str:
    """A moment in the site's zone, with the zone's name."""
    return date(timezone.localtime(moment), "D j M Y, H:i T")


def _begin(right: str, article: Article, version: int, by: Person) -> Article:
    article = locked(article)
    if not by.is_active or not by.has_perm(right, article):
        raise PermissionDenied("You may not do this to an embargo.")
    expect(article, version)
    return article


def _refuse_too_late(article: Article, lifts_at: datetime) -> None:
    if lifts_at <= timezone.now():
        raise Embargoed("An embargo must lift in the future.")
    if article.live_edition:
        raise Embargoed("Readers have this story already: it is too late for an embargo.")
    waiting = article.waiting_edition
    if waiting and waiting.live_at < lifts_at:
        raise Embargoed(f"Edition {waiting.number} waits for {in_words(waiting.live_at)}: unschedule it first.")
    current = standing(article)
    if current and lifts_at < current.lifts_at:
        raise Embargoed("An embargo that stands can be moved later, not earlier. Earlier is breaking it.")
