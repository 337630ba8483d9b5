"""Mutes: whose comments a person would rather not read. Nobody else knows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Mute(models.Model):
    """One person, muted by another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "muted"], name="mute_once"),
            models.CheckConstraint(condition=~Q(person=F("muted")), name="mute_others_only"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} mutes {self.muted_id}"
