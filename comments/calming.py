"""Moderators' verbs about a discussion: calm it for a while, and let it go. Each is on record, and readers are told."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.facts import TIMETABLE, changed
from newsroom.lib.people import Person

from . import shown
from .models import Calm, Discussion
from .models.calm import REASON_LENGTH, SLOWEST
from .moderation import must_moderate
from .workflow import Measure

# How far off an end may be: what should last longer is a mode of the discussion.
LONGEST = timedelta(days=31)


class Refused(Exception):
    """What cannot be done; the message is for whoever tried."""


@transaction.atomic
def calm(
    discussion: Discussion,
    measure: str,
    *,
    by: Person | None,
    reason: str,
    ends_at: datetime | None = None,
    seconds: int = 0,
) -> Calm:
    """Slow, screen or pause a discussion until a moment, or until it is lifted; in place of the same measure before.

    `by` is None for what the rules of the house begin. Raises PermissionDenied, or Refused: without a reason or a
    pace, or for an end that is past or too far off.
    """
    if by is not None:
        _require(discussion.pk, by)
    measure, reason, now = Measure(measure), " ".join(reason.replace("\x00", "").split()), timezone.now()
    _may_be(measure, reason, seconds, ends_at, now)
    # The row that posting locks: a comment comes in before this, or by what holds from here on.
    Discussion.objects.select_for_update().get(pk=discussion.pk)
    before = Calm.objects.standing().filter(discussion=discussion, measure=measure)
    before.update(lifted_at=now, lifted_by=by)
    changed(shown.talk(discussion.pk), TIMETABLE)
    return Calm.objects.create(
        discussion=discussion,
        measure=measure,
        seconds=seconds if measure == Measure.SLOW else 0,
        reason=reason,
        is_automatic=by is None,
        by=by,
        began_at=now,
        ends_at=ends_at,
    )


def _require(discussion: int, by: Person) -> None:
    must_moderate(by)
    if not Discussion.objects.moderated_by(by).filter(pk=discussion).exists():
        raise PermissionDenied("Other moderators decide in this section.")


def _may_be(measure: Measure, reason: str, seconds: int, ends_at: datetime | None, now: datetime) -> None:
    if not reason or len(reason) > REASON_LENGTH:
        raise Refused(f"Say why, in up to {REASON_LENGTH} characters: readers are told.")
    if measure == Measure.SLOW and not 1 <= seconds <= SLOWEST:
        raise Refused(f"Say how many seconds there are between two comments, from 1 to {SLOWEST:,}.")
    if ends_at and not now < ends_at <= now + LONGEST:
        raise Refused(f"It ends later than now, and within {LONGEST.days} days.")


@transaction.atomic
def lift(calm: Calm, *, by: Person) -> Calm:
    """End a measure before its time. Raises PermissionDenied, or Refused for one that is over."""
    _require(calm.discussion_id, by)
    Discussion.objects.select_for_update().get(pk=calm.discussion_id)
    if not Calm.objects.standing().filter(pk=calm.pk).update(lifted_at=timezone.now(), lifted_by=by):
        raise Refused("This is over already.")
    changed(shown.talk(calm.discussion_id), TIMETABLE)
    calm.refresh_from_db()
    return calm
