"""Tallies: how much was said on a day, and what was decided on it, for figures that cost the same after any number."""

from datetime import timedelta

from django.db import models

# Up to how long a decision took; the last of all is longer.
WITHIN = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
DID_NOT_WAIT = -1
POSTED = "posted"


class Tally(models.Model):
    """So many of one kind on a day. `what` is POSTED, or a ruling; `reason` a moderator's, or a screen's rule with its
    version.

    `within` says how long held comments had waited: a place in WITHIN, len(WITHIN) for longer, DID_NOT_WAIT for others.
    """

    day = models.DateField()
    what = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True)
    is_automated = models.BooleanField(default=False)
    within = models.SmallIntegerField(default=DID_NOT_WAIT)
    number = models.PositiveIntegerField()
    overturned = models.PositiveIntegerField(default=0, help_text="Of these, how many were decided otherwise since.")

    class Meta:
        ordering = ["day", "what", "reason", "within"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "what", "reason", "is_automated", "within"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number} × {self.what}"

    @property
    def rule(self) -> str:
        """The rule that a screen went by, in whatever version."""
        rule, _, version = self.reason.rpartition(" ")
        return rule if version.isdigit() else self.reason
