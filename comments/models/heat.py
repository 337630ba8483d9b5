"""Heats: when a discussion was hot, by which figures, what was proposed, and what moderators made of it."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..heat import Figures
from ..workflow import Measure
from .discussion import Discussion

# What was not hot for so long, and is again, is another time.
PAUSE_BETWEEN = timedelta(minutes=30)


class HeatQuerySet(models.QuerySet["Heat"]):
    """Which heats ...?"""

    def current(self) -> Self:
        """Those that are not over: hot a moment ago."""
        return self.filter(seen_at__gt=timezone.now() - PAUSE_BETWEEN)

    def unanswered(self) -> Self:
        """What moderators are asked about now, the last seen first."""
        return self.current().filter(answered_at=None).order_by("-seen_at", "-pk")

    def untold(self) -> Self:
        return self.current().filter(told_at=None)


class Heat(models.Model):
    """One time that a discussion was hot, with the figures it had last and the strongest measure proposed."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="heats")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When it was hot last.")
    comments = models.PositiveIntegerField()
    usual = models.FloatField()
    reports = models.PositiveIntegerField()
    weight = models.FloatField()
    held = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    measure = models.CharField(max_length=10, choices=Measure)
    answered_at = models.DateTimeField(null=True, help_text="When it was calmed, or left as it is.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="When moderators were mailed; once.")

    objects = HeatQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(measure__in=Measure.values), name="heat_measure_known")]
        indexes = [models.Index(fields=["seen_at"], name="heat_seen_at")]

    def __str__(self) -> str:
        return f"Heat of discussion {self.discussion_id}"

    @property
    def figures(self) -> Figures:
        return Figures(self.comments, self.usual, self.reports, self.weight, self.held, self.rejected)
