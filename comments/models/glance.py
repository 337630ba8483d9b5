"""Glances: which moderator has a comment before them, or had it and went on."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from .comment import Comment

# So long a comment is somebody's to decide on, as the others are told (Discourse's soft claim).
CLAIM = timedelta(minutes=2)
# So long it is told that somebody has seen it and gone on.
TOLD = timedelta(days=1)


class GlanceQuerySet(models.QuerySet["Glance"]):
    """Whose glances ...?"""

    def of_late(self) -> Self:
        return self.filter(at__gt=timezone.now() - TOLD)

    def by_others(self, person: models.Model) -> Self:
        return self.exclude(by=person.pk)


class Glance(models.Model):
    """The last time that a moderator had a comment before them."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="glances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="When they opened it, if its words were folded as severe.")

    objects = GlanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "by"], name="glance_once")]
        indexes = [models.Index(fields=["by", "opened_at"], name="glance_of_person")]

    def __str__(self) -> str:
        return f"{self.by} at comment {self.comment_id}"

    @property
    def is_claim(self) -> bool:
        """Whether whoever it was is still at it."""
        return self.at > timezone.now() - CLAIM

    @property
    def sentence(self) -> str:
        """What the others are told."""
        return f"{self.by.name} is looking at this" if self.is_claim else f"{self.by.name} has seen it and gone on"
