"""Likes: who liked which comment. There is no other reaction, and nothing counts against a comment."""

from django.conf import settings
from django.db import models

from .comment import Comment


class Like(models.Model):
    """One person's like of one comment; the comment keeps the count."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="likes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "comment"], name="like_once")]

    def __str__(self) -> str:
        return f"{self.person_id} likes comment {self.comment_id}"
