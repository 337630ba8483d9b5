"""Readers' verb of complaint: report a comment, which puts it before those who decide.

Reports weigh what trust.report_weight() says. Open ones that weigh HIDES_AT together bring the comment back before a
moderator, unless it is by staff, or nobody among those who report is trusted at all.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from .holding import heed
from .looking import past_of
from .models import Comment, Report
from .moderation import locked
from .posting import Refused
from .screening import Action, Signal
from .signals import error_reported
from .trust import report_weight, together, trust_of
from .workflow import Complaint, Severity, State

MOST_AN_HOUR = 20
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# What together holds a comment (Discourse's default: five reports of people who are known, or one of the very best).
HIDES_AT = 8.33
HELD = "Readers have reported it, so a moderator reads it first."
LET_BE = "A moderator has looked at these words not long ago and lets them stand."
NEED_WORDS = frozenset({Complaint.OTHER, Complaint.ERROR})
# What may be said of words that a moderator has let stand.
GOES_THROUGH = frozenset({Complaint.ERROR, Complaint.ILLEGAL})


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
    if reason not in GOES_THROUGH and was_let_be(comment, now):
        raise Refused(LET_BE)
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
    else:
        enqueue(weigh, comment=comment.pk)
    return made


def was_let_be(comment: Comment, now: datetime) -> bool:
    """Whether reports of these very words were answered within a day, and the comment stayed."""
    since = max(now - DAY, comment.edited_at or now - DAY)
    return Report.objects.filter(comment=comment, outcome=Report.Outcome.KEPT, handled_at__gt=since).exists()


@transaction.atomic
def weigh(comment: int) -> None:
    """Hold a comment whose open reports weigh enough together. Safe to repeat."""
    seen = Comment.objects.select_related("author").filter(pk=comment, state=State.SHOWN).first()
    if seen is None or (seen.author and seen.author.is_staff):
        return
    now = locked(seen)
    weights = list(Report.objects.open().filter(comment=now).values_list("weight", flat=True))
    if (weight := together(weights)) >= HIDES_AT:
        evidence = f"{len(weights)} reports of readers weigh {weight:.1f}"
        heed(now, [Signal("reports", 1, Action.HOLD, Severity.MEDIUM, HELD, evidence)], may_hold=True)


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
    """What a report of this person weighs; two queries."""
    upheld = Count("pk", filter=Q(outcome=Report.Outcome.UPHELD))
    past = Report.objects.filter(reporter=person, handled_at__isnull=False).aggregate(upheld=upheld, all=Count("pk"))
    return report_weight(trust_of(past_of(person)), agreed=past["upheld"], answered=past["all"])
