"""What the discussion does when something happens to a story or a comment. Connected in newsroom/apps.py."""

from articles.models import Article, Edition
from newsroom.lib.tasks import enqueue

from . import posting, second_look, telling
from .models import Comment, Decision, Discussion


def seed_discussion(sender: object, edition: Edition, **kwargs: object) -> None:
    """A story's first edition brings its discussion, with the setting the story had then."""
    posting.open_for(edition)


def discard_discussion(sender: object, article: Article, **kwargs: object) -> None:
    """A story that goes for good takes its discussion with it: nobody could read it any more."""
    comments = Comment.objects.filter(discussion__article=article)
    # Comments protect what they answer; here all go at once.
    comments.update(parent=None, root=None, reply_no=0)
    comments.delete()
    Discussion.objects.filter(article=article).delete()


def note_shown(sender: object, comment: Comment, **kwargs: object) -> None:
    """Whoever a comment concerns is told once it can be read."""
    enqueue(telling.tell_of_comment, comment=comment.pk)


def note_picked(sender: object, comment: Comment, **kwargs: object) -> None:
    enqueue(telling.tell_of_pick, comment=comment.pk)


def note_ruled(sender: object, decision: Decision, **kwargs: object) -> None:
    """Its author is told, and the screens outside learn from it."""
    enqueue(telling.tell_of_ruling, decision=decision.pk)
    second_look.order_lesson(decision)
