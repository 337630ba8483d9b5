"""Read marks: how far somebody has read a discussion, as one number."""

from django.conf import settings
from django.db import models

from .discussion import Discussion


class ReadMark(models.Model):
    """The number of the newest comment that a person had before them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "discussion"], name="readmark_once")]

    def __str__(self) -> str:
        return f"{self.person_id} has read discussion {self.discussion_id} up to {self.seq}"
