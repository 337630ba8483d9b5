"""Rules of the house: how discussions begin on the whole site and in a section, and the switch that pauses them all."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from articles.models import Section

from ..workflow import STRICTNESS, Mode

TAKES_GUESTS = "Who has no account may comment with a name and an address, which is confirmed by mail before it counts."


class RulesQuerySet(models.QuerySet["Rules"]):
    """Which rules ...?"""

    def seed(self, section: int, mode: str, began: datetime) -> dict[str, object]:
        """How the discussion of a story of this section begins: the strictest mode, the earliest end, the slowest pace.

        Guests come in where all rules there are for it let them.

        `mode` is what the story itself asks for. One query.
        """
        rows = list(self.filter(Q(section=section) | Q(section=None)))
        days = [row.closes_after_days for row in rows if row.closes_after_days]
        return {
            "mode": max([mode, *(row.mode for row in rows)], key=STRICTNESS.index),
            "closes_at": began + timedelta(days=min(days)) if days else None,
            "slow_seconds": max((row.slow_seconds for row in rows), default=0),
            "takes_guests": bool(rows) and all(row.takes_guests for row in rows),
        }


class Rules(models.Model):
    """How discussions begin in a section, or with none on the whole site. What began already goes its own way."""

    section = models.OneToOneField(
        Section, models.CASCADE, null=True, blank=True, related_name="+", help_text="None: the whole site."
    )
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.OPEN)
    takes_guests = models.BooleanField("takes guests", default=False, help_text=TAKES_GUESTS)
    closes_after_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(3650)], help_text="After its story came out. Empty: never."
    )
    slow_seconds = models.PositiveIntegerField(
        "slow mode",
        default=0,
        validators=[MaxValueValidator(86_400)],
        help_text="Seconds between two comments of one reader.",
    )
    is_paused = models.BooleanField(
        "pause every discussion", default=False, help_text="Of the whole site: nobody may post until it is taken back."
    )
    calms_heat = models.BooleanField(
        "calm what heats up",
        default=False,
        help_text="Of the whole site: a discussion that heats up is calmed for an hour. Else moderators are asked.",
    )
    pause_message = models.CharField(
        max_length=200, blank=True, default="Comments are paused for a while. Please come back later."
    )

    objects = RulesQuerySet.as_manager()

    class Meta:
        verbose_name = "rules of discussions"
        verbose_name_plural = "rules of discussions"
        ordering = ["section__position", "section__name"]
        constraints = [
            # An expression that is the same for every row without a section.
            models.UniqueConstraint(
                Coalesce("section", Value(0)),
                name="rules_once",
                violation_error_message="There are rules for this already.",
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="rules_mode_known"),
            models.CheckConstraint(
                condition=Q(is_paused=False) | (Q(section__isnull=True) & ~Q(pause_message="")),
                name="rules_pause_is_of_the_site_and_said",
                violation_error_message="Only the whole site is paused, and readers are told why.",
            ),
            models.CheckConstraint(
                condition=Q(calms_heat=False) | Q(section__isnull=True),
                name="rules_heat_is_calmed_everywhere",
                violation_error_message="What heats up is calmed on the whole site, or nowhere.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.section) if self.section else "The whole site"
