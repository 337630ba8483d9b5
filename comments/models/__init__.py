"""Rows of the comments app, and the questions asked of them."""

from .comment import Comment
from .decision import Decision
from .discussion import Discussion

__all__ = ["Comment", "Decision", "Discussion"]
