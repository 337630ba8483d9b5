"""Sanctions: what moderators did about a person, from when, until when, why, and what the person answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from ..workflow import BARS, Penalty, Reason


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Which sanctions ...?"""

    def standing(self) -> Self:
        """Those that count at this moment, by the clock; a warning until it is acknowledged."""
        over = Q(kind=Penalty.WARN, acknowledged_at__isnull=False) | Q(until__lte=Now())
        return self.filter(lifted_at=None).exclude(over)

    def barring(self) -> Self:
        """Those with which nobody may post; the one that lasts longest first."""
        return self.standing().filter(kind__in=BARS).order_by(F("until").desc(nulls_first=True), "-pk")

    def appealed(self) -> Self:
        """Those whose answer waits for one of ours, the longest waiting first."""
        return self.filter(appealed_at__isnull=False, answered_at=None, lifted_at=None).order_by("appealed_at", "pk")

    def untold(self) -> Self:
        return self.filter(told_at=None)


class Sanction(models.Model):
    """What a moderator did about a person; lifted, never deleted, as long as the account is there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=Penalty)
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.CharField(max_length=500, blank=True, help_text="To the person.")
    with_comments = models.BooleanField(default=False, help_text="What the person had said was taken down with it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="None: until it is lifted.")
    acknowledged_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    appeal = models.TextField(blank=True, help_text="What the person answers; once.")
    appealed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True, help_text="Ours, with which it stays or is lifted.")
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When the person was mailed what has changed last.")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Penalty.values), name="sanction_kind_known"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("began_at")), name="sanction_ends_later"),
            models.CheckConstraint(
                condition=~Q(kind=Penalty.SUSPEND) | Q(until__isnull=False), name="sanction_suspension_ends"
            ),
        ]
        indexes = [
            models.Index(
                "appealed_at", name="sanction_appealed", condition=Q(appealed_at__isnull=False, answered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of person {self.person_id}"

    @property
    def is_standing(self) -> bool:
        """Whether it counts at this moment."""
        if self.lifted_at or (self.kind == Penalty.WARN and self.acknowledged_at):
            return False
        return self.until is None or self.until > timezone.now()

    @property
    def awaits_answer(self) -> bool:
        """Whether the person has said something to it that nobody has answered, be it over or not."""
        return bool(self.appealed_at) and not self.answered_at and not self.lifted_at

    @property
    def may_be_lifted(self) -> bool:
        """Whether a moderator can still say that it was wrong."""
        return not self.lifted_at and (self.is_standing or self.awaits_answer)

    @property
    def may_appeal(self) -> bool:
        return self.is_standing and self.appealed_at is None

    @property
    def sentence(self) -> str:
        """What it means for the person, to the person."""
        return {
            Penalty.WARN: "A moderator has warned you. You can go on once you have read it.",
            Penalty.HOLD: "A moderator reads your comments before others do.",
            Penalty.SUSPEND: "You cannot comment for a while.",
            Penalty.BAN: "You cannot comment here any more.",
        }[Penalty(self.kind)]


class Remark(models.Model):
    """What moderators tell each other of a person, who does not see it here but in what they take with them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remarks")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text
