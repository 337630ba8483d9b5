"""Editors' and moderators' verbs of praise: pick comments out, and pin one of the staff above all others."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from . import shown
from .models import Comment, Discussion
from .models.remit import looked_after_by
from .posting import Refused
from .signals import comment_picked
from .workflow import State

RIGHT = "comments.pick_comment"
MOST = 5


def may_pick(person: Person, discussion: int) -> bool:
    """Whether this person picks comments in the discussion of that key: editors in any, moderators in theirs."""
    if not person.is_active or not person.has_perm(RIGHT):
        return False
    mine = looked_after_by(person, "article__section")
    return not mine or Discussion.objects.filter(mine, pk=discussion).exists()


@transaction.atomic
def pick(comment: Comment, *, by: Person) -> None:
    """Pick a shown comment out; twice is once. Raises PermissionDenied, or Refused beyond five in a discussion."""
    comment = _held(comment, by)
    if comment.picked_at:
        return
    if Comment.objects.picks().filter(discussion=comment.discussion_id).count() >= MOST:
        raise Refused(f"This discussion has {MOST} picks already. Take one of them back first.")
    Comment.objects.filter(pk=comment.pk).update(picked_at=timezone.now(), picked_by=by)
    transaction.on_commit(lambda: comment_picked.send(Comment, comment=comment))


@transaction.atomic
def unpick(comment: Comment, *, by: Person) -> None:
    """Take a pick back, if it is one. Raises PermissionDenied or Refused."""
    comment = _held(comment, by)
    Comment.objects.filter(pk=comment.pk).update(picked_at=None, picked_by=by)


@transaction.atomic
def pin(comment: Comment, *, by: Person) -> None:
    """Show a comment of the staff above all others, in place of the one pinned before.

    Raises PermissionDenied, or Refused for a reader's.
    """
    comment = _held(comment, by)
    if comment.author is None or not comment.author.is_staff:
        raise Refused("Only what the staff say is pinned. A reader’s comment can be picked.")
    Discussion.objects.filter(pk=comment.discussion_id).update(pinned=comment)


@transaction.atomic
def unpin(comment: Comment, *, by: Person) -> None:
    """Put a pinned comment back among the others, if it is the one. Raises PermissionDenied or Refused."""
    comment = _held(comment, by)
    Discussion.objects.filter(pk=comment.discussion_id, pinned=comment).update(pinned=None)


def _held(comment: Comment, by: Person) -> Comment:
    """The comment as it is now, its discussion locked, for who may pick; readers are shown what becomes of it."""
    if not may_pick(by, comment.discussion_id):
        raise PermissionDenied("You may not pick comments.")
    Discussion.objects.select_for_update().get(pk=comment.discussion_id)
    now = Comment.objects.select_related("author").get(pk=comment.pk)
    if now.state != State.SHOWN:
        raise Refused("This comment is not there any more.")
    changed(shown.talk(comment.discussion_id))
    return now
