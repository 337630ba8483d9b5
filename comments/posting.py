"""Readers' verbs: post and withdraw. One conditional UPDATE says whether a comment may still come in."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Edition
from newsroom.lib.people import Person

from . import counters, markup
from .models import Comment, Discussion
from .screening import Look, Screened, screen
from .signals import comment_hidden, comment_shown
from .workflow import State

MIN_LENGTH = 2
MAX_LENGTH = 5_000


class Refused(Exception):
    """The comment cannot be taken; the message is for its author."""


class Closed(Refused):
    """The discussion takes no comments (any more)."""


class _Known(Exception):
    def __init__(self, comment: Comment) -> None:
        self.comment = comment


def open_for(edition: Edition) -> Discussion:
    """The discussion of an edition's story, made at first need from what the edition says."""
    discussion, _ = Discussion.objects.get_or_create(
        article_id=edition.article_id, defaults={"is_open": edition.discussion == "open"}
    )
    return discussion


def post(edition: Edition, *, by: Person, body: str, key: uuid.UUID, parent: Comment | None = None) -> Comment:
    """Take a comment in, shown or held; the same key again gives the first comment.

    Raises Refused (too short, too long, a parent that is gone) or Closed.
    """
    body = checked(body)
    discussion = open_for(edition)
    try:
        with transaction.atomic():
            return _insert(discussion, by, body, key, parent)
    except _Known as known:
        return known.comment


def checked(body: str) -> str:
    """The text as it will be stored. Raises Refused when it is too short or too long."""
    body = markup.tidy(body)
    if len(body) < MIN_LENGTH:
        raise Refused("Write something first.")
    if len(body) > MAX_LENGTH:
        raise Refused(f"Comments may have {MAX_LENGTH:,} characters; this one has {len(body):,}.")
    return body


def look_at(discussion: Discussion, by: Person, body: str) -> Look:
    """What the screens need to know of a comment (one query)."""
    return Look(
        body=body,
        shown_before=Comment.objects.shown().filter(author=by).count(),
        is_staff=by.is_staff,
        is_premoderated=discussion.is_premoderated,
    )


def _insert(discussion: Discussion, by: Person, body: str, key: uuid.UUID, parent: Comment | None) -> Comment:
    now = timezone.now()
    if not Discussion.objects.public().filter(pk=discussion.pk, is_open=True).update(seq=F("seq") + 1, last_at=now):
        raise Closed("This discussion is closed.")
    # The UPDATE holds the discussion's row: from here on nobody else numbers a comment in it.
    _refuse_repeat(discussion, by, key)
    if parent and not Comment.objects.shown().filter(pk=parent.pk, discussion=discussion).exists():
        raise Refused("The comment you are answering is not there any more.")
    discussion.refresh_from_db()
    verdict = screen(look_at(discussion, by, body))
    comment = Comment(
        discussion=discussion,
        author=by,
        parent=parent,
        seq=discussion.seq,
        client_key=key,
        body=body,
        html=markup.render(body),
        posted_at=now,
    )
    _number(comment, parent)
    _judge(comment, verdict)
    comment.save()
    counters.move(comment, None, comment.state)
    if comment.state == State.SHOWN:
        transaction.on_commit(lambda: comment_shown.send(Comment, comment=comment))
    return comment


def _refuse_repeat(discussion: Discussion, by: Person, key: uuid.UUID) -> None:
    known = Comment.objects.filter(discussion=discussion, client_key=key).first()
    if known and known.author_id == by.pk:
        raise _Known(known)
    if known:
        raise Refused("This form was used already. Reload the page and post again.")


def _number(comment: Comment, parent: Comment | None) -> None:
    """Give a reply its place under the head of its thread."""
    if parent is None:
        return
    root = parent.root_id or parent.pk
    Comment.objects.filter(pk=root).update(branch_size=F("branch_size") + 1)
    comment.root_id = root
    comment.reply_no = Comment.objects.values_list("branch_size", flat=True).get(pk=root)


def _judge(comment: Comment, verdict: Screened) -> None:
    comment.state = verdict.state
    comment.held_for = verdict.sentence
    comment.signals = [signal.to_json() for signal in verdict.signals]


@transaction.atomic
def withdraw(comment: Comment, *, by: Person) -> Comment:
    """Take one's own comment back; with replies below it, a line stays in its place."""
    if comment.author_id != by.pk:
        raise PermissionDenied("This comment is not yours.")
    # The discussion first, as in every verb here: two of them never wait for each other in a ring.
    Discussion.objects.select_for_update().get(pk=comment.discussion_id)
    comment.refresh_from_db()
    before = comment.state
    if before in (State.SHOWN, State.HELD):
        Comment.objects.filter(pk=comment.pk).update(state=State.WITHDRAWN, version=F("version") + 1)
        counters.move(comment, before, State.WITHDRAWN)
        transaction.on_commit(lambda: comment_hidden.send(Comment, comment=comment))
    comment.refresh_from_db()
    return comment
