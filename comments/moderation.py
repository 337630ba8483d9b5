"""Moderators' verbs: each is a Decision on the comment as the moderator saw it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsroom.lib.people import Person

from . import counters
from .models import Comment, Decision, Discussion, Report
from .signals import comment_hidden, comment_ruled, comment_shown
from .workflow import RULINGS, Reason, State


class Overtaken(Exception):
    """Somebody decided first, or the author changed the comment. `comment` is how it is now."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        last = comment.decisions.select_related("by").first()
        who = f" by {last.by.get_username()}" if last and last.by else ""
        super().__init__(f"This comment is {State(comment.state).label.lower()} already{who}.")


class ReasonMissing(Exception):
    """A rejection without a reason the author could be told."""


def approve(comment: Comment, *, version: int, by: Person, note: str = "") -> Decision:
    """Let readers see the comment. Raises PermissionDenied or Overtaken."""
    return _rule("approve", comment, version=version, by=by, note=note)


def keep(comment: Comment, *, version: int, by: Person, note: str = "") -> Decision:
    """Leave a comment that was reported where it is. Raises PermissionDenied or Overtaken."""
    return _rule("keep", comment, version=version, by=by, note=note)


def reject(comment: Comment, *, version: int, by: Person, reason: str, note: str = "") -> Decision:
    """Keep the comment from readers. Raises PermissionDenied, Overtaken or ReasonMissing."""
    return _rule("reject", comment, version=version, by=by, reason=reason, note=note)


@transaction.atomic
def _rule(name: str, comment: Comment, *, version: int, by: Person, reason: str = "", note: str = "") -> Decision:
    ruling = RULINGS[name]
    if not by.is_active or not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied("You may not moderate.")
    if ruling.needs_reason and reason not in Reason.values:
        raise ReasonMissing("Choose a reason: the author is told.")
    # The discussion before the comment, as posting does: two verbs never wait for each other in a ring.
    Discussion.objects.select_for_update().get(pk=comment.discussion_id)
    now = Comment.objects.select_for_update().get(pk=comment.pk)
    if now.version != version or now.state not in ruling.sources:
        raise Overtaken(now)
    decision = Decision.objects.create(
        comment=now,
        ruling=name,
        reason=reason,
        note=note,
        before=now.state,
        after=ruling.target,
        version=version,
        by=by,
        at=timezone.now(),
    )
    Comment.objects.filter(pk=now.pk).update(state=ruling.target, version=F("version") + 1)
    _answer_reports(decision)
    counters.move(now, now.state, ruling.target)
    tell = comment_shown if ruling.target == State.SHOWN else comment_hidden
    now.refresh_from_db()
    if decision.before != decision.after:
        transaction.on_commit(lambda: tell.send(Comment, comment=now))
        transaction.on_commit(lambda: comment_ruled.send(Decision, decision=decision))
    return decision


def _answer_reports(decision: Decision) -> None:
    """What readers had reported is dealt with by the ruling."""
    outcome = Report.Outcome.KEPT if decision.after == State.SHOWN else Report.Outcome.UPHELD
    open_ones = Report.objects.open().filter(comment=decision.comment)
    open_ones.update(handled_at=decision.at, handled_by=decision.by, outcome=outcome)
