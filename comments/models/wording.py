"""Wordings: what a comment said before it was edited. Written once, never changed but by erasing."""

from django.db import models

from .comment import Comment


class Wording(models.Model):
    """The text a comment had as `version`, until `until`."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="wordings")
    version = models.PositiveIntegerField()
    body = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="wording_once")]

    def __str__(self) -> str:
        return f"Comment {self.comment_id} as version {self.version}"
