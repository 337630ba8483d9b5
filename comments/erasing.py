"""Take out of the discussions all that a person said, liked and chose. The places stay, so that the numbers hold."""

from functools import partial

from django.db import transaction
from django.db.models import F, Q

from newsroom.lib.facts import added
from newsroom.lib.people import Person

from . import counters, shown
from .models import (
    Comment,
    Decision,
    Discussion,
    Exclusion,
    Following,
    Guest,
    Like,
    Notification,
    Report,
    Vote,
    Watch,
    Wording,
)
from .models.exclusion import mark_of
from .signals import comment_hidden
from .workflow import Severity, State

EMPTY: dict[str, object] = {
    "state": State.ERASED,
    "author": None,
    "guest_name": "",
    "body": "",
    "html": "",
    "likeness": "",
    "signals": [],
    "severity": Severity.NONE,
    "is_flagged": False,
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
    Notification.objects.filter(person=person).delete()
    Following.objects.filter(person=person).delete()
    Watch.objects.filter(Q(by=person) | Q(person=person)).delete()
    Report.objects.filter(reporter=person).update(text="")
    _empty(comments)
    return len(comments)


@transaction.atomic
def forget(guest: Guest) -> None:
    """Erase what a guest said, with the name and the address, whether it waits or not. Safe to run twice."""
    # The guest before the discussion, as where guests come in: neither waits for the other in a ring.
    held = Guest.objects.select_for_update(of=("self",)).filter(pk=guest.pk).first()
    if held is None:
        return
    Discussion.objects.select_for_update().get(pk=held.discussion_id)
    Exclusion.objects.filter(address=mark_of(held.email)).update(name="")
    _empty(list(Comment.objects.select_for_update(of=("self",)).filter(guest=held).exclude(state=State.ERASED)))
    held.delete()


def _empty(comments: list[Comment]) -> None:
    """Take the words and the names out of comments whose discussions are locked."""
    keys = [comment.pk for comment in comments]
    Notification.objects.filter(comment__in=keys).delete()
    Wording.objects.filter(comment__in=keys).delete()
    Decision.objects.filter(comment__in=keys).update(note="")
    Report.objects.filter(comment__in=keys).update(text="")
    Comment.objects.filter(pk__in=keys).update(**EMPTY, version=F("version") + 1)
    for comment in comments:
        counters.move(comment, comment.state, State.ERASED)
    for comment in comments:
        transaction.on_commit(partial(comment_hidden.send, Comment, comment=comment))


def unlike_all(person: Person) -> None:
    """Take back a person's likes, and count down by the rows that go."""
    liked = list(Like.objects.filter(person=person).order_by("comment").values_list("comment", flat=True))
    Like.objects.filter(person=person).delete()
    for comment in liked:
        Comment.objects.filter(pk=comment).update(like_count=F("like_count") - 1)
    talks = Comment.objects.filter(pk__in=liked).order_by().values_list("discussion", flat=True).distinct()
    added(*map(shown.talk, talks))


def take_votes_back(person: Person) -> None:
    """Take back a person's choices among answers, and count down by the rows that go."""
    chosen = list(Vote.objects.filter(person=person).order_by("discussion").values_list("discussion", "answer"))
    Vote.objects.filter(person=person).delete()
    for discussion, answer in chosen:
        Discussion.objects.filter(pk=discussion).update(**{f"votes_{answer}": F(f"votes_{answer}") - 1})
    added(*(shown.talk(discussion) for discussion, _ in chosen))
