"""Take out of the discussions all that a person said, liked and chose. The places stay, so that the numbers hold."""

from functools import partial

from django.db import transaction
from django.db.models import F, Q

from newsroom.lib.people import Person

from . import counters
from .models import Comment, Decision, Discussion, Following, Like, Notification, Report, Vote, Wording
from .signals import comment_hidden
from .workflow import State

EMPTY: dict[str, object] = {
    "state": State.ERASED,
    "author": None,
    "body": "",
    "html": "",
    "signals": [],
    "held_for": "",
    "is_spoiler": False,
    "spoiler_scope": "",
    "picked_at": None,
    "picked_by": None,
    "edited_at": None,
}


@transaction.atomic
def erase(person: Person) -> int:
    """Empty every comment of a person, take back every like and vote; returns how many comments.

    What was answered stays as a line without words or name; of the rest readers see nothing. Safe to run twice.
    """
    unlike_all(person)
    # The discussions before the comments, in one order, as every verb here: none waits for another in a ring.
    touched = Discussion.objects.filter(Q(comments__author=person) | Q(votes__person=person)).values_list(
        "pk", flat=True
    )
    list(Discussion.objects.select_for_update().filter(pk__in=set(touched)).order_by("pk"))
    take_votes_back(person)
    comments = list(Comment.objects.select_for_update().filter(author=person).order_by("pk"))
    keys = [comment.pk for comment in comments]
    Notification.objects.filter(Q(comment__in=keys) | Q(person=person)).delete()
    Following.objects.filter(person=person).delete()
    Wording.objects.filter(comment__in=keys).delete()
    Decision.objects.filter(comment__in=keys).update(note="")
    Report.objects.filter(Q(comment__in=keys) | Q(reporter=person)).update(text="")
    Comment.objects.filter(author=person).update(**EMPTY, version=F("version") + 1)
    for comment in comments:
        counters.move(comment, comment.state, State.ERASED)
    for comment in comments:
        transaction.on_commit(partial(comment_hidden.send, Comment, comment=comment))
    return len(comments)


def unlike_all(person: Person) -> None:
    """Take back a person's likes, and count down by the rows that go."""
    liked = list(Like.objects.filter(person=person).order_by("comment").values_list("comment", flat=True))
    Like.objects.filter(person=person).delete()
    for comment in liked:
        Comment.objects.filter(pk=comment).update(like_count=F("like_count") - 1)


def take_votes_back(person: Person) -> None:
    """Take back a person's choices among answers, and count down by the rows that go."""
    chosen = list(Vote.objects.filter(person=person).order_by("discussion").values_list("discussion", "answer"))
    Vote.objects.filter(person=person).delete()
    for discussion, answer in chosen:
        Discussion.objects.filter(pk=discussion).update(**{f"votes_{answer}": F(f"votes_{answer}") - 1})
