"""Calms: how moderators slowed, screened or paused a discussion for a while, and why. Written once, and lifted."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.template.defaultfilters import date
from django.utils import timezone

from ..workflow import Measure

SLOWEST = 86_400
REASON_LENGTH = 150


class CalmQuerySet(models.QuerySet["Calm"]):
    """Which measures ...?"""

    def standing(self) -> Self:
        """Those that hold at this moment, by the clock: nobody has to end them."""
        return self.filter(_stands())

    def standing_first(self) -> Self:
        """Those that hold, then those that are over; of each the latest first."""
        return self.alias(stands=_stands()).order_by("-stands", "-began_at", "-pk")


def _stands() -> Q:
    return Q(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), lifted_at=None)


class Calm(models.Model):
    """A layer over the mode that the story's editors chose, which stays as it is. `by` is None for what rules began."""

    discussion = models.ForeignKey("Discussion", models.CASCADE, related_name="calms")
    measure = models.CharField("What holds?", max_length=10, choices=Measure)
    seconds = models.PositiveIntegerField(
        "Seconds between two comments of one reader",
        default=0,
        validators=[MinValueValidator(1), MaxValueValidator(SLOWEST)],
        help_text="Of a slowed discussion.",
    )
    reason = models.CharField("Why?", max_length=REASON_LENGTH, help_text="Readers are told in these words.")
    is_automatic = models.BooleanField(default=False, help_text="Begun by the rules, and by no person.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, help_text="None: until it is lifted.")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = CalmQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="calm_measure_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="calm_has_a_reason"),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("began_at")), name="calm_ends_later"),
            models.CheckConstraint(
                condition=Q(measure=Measure.SLOW, seconds__gte=1) | (~Q(measure=Measure.SLOW) & Q(seconds=0)),
                name="calm_seconds_of_what_is_slow",
            ),
        ]
        indexes = [models.Index(fields=["discussion"], condition=Q(lifted_at=None), name="calm_not_lifted")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: discussion {self.discussion_id}"

    @property
    def is_standing(self) -> bool:
        """Whether it holds at this moment."""
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > timezone.now())

    @property
    def begun_by(self) -> str:
        """Who it was, for moderators."""
        return self.by.name if self.by else "the rules" if self.is_automatic else "somebody who has left"

    @property
    def until(self) -> str:
        """When it ends, as a clock or, on another day, a calendar says it; "" for what ends when it is lifted."""
        if self.ends_at is None:
            return ""
        end = timezone.localtime(self.ends_at)
        return date(end, "H:i" if end.date() == timezone.localdate() else "j F, H:i")

    @property
    def told(self) -> str:
        """The measure, its end and its reason, to readers: "Paused until 21:30: ..."."""
        until = f" until {self.until}" if self.until else ""
        how = f", one comment in {spell(self.seconds)}" if self.measure == Measure.SLOW else ""
        itself = " automatically" if self.is_automatic else ""
        return f"{self.get_measure_display()}{itself}{until}{how}: {self.reason}"


def spell(seconds: int) -> str:
    """A short while in words, in whole minutes from one on."""
    minutes = -(-seconds // 60)
    return f"{seconds} second{'s' * (seconds != 1)}" if seconds < 60 else f"{minutes} minute{'s' * (minutes != 1)}"
