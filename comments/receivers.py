"""What the discussion does when something happens to a story. Connected in newsroom/apps.py."""

from articles.models import Article, Edition

from . import posting
from .models import Comment, Discussion


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
