"""Readers' verbs: post and withdraw. One conditional UPDATE says whether a comment may still come in."""

import math
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Edition
from newsroom.lib.facts import TIMETABLE, changed
from newsroom.lib.people import Person

from . import counters, markup, pace, sanctioning, second_look, shown
from .looking import look_at
from .models import Comment, Discussion, Guest, Rules, Vote
from .models.calm import spell
from .models.discussion import CLOSED
from .models.guest import said_by
from .screening import Screened, likeness, screen
from .signals import comment_hidden, comment_shown
from .workflow import Measure, State

MIN_LENGTH = 2
MAX_LENGTH = 5_000
SCOPE_LENGTH = 80


class Refused(Exception):
    """The comment cannot be taken; the message is for its author."""


class Closed(Refused):
    """The discussion takes no comments (any more)."""


class Barred(Closed):
    """A moderator has taken the right to post from this person, for a while or for good, or has warned them."""


class Advised(Refused):
    """The text is handed back once, with a word of advice; sent again with `advised` it counts."""


class TooFast(Refused):
    """The next comment has to wait: in slow mode, or because too many came in too short a time."""


@dataclass(frozen=True)
class Words:
    """What an author writes: the text, and whether and of what all of it gives something away."""

    body: str
    is_spoiler: bool = False
    spoiler_scope: str = ""


class _Known(Exception):
    def __init__(self, comment: Comment) -> None:
        self.comment = comment


def open_for(edition: Edition) -> Discussion:
    """The discussion of an edition's story, made at first need from what the edition says."""
    found = Discussion.objects.with_what_holds().filter(article=edition.article_id).first()
    if found is None:
        seed = Rules.objects.seed(edition.section_id, edition.discussion, edition.published_at)
        found, _ = Discussion.objects.get_or_create(article_id=edition.article_id, defaults=seed)
        changed(shown.beginning(edition.article_id), TIMETABLE)
    return found


def post(
    edition: Edition,
    words: Words,
    *,
    by: Person | Guest,
    key: uuid.UUID,
    parent: Comment | None = None,
    advised: bool = True,
    sender: str | None = None,
) -> Comment:
    """Take a comment in, shown or held; the same key again gives the first comment.

    `sender` is the address of the network that it comes from, "" for one that nobody knows; None for what does not come
    from there, and may come at any pace. Raises Refused (too short, too long, a parent that is gone), Closed, Barred,
    TooFast or, unless its author was `advised`, Advised.
    """
    words = checked(words)
    discussion = open_for(edition)
    verdict = screen(look_at(discussion, by, words.body))
    if not discussion.comments.filter(client_key=key).exists():
        _refuse_unadvised(verdict, advised)
        _refuse_flood(by, sender)
    try:
        with transaction.atomic():
            _hold(by)
            comment = _insert(discussion, by, words, key, parent, verdict)
            second_look.order(comment, sender=sender or "")
            return comment
    except _Known as known:
        return known.comment


def checked(words: Words) -> Words:
    """The words as they will be stored. Raises Refused when the text is too short or too long."""
    body = markup.tidy(words.body)
    if len(body) < MIN_LENGTH:
        raise Refused("Write something first.")
    if len(body) > MAX_LENGTH:
        raise Refused(f"Comments may have {MAX_LENGTH:,} characters; this one has {len(body):,}.")
    scope = markup.tidy(words.spoiler_scope).replace("\n", " ")[:SCOPE_LENGTH] if words.is_spoiler else ""
    return Words(body, words.is_spoiler, scope)


def _insert(
    discussion: Discussion, by: Person | Guest, words: Words, key: uuid.UUID, parent: Comment | None, verdict: Screened
) -> Comment:
    now, author = timezone.now(), None if isinstance(by, Guest) else by
    if not Discussion.objects.taking().filter(pk=discussion.pk).update(seq=F("seq") + 1, last_at=now):
        raise Closed(why_closed(discussion))
    # The UPDATE holds the discussion's row: from here on nobody else numbers a comment in it, or calms it.
    _refuse_repeat(discussion, author, key)
    verdict = _by_what_stands(discussion, by, words, verdict)
    refuse_barred(by)
    _refuse_haste(discussion, by, now)
    if parent and not Comment.objects.shown().filter(pk=parent.pk, discussion=discussion).exists():
        raise Refused("The comment you are answering is not there any more.")
    discussion.refresh_from_db(fields=["seq"])
    comment = Comment(
        discussion=discussion,
        author=author,
        guest_name=by.name if isinstance(by, Guest) else "",
        parent=parent,
        seq=discussion.seq,
        client_key=key,
        posted_at=now,
    )
    write(comment, words)
    comment.answer = Vote.objects.filter(discussion=discussion, person=author).values_list("answer", flat=True).first()
    _number(comment, parent)
    judge(comment, verdict)
    comment.save()
    counters.move(comment, None, comment.state)
    if comment.state == State.SHOWN:
        transaction.on_commit(lambda: comment_shown.send(Comment, comment=comment))
    return comment


def _by_what_stands(discussion: Discussion, by: Person | Guest, words: Words, verdict: Screened) -> Screened:
    """The verdict, given anew if the discussion was calmed or let go while the comment was under way. Raises Closed."""
    known, discussion.standing = discussion.standing, list(discussion.calms.standing())
    if known == discussion.standing:
        return verdict
    if discussion.is_calmed(Measure.PAUSE):
        raise Closed(discussion.closed_because)
    return screen(look_at(discussion, by, words.body))


def _hold(by: Person | Guest) -> None:
    """Keep a person's account as it is until this transaction ends: of a ban and a comment at once, one comes first.

    The account before the discussion, as where accounts are deleted.
    """
    if not isinstance(by, Guest):
        get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)


def refuse_closed(discussion: Discussion, by: Person | Guest) -> None:
    """Raises Closed or Barred where it is known beforehand that nothing can be said. One query."""
    if not discussion.is_open:
        raise Closed(discussion.closed_because)
    refuse_barred(by)


def refuse_barred(by: Person | Guest) -> None:
    """Raises Barred for whoever may not post."""
    if why := sanctioning.why_barred(by):
        raise Barred(why)


def _refuse_repeat(discussion: Discussion, by: Person | None, key: uuid.UUID) -> None:
    known = Comment.objects.filter(discussion=discussion, client_key=key).first()
    if known and known.author_id == (by.pk if by else None):
        raise _Known(known)
    if known:
        raise Refused("This form was used already. Reload the page and post again.")


def _refuse_unadvised(verdict: Screened, advised: bool) -> None:
    if verdict.advice and not advised:
        raise Advised(" ".join(verdict.advice))


def _refuse_flood(by: Person | Guest, sender: str | None) -> None:
    """Guests are slowed where they ask for the mail that confirms their words."""
    if sender is None or isinstance(by, Guest):
        return
    if told := pace.why_too_fast(by, sender=sender):
        raise TooFast(told)


def _refuse_haste(discussion: Discussion, by: Person | Guest, now: datetime) -> None:
    """In slow mode a reader says one thing at a time; staff are not slowed."""
    if not discussion.pace or by.is_staff:
        return
    last = said_by(by).filter(discussion=discussion).order_by("-seq").values_list("posted_at", flat=True).first()
    left = math.ceil(discussion.pace - (now - last).total_seconds()) if last else 0
    if left > 0:
        raise TooFast(f"This discussion is in slow mode. Your words can go out in {spell(left)}.")


def why_closed(discussion: Discussion) -> str:
    """What whoever may not post now is told."""
    now = Discussion.objects.with_what_holds().get(pk=discussion.pk)
    return now.closed_because or CLOSED


def _number(comment: Comment, parent: Comment | None) -> None:
    """Give a reply its place under the head of its thread."""
    if parent is None:
        return
    root = parent.root_id or parent.pk
    Comment.objects.filter(pk=root).update(branch_size=F("branch_size") + 1)
    comment.root_id = root
    comment.reply_no = Comment.objects.values_list("branch_size", flat=True).get(pk=root)


def write(comment: Comment, words: Words) -> None:
    """Put words into a comment, as they were typed and as they are shown; not saved."""
    comment.body, comment.html = words.body, markup.render(words.body)
    comment.likeness = likeness(words.body)
    comment.is_spoiler, comment.spoiler_scope = words.is_spoiler, words.spoiler_scope


def judge(comment: Comment, verdict: Screened) -> None:
    """Put what the screens found into a comment; not saved."""
    comment.state, comment.held_for = verdict.state, verdict.sentence
    comment.severity, comment.is_flagged = verdict.severity, verdict.is_flagged
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
