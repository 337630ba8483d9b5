"""Readers' verb of complaint: report a comment. A report hides nothing; it puts the comment before those who decide.

A report weighs 1.0. Once more than five reports of a person have been answered, theirs weigh half a point and the share
of them in which a moderator agreed: 0.5 for who was never right, 1.5 for who always was.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from newsroom.lib.people import Person

from .models import Comment, Report
from .posting import Refused
from .signals import error_reported
from .workflow import Complaint

MOST_AN_HOUR = 20
HOUR = timedelta(hours=1)
ANSWERED_ENOUGH = 5
NEED_WORDS = frozenset({Complaint.OTHER, Complaint.ERROR})


@transaction.atomic
def report(comment: Comment, *, by: Person, reason: str, text: str = "", may_be_thanked: bool = False) -> Report:
    """Say what is wrong with a comment that readers see; the same reason again is the first report.

    An error in the story goes to the editors; `may_be_thanked` says that a correction may name the person for it.
    Raises PermissionDenied, ValueError for an unknown reason, or Refused.
    """
    reason, text = Complaint(reason), " ".join(text.replace("\x00", "").split())[: Report.MAX_LENGTH]
    _require(comment, by)
    if reason in NEED_WORDS and not text:
        raise Refused("Say in a few words what is wrong.")
    # One's own account is held: of many reports at once none is overlooked.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    known = Report.objects.filter(comment=comment, reporter=by, reason=reason).first()
    if known:
        return known
    now = timezone.now()
    if Report.objects.filter(reporter=by, at__gt=now - HOUR).count() >= MOST_AN_HOUR:
        raise Refused(f"That were {MOST_AN_HOUR} reports within an hour. Please go on later.")
    made = Report.objects.create(
        comment=comment, version=comment.version, reporter=by, reason=reason, text=text, weight=weight_of(by), at=now
    )
    if reason == Complaint.ERROR:
        error_reported.send(
            Comment,
            article=comment.discussion.article,
            text=text,
            address=comment.get_absolute_url(),
            by=by,
            may_be_thanked=may_be_thanked,
        )
    return made


def why_not(comment: Comment, by: Person) -> str:
    """Why this person cannot report this comment, in a sentence; "" if they can."""
    if comment.author_id == by.pk:
        return "You wrote this comment yourself. You can withdraw it."
    if not EmailAddress.objects.filter(user=by, verified=True).exists():
        return "Confirm your e-mail address first: your account says how."
    return ""


def _require(comment: Comment, by: Person) -> None:
    if not by.is_active:
        raise PermissionDenied("This account is closed.")
    if problem := why_not(comment, by):
        raise Refused(problem)
    if not Comment.objects.public().filter(pk=comment.pk).exists():
        raise Refused("This comment is not there any more.")


def weight_of(person: Person) -> float:
    """What a report of this person weighs, by what became of those before; one query."""
    upheld = Count("pk", filter=Q(outcome=Report.Outcome.UPHELD))
    past = Report.objects.filter(reporter=person, handled_at__isnull=False).aggregate(upheld=upheld, all=Count("pk"))
    return 0.5 + past["upheld"] / past["all"] if past["all"] > ANSWERED_ENOUGH else 1.0
