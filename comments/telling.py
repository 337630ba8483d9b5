"""Noting whom to tell of what, once a comment can be read, was picked, or was decided on. Mailing is mailing.py's.

Nobody is told of their own act, of a comment twice, or of what they have muted. Every task is safe to repeat.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from newsroom.lib.people import Person

from .mentions import folded, mentioned
from .models import Comment, Decision, Discussion, Following, Mute, Notification

Kind = Notification.Kind
KEPT = timedelta(days=90)
# How many rows go to the database at once.
BATCH = 500


def tell_of_comment(comment: int) -> None:
    """Tell whom a comment mentions, whom it answers, and who follows the discussion: each once, in this order."""
    found = Comment.objects.public().select_related("parent").filter(pk=comment).first()
    if found is None:
        return
    # Of a guest nobody is the author: nobody mutes them, and none is left out for having said it.
    author = found.author_id or 0
    kinds = _concerned(found)
    follows = Following.objects.filter(
        person=OuterRef("pk"), discussion=found.discussion_id, mode=Following.Mode.FOLLOW
    )
    known = Notification.objects.filter(person=OuterRef("pk"), comment=found)
    people = listeners(found.discussion_id).filter(Q(pk__in=kinds) | Exists(follows), ~_mutes(author), ~Exists(known))
    others = people.exclude(pk=author).values_list("pk", flat=True)
    now = timezone.now()
    Notification.objects.bulk_create(
        (Notification(person_id=pk, kind=kinds.get(pk, Kind.FOLLOW), comment=found, made_at=now) for pk in others),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _concerned(comment: Comment) -> dict[int, str]:
    """Whom a comment concerns by its own words or its place, and how."""
    concerned: dict[int, str] = {}
    if comment.parent and comment.parent.author_id and not comment.parent.is_tombstone:
        concerned[comment.parent.author_id] = Kind.REPLY
    if "@" in comment.body:
        concerned |= dict.fromkeys(mentioned(comment.body, names_in(comment.discussion)), Kind.MENTION)
    return concerned


def names_in(discussion: Discussion) -> dict[str, int]:
    """Who can be mentioned in a discussion: the folded names of all whose words can be read there; one query.

    Where two share a name, it is that of whoever chose it to be seen by.
    """
    speakers = Comment.objects.shown().filter(discussion=discussion, author__isnull=False).order_by().distinct()
    rows = list(speakers.values_list("author", "author__username", "author__display_name"))
    names = {folded(username): author for author, username, _ in rows}
    return names | {folded(shown): author for author, _, shown in rows if shown}


def tell_of_pick(comment: int) -> None:
    """Tell an author that their comment was picked out, unless they did it themselves."""
    found = Comment.objects.public().filter(pk=comment, picked_at__isnull=False).first()
    if found is None or found.author_id == found.picked_by_id or not _listens(found):
        return
    Notification.objects.get_or_create(
        person_id=found.author_id, kind=Kind.PICK, comment=found, defaults={"made_at": timezone.now()}
    )


def tell_of_ruling(decision: int) -> None:
    """Tell an author what was decided on their comment, in the place of what they were told of it before.

    What was taken back at once they are not told.
    """
    ruling = Decision.objects.select_related("comment").filter(pk=decision).first()
    if ruling is None or ruling.comment.author_id == ruling.by_id or not _listens(ruling.comment):
        return
    if ruling.is_slip:
        Notification.objects.filter(kind=Kind.DECISION, comment=ruling.comment).waiting().unseen().delete()
        return
    if ruling != ruling.comment.decisions.changing().first():
        return
    row, is_new = Notification.objects.get_or_create(
        person_id=ruling.comment.author_id,
        kind=Kind.DECISION,
        comment=ruling.comment,
        defaults={"made_at": ruling.at},
    )
    if not is_new:
        anew = {"made_at": ruling.at, "seen_at": None, "claimed_at": None, "mailed_at": None, "dropped_at": None}
        Notification.objects.filter(pk=row.pk, made_at__lt=ruling.at).update(**anew)


def listeners(discussion: int) -> QuerySet[Person]:
    """Who may be told of a discussion: accounts in use that have not muted it."""
    silent = Following.objects.filter(person=OuterRef("pk"), discussion=discussion, mode=Following.Mode.MUTE)
    return get_user_model().objects.filter(~Exists(silent), is_active=True, leaving=None)


def _listens(comment: Comment) -> bool:
    """Whether the author of a comment may be told of it."""
    author = comment.author_id
    return author is not None and listeners(comment.discussion_id).filter(pk=author).exists()


def _mutes(author: int) -> Exists:
    return Exists(Mute.objects.filter(person=OuterRef("pk"), muted=author))


def forget() -> int:
    """Delete what was told long ago; returns how many."""
    deleted, _ = Notification.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return deleted
