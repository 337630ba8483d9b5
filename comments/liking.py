"""Readers' verbs of approval: like, and take that back. Likes never touch the discussion's row."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from newsroom.lib.facts import added
from newsroom.lib.people import Person

from . import shown
from .models import Comment, Like
from .posting import Refused


@transaction.atomic
def like(comment: Comment, *, by: Person) -> int:
    """Like a comment that readers see; liking twice is liking once. Returns how many like it now.

    Raises PermissionDenied, or Refused for one's own comment and for one that is there no more.
    """
    _require(by)
    if comment.author_id == by.pk:
        raise Refused("You wrote this comment yourself.")
    if not Comment.objects.public().filter(pk=comment.pk).exists():
        raise Refused("This comment is not there any more.")
    _, is_new = Like.objects.get_or_create(comment=comment, person=by)
    return _count(comment, int(is_new))


@transaction.atomic
def unlike(comment: Comment, *, by: Person) -> int:
    """Take a like back, if there is one. Returns how many like the comment now. Raises PermissionDenied."""
    _require(by)
    gone, _ = Like.objects.filter(comment=comment, person=by).delete()
    return _count(comment, -gone)


def _require(by: Person) -> None:
    if not by.is_active:
        raise PermissionDenied("This account is closed.")


def _count(comment: Comment, step: int) -> int:
    """Move the count by the rows that came or went, never by what was meant."""
    if step:
        Comment.objects.filter(pk=comment.pk).update(like_count=F("like_count") + step)
        added(shown.talk(comment.discussion_id))
    return Comment.objects.values_list("like_count", flat=True).get(pk=comment.pk)
