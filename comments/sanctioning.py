"""Verbs about people: warn, hold, suspend, ban, lift, appeal. Each is on record, and the person is told why."""

import logging
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from newsroom.lib.mail import FAILURES, letter
from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from .branches import reopen
from .models import Comment, Decision, Exclusion, Guest, Remark, Sanction
from .models.remit import MODERATORS_RIGHT, moderated_by
from .moderation import all_locked, must_moderate, record
from .workflow import RULINGS, UNDO, Penalty, Reason, State

LONGEST_APPEAL = 2_000
# So many comments are taken down in one transaction, during which nobody can post in their discussions.
BATCH = 200
log = logging.getLogger(__name__)


class Refused(Exception):
    """What cannot be done; the message is for whoever tried."""


@transaction.atomic
def impose(
    person: Person,
    kind: str,
    *,
    by: Person,
    reason: str,
    note: str = "",
    until: datetime | None = None,
    with_comments: bool = False,
) -> Sanction:
    """Do something about a person, who is told of it, with its reason and its end.

    `with_comments` takes down what they have said, too, where this moderator decides; only with a ban. Raises
    PermissionDenied, or Refused: for staff and oneself, without a reason, for an end that is past or missing, and where
    the same stands already.
    """
    must_moderate(by)
    kind = Penalty(kind)
    # Whoever is posting at this moment has the row in hand: their comment comes first, or is refused.
    held = get_user_model().objects.select_for_update().get(pk=person.pk)
    _may_be(held, kind, by=by, reason=reason, until=until)
    now = timezone.now()
    made = Sanction.objects.create(
        person=held,
        kind=kind,
        reason=reason,
        note=note,
        until=until if kind in (Penalty.HOLD, Penalty.SUSPEND) else None,
        with_comments=with_comments and kind == Penalty.BAN,
        by=by,
        began_at=now,
    )
    enqueue(tell, sanction=made.pk)
    if made.with_comments:
        enqueue(take_down, sanction=made.pk)
    return made


def _may_be(person: Person, kind: Penalty, *, by: Person, reason: str, until: datetime | None) -> None:
    if person.is_staff or person.has_perm(MODERATORS_RIGHT) or person.pk == by.pk:
        raise Refused("Staff are not sanctioned here.")
    if reason not in Reason.values:
        raise Refused("Choose a reason: the person is told.")
    if kind == Penalty.SUSPEND and until is None:
        raise Refused("Say until when.")
    if until and until <= timezone.now():
        raise Refused("That moment is past.")
    if there := person.sanctions.standing().filter(kind=kind).select_related("by").first():
        who = f" by {there.by.name}" if there.by else ""
        raise Refused(f"{there.get_kind_display()} stands already{who}. Lift it first.")


def why_barred(speaker: Person | Guest) -> str:
    """Why somebody may not post at this moment, to themselves; "" for who may. Two queries, for a guest one."""
    there = None if isinstance(speaker, Guest) else speaker.sanctions.barring().first()
    if there is None:
        excluded = None if speaker.is_staff else Exclusion.objects.standing().of(speaker.email).first()
        return excluded.sentence if excluded else ""
    until = f" until {timezone.localtime(there.until):%-d %B, %H:%M}" if there.until else ""
    ends = {
        Penalty.WARN: "A moderator has warned you",
        Penalty.SUSPEND: f"You cannot comment{until}",
        Penalty.BAN: "You cannot comment here any more",
    }
    return f"{ends[Penalty(there.kind)]}: {there.get_reason_display().lower()}."


def is_read_first(person: Person) -> bool:
    """Whether a moderator reads what this person says before others do."""
    return person.sanctions.standing().filter(kind=Penalty.HOLD).exists()


@transaction.atomic
def lift(sanction: Sanction, *, by: Person, answer: str = "") -> Sanction:
    """End a sanction before its time, or answer who was right about one that is over; what went with a ban comes back.

    Raises PermissionDenied or Refused.
    """
    must_moderate(by, Comment.objects.filter(decisions__sanction=sanction))
    now = _locked(sanction)
    if not now.may_be_lifted:
        raise Refused(_over(now))
    now.lifted_at, now.lifted_by = timezone.now(), by
    return _answered(now, answer)


@transaction.atomic
def uphold(sanction: Sanction, *, by: Person, answer: str) -> Sanction:
    """Answer an appeal without lifting. Raises PermissionDenied or Refused."""
    must_moderate(by)
    if not answer.strip():
        raise Refused("Say why it stays: the person is told.")
    now = _locked(sanction)
    if now.lifted_at:
        raise Refused(_over(now))
    if not now.awaits_answer:
        raise Refused("Somebody has answered this already.")
    return _answered(now, answer)


def _answered(now: Sanction, answer: str) -> Sanction:
    now.answer = answer.replace("\x00", "").strip()
    now.answered_at = timezone.now() if now.appealed_at else None
    now.told_at = None
    now.save()
    enqueue(tell, sanction=now.pk)
    if now.lifted_at and now.with_comments:
        enqueue(bring_back, sanction=now.pk)
    return now


@transaction.atomic
def acknowledge(sanction: Sanction, *, by: Person) -> None:
    """The person has read a warning. Safe to run twice."""
    _own(sanction, by)
    there = Sanction.objects.filter(pk=sanction.pk, kind=Penalty.WARN, acknowledged_at=None)
    there.update(acknowledged_at=timezone.now())


@transaction.atomic
def appeal(sanction: Sanction, text: str, *, by: Person) -> Sanction:
    """The person says why it was wrong, once. Raises PermissionDenied or Refused."""
    _own(sanction, by)
    text = text.replace("\x00", "").strip()
    now = _locked(sanction)
    if not now.is_standing:
        raise Refused("This is over already.")
    if now.appealed_at:
        raise Refused("You have answered this already.")
    if not text or len(text) > LONGEST_APPEAL:
        raise Refused(f"Write something, up to {LONGEST_APPEAL:,} characters.")
    now.appeal, now.appealed_at = text, timezone.now()
    now.save(update_fields=["appeal", "appealed_at"])
    return now


def remark(person: Person, text: str, *, by: Person) -> Remark:
    """Note something of a person for other moderators. Raises PermissionDenied or Refused."""
    must_moderate(by)
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused("Write something first.")
    return Remark.objects.create(person=person, text=text, by=by, at=timezone.now())


def _own(sanction: Sanction, person: Person) -> None:
    if sanction.person_id != person.pk:
        raise PermissionDenied("This is about somebody else.")


def _locked(sanction: Sanction) -> Sanction:
    """The sanction as it is now, nobody else's until this transaction ends."""
    return Sanction.objects.select_for_update(of=("self",)).select_related("person", "lifted_by").get(pk=sanction.pk)


def _over(now: Sanction) -> str:
    """Why nothing can be done about it any more, to a moderator."""
    return f"This is over already{f': {now.lifted_by.name} has lifted it' if now.lifted_by else ''}."


def take_down(sanction: int) -> None:
    """Reject what a banned person has said, in batches. Safe to repeat; stops when the ban is lifted."""
    while _take_some(sanction):
        pass


@transaction.atomic
def _take_some(sanction: int) -> bool:
    # The sanction before the discussions: a ban is not lifted between its batches, nor lifted and imposed at once.
    ban = Sanction.objects.select_for_update(of=("self",)).select_related("person", "by").get(pk=sanction)
    up = Comment.objects.filter(author=ban.person, state__in=RULINGS["reject"].sources).order_by("pk")
    # Who is no moderator any more, or has left, takes nothing down.
    up = up.filter(moderated_by(ban.by)) if ban.by else up.none()
    some = all_locked(up.values_list("pk", flat=True)[:BATCH]) if ban.is_standing else []
    up_still = [comment for comment in some if comment.state in RULINGS["reject"].sources]
    record(up_still, "reject", to=lambda _: State.REJECTED, by=ban.by, reason=ban.reason, sanction=ban)
    return bool(up_still)


def bring_back(sanction: int) -> None:
    """Give what a ban took down the state it had, but for what was decided on since. Safe to repeat."""
    while _bring_some(sanction):
        pass


@transaction.atomic
def _bring_some(sanction: int) -> bool:
    ban = Sanction.objects.select_for_update(of=("self",)).select_related("lifted_by").get(pk=sanction)
    some = all_locked(_gone_with(ban))
    gone = _gone_with(ban)
    back = [comment for comment in some if comment.pk in gone]
    record(back, UNDO, to=lambda comment: gone[comment.pk], by=ban.lifted_by, sanction=ban)
    reopen(Q(sanction=ban, ruling="reject", comment__in=[comment.pk for comment in back]))
    return bool(back)


def _gone_with(ban: Sanction) -> dict[int, str]:
    """The next comments on which nothing was decided since this ban took them, and what they were before."""
    last = Decision.objects.filter(comment=OuterRef("pk")).order_by("-at", "-pk")
    gone = Comment.objects.filter(state=State.REJECTED, decisions__sanction=ban)
    gone = gone.annotate(because=Subquery(last.values("sanction")[:1]), was=Subquery(last.values("before")[:1]))
    return dict(gone.filter(because=ban.pk).order_by("pk").values_list("pk", "was")[:BATCH])


def tell(sanction: int) -> bool:
    """Mail the person what has changed, once; returns whether it left. What fails is tried again by `tick`."""
    if not Sanction.objects.untold().filter(pk=sanction).update(told_at=timezone.now()):
        return False
    row = Sanction.objects.select_related("person").get(pk=sanction)
    if not row.person.email:
        return False
    subject = f"{settings.SITE_NAME}: {_subject(row)}"
    context = {"sanction": row, "url": settings.SITE_URL + reverse("account_standing")}
    try:
        letter(subject, "sanction", context, to=row.person.email, html=False).send()
    except FAILURES as failure:
        log.warning("Mail about sanction %d failed, it is tried again: %s", row.pk, failure)
        Sanction.objects.filter(pk=row.pk).update(told_at=None)
        return False
    return True


def _subject(row: Sanction) -> str:
    if row.lifted_at:
        return f"{row.get_kind_display()} lifted"
    return "Your answer was read" if row.answered_at else row.get_kind_display()


def tell_all() -> int:
    """Mail whoever has not been told yet; returns how many were."""
    return sum(tell(pk) for pk in Sanction.objects.untold().values_list("pk", flat=True))
