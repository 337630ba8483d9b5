"""Embargo: a promise to a source that no reader has the story before a moment."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    """Which embargoes ...?"""

    def standing(self) -> Self:
        """Those that bind us now."""
        return self.filter(broken_at=None, lifts_at__gt=timezone.now())


class Embargo(models.Model):
    """What was promised, to whom, until when. It belongs to the story, not to its words: no copy inherits it."""

    article = models.OneToOneField("Article", models.CASCADE, related_name="embargo")
    lifts_at = models.DateTimeField()
    source = models.CharField(max_length=200, help_text="Who gave us the story under embargo.")
    contact = models.CharField(max_length=200, blank=True, help_text="Whom to ask.")
    terms = models.TextField(blank=True, help_text="What else was agreed.")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    broken_at = models.DateTimeField(null=True)
    broken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True, help_text="Why it was broken.")

    objects = EmbargoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(broken_at__isnull=True, reason="") | (Q(broken_at__isnull=False) & ~Q(reason="")),
                name="embargo_broken_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(lifts_at__gt=models.F("set_at")), name="embargo_set_before_it_lifts"),
        ]

    def __str__(self) -> str:
        return f"Embargo of {self.source} until {self.lifts_at:%Y-%m-%d %H:%M}"

    @property
    def stands(self) -> bool:
        return self.broken_at is None and self.lifts_at > timezone.now()
