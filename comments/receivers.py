"""What the discussion does when something happens to a story. Connected in newsroom/apps.py."""

from articles.models import Edition

from . import posting


def seed_discussion(sender: object, edition: Edition, **kwargs: object) -> None:
    """A story's first edition brings its discussion, with the setting the story had then."""
    posting.open_for(edition)
