"""The rules of intervals: when readers have an edition, and when no longer. Called by publishing's verbs.

Each function that takes an article is called under a lock on the article's row, inside a transaction.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from newsroom.lib.people import Person

from .cutting import Interval, cut
from .draft import Draft
from .embargo import in_words, refuse_before
from .models import Article, Edition, EditionByline, EditionTopic
from .search import index
from .signals import edition_ended, edition_live

PAST_AFTER = timedelta(minutes=5)


def place(article: Article, draft: Draft, at: datetime, by: Person, *, significant: bool = False) -> Edition:
    """Cut `draft` into an edition from `at` on: it ends where the edition it cuts short would have ended."""
    refuse_before(article, at)
    current = article.editions.standing().filter(live_at__lte=at).order_by("live_at").last()
    ends_at, ended_as = _end_for(article, current, at)
    if current and (current.ends_at is None or current.ends_at > at):
        close(current, at, Edition.EndedAs.SUPERSEDED)
    number = (article.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    interval = Interval(at, ends_at, ended_as)
    updated_at = (at if significant else current.updated_at) if current else None
    edition = cut(article, draft, number=number, interval=interval, updated_at=updated_at, by=by)
    _date_later_ones(edition)
    return edition


def _end_for(article: Article, current: Edition | None, at: datetime) -> tuple[datetime | None, str]:
    """Where an edition placed at `at` ends: with the one it replaces, else where the next begins."""
    if current and (current.ends_at is None or current.ends_at > at):
        return current.ends_at, current.ended_as
    following = article.editions.standing().filter(live_at__gt=at).order_by("live_at").first()
    return (following.live_at, Edition.EndedAs.SUPERSEDED) if following else (None, "")


def _date_later_ones(edition: Edition) -> None:
    """A story has the date of its first edition, also where a later one was cut before it and waits.

    Nor does “updated” ever go back: a waiting edition that brings nothing to tell of has that of the one before.
    """
    later = edition.article.editions.standing().filter(live_at__gt=edition.live_at)
    untold = Q(updated_at=F("published_at")) | Q(updated_at__lt=edition.updated_at)
    later.filter(untold).update(updated_at=edition.updated_at)
    _date(list(later.exclude(published_at=edition.published_at)), edition.published_at)


def _date(editions: list[Edition], published_at: datetime) -> None:
    """Give editions, and the links that carry a copy of it, their story's date."""
    for link in (EditionTopic, EditionByline):
        link.objects.filter(edition__in=editions).update(published_at=published_at)
    Edition.objects.filter(pk__in=[edition.pk for edition in editions]).update(published_at=published_at)


def obstacle(edition: Edition, at: datetime) -> str:
    """What keeps a waiting edition from beginning at `at` instead, in words; "" when nothing does."""
    before = _before(edition)
    if at == edition.live_at:
        return f"It goes live on {in_words(at)} already."
    if edition.ends_at and at >= edition.ends_at:
        return f"It ends on {in_words(edition.ends_at)}: it can only begin before that."
    if before and _cuts_short(edition, before) and at <= before.live_at:
        return f"Edition {before.number}, which it replaces, begins on {in_words(before.live_at)}."
    if before and before.ends_at and not _cuts_short(edition, before) and at < before.ends_at:
        return f"Readers have edition {before.number} until {in_words(before.ends_at)}."
    return ""


def move(edition: Edition, at: datetime) -> None:
    """Begin a waiting edition at `at`, where there is no `obstacle`: the one it cuts short ends there, too."""
    refuse_before(edition.article, at)
    before, told = _before(edition), edition.updated_at
    if before and _cuts_short(edition, before):
        before.ends_at = at
        before.save(update_fields=["ends_at"])
    if before is None:
        edition.published_at = edition.updated_at = min(edition.draft.printed_at or at, at)
    elif told == edition.live_at:
        edition.updated_at = at
    edition.live_at = at
    edition.save(update_fields=["live_at", "published_at", "updated_at"])
    _date([edition], edition.published_at)
    # Those that follow and have nothing of their own to tell of.
    following = edition.article.editions.standing().filter(live_at__gt=at)
    following.filter(updated_at=told).update(updated_at=edition.updated_at)
    _date_later_ones(edition)


def _before(edition: Edition) -> Edition | None:
    """The edition that readers have, or had, last before this one."""
    return edition.article.editions.standing().filter(live_at__lt=edition.live_at).order_by("live_at").last()


def _cuts_short(edition: Edition, before: Edition) -> bool:
    return before.ends_at == edition.live_at and before.ended_as == Edition.EndedAs.SUPERSEDED


def close(edition: Edition, at: datetime, ended_as: str, note: str = "") -> None:
    """End an edition at a moment, for a reason; others are told after commit."""
    edition.ends_at, edition.ended_as, edition.end_note = at, ended_as, note
    edition.save(update_fields=["ends_at", "ended_as", "end_note"])
    transaction.on_commit(lambda: edition_ended.send(Edition, edition=edition))


def cancel_waiting(article: Article) -> None:
    """Cancel what waits, the last first, giving each predecessor the end it would have had."""
    while edition := article.editions.waiting().order_by("live_at").last():
        inherited = {name: getattr(edition, name) for name in ("ends_at", "ended_as", "end_note")}
        close(edition, edition.live_at, Edition.EndedAs.CANCELLED)
        _release_address(edition)
        superseded = Edition.EndedAs.SUPERSEDED
        article.editions.standing().filter(ends_at=edition.live_at, ended_as=superseded).update(**inherited)


def _release_address(edition: Edition) -> None:
    """Free a path that only a cancelled edition would have had."""
    used = edition.article.editions.standing().filter(path=edition.path)
    if not used.exists():
        edition.article.addresses.filter(path=edition.path).delete()


# --- Housekeeping: safe to run twice, late without harm -------------------------------------------


def announce_due() -> int:
    """Tell others, once each, of editions whose moment has come; returns how many."""
    due = Edition.objects.live().filter(announced_at=None)
    told = 0
    for edition in due:
        if Edition.objects.filter(pk=edition.pk, announced_at=None).update(announced_at=timezone.now()):
            edition_live.send(Edition, edition=edition)
            told += 1
    return told


def mark_past() -> int:
    """Set `past` on editions that ended over five minutes ago, and take them out of search; returns how many."""
    ended = Edition.objects.filter(past=False, ends_at__lt=timezone.now() - PAST_AFTER)
    with transaction.atomic():
        pks = list(ended.values_list("pk", flat=True))
        for link in (EditionTopic, EditionByline):
            link.objects.filter(edition__in=pks).update(past=True)
        count = Edition.objects.filter(pk__in=pks).update(past=True)
        # After the rows of the editions are held: whoever writes their index anew looks at `past` first.
        index.drop(pks)
        return count
