"""Following: of which discussions somebody wants to hear everything, and of which nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .discussion import Discussion


class Following(models.Model):
    """What one person wants to hear of one discussion; without a row, what concerns them."""

    class Mode(models.TextChoices):
        """How much."""

        FOLLOW = "follow", "Everything that is said"
        MUTE = "mute", "Nothing"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followings")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="followings")
    mode = models.CharField(max_length=6, choices=Mode)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "discussion"], name="following_once"),
            models.CheckConstraint(condition=Q(mode__in=["follow", "mute"]), name="following_mode_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} wants to {self.mode} discussion {self.discussion_id}"
