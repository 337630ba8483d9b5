"""Moderators' verbs: each is a Decision on the comment as the moderator saw it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsroom.lib.people import Person

from . import counters
from .models import Comment, Decision, Discussion, Report, Sanction
from .models.comment import CommentQuerySet
from .models.remit import MODERATORS_RIGHT, remit_of
from .screening import decide
from .signals import comment_hidden, comment_ruled, comment_shown
from .workflow import RULINGS, UNDO, Reason, Ruling, State

HELD = "A moderator looks at it once more before others do."


class Overtaken(Exception):
    """Somebody decided first, or the author changed the comment. `comment` is how it is now."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        last = comment.decisions.select_related("by").first()
        if comment.state == State.HELD:
            super().__init__("Its author has changed it meanwhile, or somebody else has held it again. Read it anew.")
        else:
            who = f" by {last.by.name}" if last and last.by and last.after == comment.state else ""
            super().__init__(f"Already {State(comment.state).label.lower()}{who}.")


class ReasonMissing(Exception):
    """A rejection without a reason the author could be told."""


def approve(comment: Comment, *, version: int, by: Person, note: str = "") -> Decision:
    """Let readers see the comment. Raises PermissionDenied or Overtaken."""
    return _rule("approve", comment, version=version, by=by, note=note)


def keep(comment: Comment, *, version: int, by: Person, note: str = "") -> Decision:
    """Leave a comment that was reported where it is. Raises PermissionDenied or Overtaken."""
    return _rule("keep", comment, version=version, by=by, note=note)


def hold(comment: Comment, *, version: int, by: Person, note: str = "") -> Decision:
    """Take the comment from readers until somebody has decided. Raises PermissionDenied or Overtaken."""
    return _rule("hold", comment, version=version, by=by, note=note)


def reject(comment: Comment, *, version: int, by: Person, reason: str, note: str = "") -> Decision:
    """Keep the comment from readers. Raises PermissionDenied, Overtaken or ReasonMissing."""
    return _rule("reject", comment, version=version, by=by, reason=reason, note=note)


@transaction.atomic
def _rule(name: str, comment: Comment, *, version: int, by: Person, reason: str = "", note: str = "") -> Decision:
    ruling = _allowed(name, by, Comment.objects.filter(pk=comment.pk), reason)
    now = locked(comment)
    if now.version != version or now.state not in ruling.sources:
        raise Overtaken(now)
    [decision] = record([now], name, to=lambda _: ruling.target, by=by, reason=reason, note=note)
    if decision.before != decision.after:
        transaction.on_commit(lambda: comment_ruled.send(Decision, decision=decision))
    return decision


@dataclass(frozen=True)
class Outcome:
    """What became of many comments: the decisions, and for those that somebody was quicker with what they are now."""

    decisions: list[Decision]
    overtaken: list[Overtaken]


@transaction.atomic
def rule_all(name: str, read: Mapping[int, int], *, by: Person, reason: str = "") -> Outcome:
    """Rule on many comments, each as it was read: `read` has the versions, by the comments' keys.

    How many queries it takes hangs on the discussions and on those overtaken, not on the comments. Raises
    PermissionDenied or ReasonMissing.
    """
    ruling = _allowed(name, by, Comment.objects.filter(pk__in=list(read)), reason)
    comments = all_locked(read)
    late = [one for one in comments if one.version != read[one.pk] or one.state not in ruling.sources]
    in_time = [one for one in comments if one not in late]
    reason = reason if ruling.needs_reason else ""
    decisions = record(in_time, name, to=lambda _: ruling.target, by=by, reason=reason)
    for decision in decisions:
        if decision.before != decision.after:
            transaction.on_commit(partial(comment_ruled.send, Decision, decision=decision))
    return Outcome(decisions, [Overtaken(one) for one in late])


def all_locked(keys: Iterable[int]) -> list[Comment]:
    """These comments as they are now, locked as `locked` does it: discussions first, everything in one order."""
    wanted = Comment.objects.filter(pk__in=list(keys))
    list(Discussion.objects.select_for_update().filter(pk__in=wanted.order_by().values("discussion")).order_by("pk"))
    return list(wanted.select_for_update(of=("self",)).select_related("author").order_by("pk"))


def _allowed(name: str, by: Person, comments: CommentQuerySet, reason: str) -> Ruling:
    """The ruling, if this person may make it on these for this reason. Raises PermissionDenied or ReasonMissing."""
    must_moderate(by, comments)
    if RULINGS[name].needs_reason and reason not in Reason.values:
        raise ReasonMissing("Choose a reason: the author is told.")
    return RULINGS[name]


def must_moderate(person: Person, comments: CommentQuerySet | None = None) -> None:
    """Raises PermissionDenied for whoever may not, or not on all of these comments."""
    if not person.is_active or not person.has_perm(MODERATORS_RIGHT):
        raise PermissionDenied("You may not moderate.")
    mine = remit_of(person)
    if comments is not None and mine and comments.exclude(mine).exists():
        raise PermissionDenied("Other moderators decide in this section.")


def locked(comment: Comment) -> Comment:
    """The comment as it is now, nobody else's until this transaction ends.

    The discussion before the comment, as posting does: two verbs never wait for each other in a ring.
    """
    Discussion.objects.select_for_update().get(pk=comment.discussion_id)
    return Comment.objects.select_for_update().get(pk=comment.pk)


def record(
    comments: Sequence[Comment],
    name: str,
    *,
    to: Callable[[Comment], str],
    by: Person | None,
    reason: str = "",
    note: str = "",
    rule: str = "",
    under: Decision | None = None,
    sanction: Sanction | None = None,
) -> list[Decision]:
    """Bring locked comments into the states that `to` says, with a Decision on each, in a fixed number of queries.

    Whether it may be is asked before. Open reports are answered by a ruling. What is public now, or is so no
    more, is told of after the commit; but not what follows from another decision, `under` which it stands.
    """
    now = timezone.now()
    why: dict[str, Any] = {"reason": reason, "note": note, "rule": rule, "under": under, "sanction": sanction}
    about = {"ruling": name, "by": by, "at": now} | why
    decisions = Decision.objects.bulk_create(
        Decision(comment=comment, before=comment.state, after=to(comment), version=comment.version, **about)
        for comment in comments
    )
    is_ruled = name in RULINGS and not rule
    for state in {decision.after for decision in decisions}:
        keys = [decision.comment_id for decision in decisions if decision.after == state]
        changed: dict[str, Any] = {"is_flagged": False, "reviewed_at": now if is_ruled else None}
        if is_ruled and state == State.HELD:
            changed["held_for"] = HELD
        Comment.objects.filter(pk__in=keys).update(state=state, version=F("version") + 1, **changed)
        if is_ruled:
            _answer_reports(keys, state, by=by, at=now)
    if name == UNDO:
        back = [
            one.comment_id for one in decisions if one.after == State.SHOWN and decide(one.comment.findings).is_flagged
        ]
        Comment.objects.filter(pk__in=back).update(is_flagged=True)
    for decision in decisions:
        decision.comment.state, decision.comment.version = decision.after, decision.version + 1
    moved = [decision for decision in decisions if decision.before != decision.after]
    counters.move_all((decision.comment, decision.before, decision.after) for decision in moved)
    for decision in moved if under is None else []:
        transaction.on_commit(partial(_tell, decision))
    return decisions


def _answer_reports(comments: list[int], state: str, *, by: Person | None, at: datetime) -> None:
    """What readers had reported is dealt with by a ruling; what is held still waits for one."""
    if state == State.HELD:
        return
    outcome = Report.Outcome.KEPT if state == State.SHOWN else Report.Outcome.UPHELD
    Report.objects.open().filter(comment__in=comments).update(handled_at=at, handled_by=by, outcome=outcome)


def _tell(decision: Decision) -> None:
    fact = comment_shown if decision.after == State.SHOWN else comment_hidden
    fact.send(Comment, comment=decision.comment)
