"""Moderators' verbs on a comment and all that stands below it: one decision, the others follow from it as a task."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from . import moderation
from .models import Comment, Decision, Notice, Report
from .moderation import Overtaken, locked, must_moderate, record
from .signals import comment_ruled
from .workflow import RULINGS, UNDO, State

# So many are decided in one transaction, during which nobody can post in the discussion.
BATCH = 500


def below(comment: Comment) -> list[int]:
    """The keys of all that answers a comment, and answers that, in whatever state; one query."""
    answers: dict[int, list[int]] = {}
    rows = Comment.objects.filter(root=comment.root_id or comment.pk).order_by("reply_no")
    for pk, parent in rows.values_list("pk", "parent_id"):
        answers.setdefault(parent, []).append(pk)
    found, waiting = [], [comment.pk]
    while waiting:
        next_ones = answers.get(waiting.pop(), [])
        found += next_ones
        waiting += next_ones
    return found


def remove(comment: Comment, *, version: int, by: Person, reason: str, note: str = "") -> Decision:
    """Reject a comment, and soon all that stands below it. Raises PermissionDenied, Overtaken or ReasonMissing."""
    with transaction.atomic():
        decision = moderation.reject(comment, version=version, by=by, reason=reason, note=note)
        enqueue(remove_below, decision=decision.pk)
    return decision


def remove_below(decision: int) -> None:
    """Reject what stands below a comment that was; what is said there meanwhile goes too."""
    while _remove_some(decision):
        pass


@transaction.atomic
def _remove_some(decision: int) -> bool:
    first = Decision.objects.select_related("comment", "by").get(pk=decision)
    if locked(first.comment).decisions.first() != first:
        return False
    there = Comment.objects.filter(pk__in=below(first.comment), state__in=RULINGS["reject"].sources)
    some = list(there.select_for_update().order_by("pk")[:BATCH])
    record(some, "reject", to=lambda _: State.REJECTED, by=first.by, reason=first.reason, under=first)
    return len(some) == BATCH


def undo(decision: Decision, *, by: Person) -> Decision:
    """Reverse the last decision on a comment: it, and soon all that went with it, is again what it was.

    What was reported of it waits again. What its author has withdrawn meanwhile, or a moderator has decided anew, stays
    as it is. Raises PermissionDenied, or Overtaken where that goes for the comment itself.
    """
    must_moderate(by, Comment.objects.filter(pk=decision.comment_id))
    with transaction.atomic():
        now = locked(decision.comment)
        if decision.ruling not in RULINGS or now.state != decision.after or now.decisions.first() != decision:
            raise Overtaken(now)
        earlier = now.decisions.filter(pk__lt=decision.pk, after=State.REJECTED).first()
        reason = earlier.reason if earlier and decision.before == State.REJECTED else ""
        [undone] = record([now], UNDO, to=lambda _: decision.before, by=by, reason=reason)
        reopen(Q(pk=decision.pk))
        if decision.after == State.REJECTED:
            enqueue(restore_below, decision=decision.pk, undone=undone.pk)
        if decision.before != decision.after:
            transaction.on_commit(lambda: comment_ruled.send(Decision, decision=undone))
    return undone


def reopen(these: Q) -> None:
    """What readers had reported, and these decisions have answered, waits again."""
    decisions = Decision.objects.filter(these)
    answered = decisions.filter(comment=OuterRef("comment"), at=OuterRef("handled_at"))
    reports = Report.objects.filter(Exists(answered), comment__in=decisions.values("comment"))
    Notice.objects.filter(report__in=reports).update(told_at=None)
    reports.update(handled_at=None, handled_by=None, outcome="")


def restore_below(decision: int, undone: int) -> None:
    """Bring back what had gone with a comment that is back."""
    while _restore_some(decision, undone):
        pass


@transaction.atomic
def _restore_some(decision: int, undone: int) -> bool:
    under = Decision.objects.select_related("comment", "by").get(pk=undone)
    locked(under.comment)
    gone = _gone_with(decision)
    some = list(Comment.objects.select_for_update().filter(pk__in=gone).order_by("pk"))
    record(some, UNDO, to=lambda comment: gone[comment.pk], by=under.by, under=under)
    reopen(Q(under=decision, comment__in=gone))
    return len(some) == BATCH


def _gone_with(decision: int) -> dict[int, str]:
    """The next comments on which nothing was decided since they went with another, and what they were before."""
    last = Decision.objects.filter(comment=OuterRef("pk")).order_by("-at", "-pk")
    rejected = Comment.objects.filter(state=State.REJECTED, decisions__under=decision)
    rejected = rejected.annotate(because=Subquery(last.values("under")[:1]), was=Subquery(last.values("before")[:1]))
    return dict(rejected.filter(because=decision).order_by("pk").values_list("pk", "was")[:BATCH])
