"""One more of the readers' verbs: put one's own words in another way, while that is still possible."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from . import counters, second_look, shown
from .looking import look_at
from .models import Comment, Discussion, Wording
from .posting import Closed, Refused, Words, checked, judge, refuse_barred, write
from .screening import Screened, screen
from .signals import comment_hidden
from .workflow import State


class TooLate(Refused):
    """The words can be changed no more."""


class Changed(Refused):
    """The comment was changed meanwhile, by its author elsewhere or by a moderator's decision."""


@transaction.atomic
def edit(comment: Comment, words: Words, *, version: int, by: Person) -> Comment:
    """Change one's own words within five minutes; the screens look again, what was said before is kept.

    A comment that is held stays held; one that is shown may be held for its new words. The same words change nothing.
    Raises PermissionDenied, Refused, Closed, Barred, TooLate or Changed.
    """
    if comment.author_id != by.pk or not by.is_active:
        raise PermissionDenied("This comment is not yours.")
    refuse_barred(by)
    words = checked(words)
    discussion = Discussion.objects.select_for_update().get(pk=comment.discussion_id)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if not comment.may_be_edited(timezone.now()):
        raise TooLate("The five minutes for changes are over.")
    if comment.version != version:
        raise Changed("This comment has changed meanwhile. Look at it as it is now.")
    if not Discussion.objects.public().filter(pk=discussion.pk).exists():
        raise Closed("This discussion is closed.")
    if words == Words(comment.body, comment.is_spoiler, comment.spoiler_scope):
        return comment
    return _reword(comment, words, screen(look_at(discussion, by, words.body, as_changed=comment)))


def _reword(comment: Comment, words: Words, verdict: Screened) -> Comment:
    """Put other words in place of a comment's, under the lock of its discussion."""
    before, now = State(comment.state), timezone.now()
    Wording.objects.create(comment=comment, version=comment.version, body=comment.body, until=now)
    write(comment, words)
    told = comment.held_for
    judge(comment, verdict)
    if before == State.HELD:
        comment.state, comment.held_for, comment.is_flagged = State.HELD, verdict.sentence or told, False
    comment.edited_at, comment.reviewed_at, comment.version = now, None, comment.version + 1
    comment.save()
    second_look.order(comment)
    counters.move(comment, before, comment.state)
    changed(shown.talk(comment.discussion_id))
    if before == State.SHOWN and comment.state == State.HELD:
        transaction.on_commit(lambda: comment_hidden.send(Comment, comment=comment))
    return comment
