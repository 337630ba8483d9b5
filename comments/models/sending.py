"""Sendings: that somebody sent a comment, for the limits. Neither who nor from where can be read from it."""

from django.db import models


class Sending(models.Model):
    """One comment on its way in; forgotten after a day."""

    at = models.DateTimeField(db_index=True)
    person = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "at"], name="sending_person"),
            models.Index(fields=["sender", "at"], name="sending_sender"),
        ]

    def __str__(self) -> str:
        return f"At {self.at:%H:%M}"
