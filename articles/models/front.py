"""Slot: a story's place on the front page or a section's, for a time. Fronts are composed by articles/fronts.py."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from ..layout import MACHINE, Place
from ..story import Card
from .edition import Edition, EditionQuerySet


def active_q(prefix: str = "", at: datetime | None = None) -> Q:
    """The one definition of a slot whose time has come and is not over; `at` is now, unless told.

    What the machine fills is what it is now, also where one looks ahead: nobody knows what will be read.
    """
    now, by_machine = timezone.now(), Q(**{f"{prefix}place__in": MACHINE})
    return (~by_machine & _during(prefix, at or now)) | (by_machine & _during(prefix, now))


def _during(prefix: str, at: datetime) -> Q:
    begun = Q(**{f"{prefix}starts_at__lte": at})
    return begun & (Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": at}))


class SlotQuerySet(models.QuerySet["Slot"]):
    """Which slots ...?"""

    def of_front(self, section: int | None) -> Self:
        """Those of a section's front (by its key), or with None of the front page."""
        return self.filter(section=section) if section else self.filter(section__isnull=True)

    def by_hand(self) -> Self:
        return self.exclude(place__in=MACHINE)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


def slotted(editions: EditionQuerySet, section: int | None, at: datetime | None = None) -> EditionQuerySet:
    """Those of these editions that have an active slot on a front, each with it as `slot`, in order: one query.

    An edition with two slots is there twice; one without any is not. So what is not live is simply not there.
    """
    active = FilteredRelation("article__slots", condition=active_q("article__slots__", at))
    there = Q(slot__section=section) if section else Q(slot__section__isnull=True)
    rows = editions.annotate(slot=active).filter(there, slot__isnull=False).select_related("slot__image")  # type: ignore[misc]
    return rows.order_by("slot__position", "slot__pk").defer(*Edition.HEAVY)


class Slot(models.Model):
    """A story in a place of a front, from a moment until another; its order among those of the same place."""

    section = models.ForeignKey(
        "Section", models.CASCADE, null=True, related_name="slots", help_text="None for the front page."
    )
    place = models.CharField(max_length=10, choices=Place)
    position = models.PositiveIntegerField(default=0)
    article = models.ForeignKey("Article", models.CASCADE, related_name="slots")
    headline = models.CharField(
        max_length=200, blank=True, help_text="For the card. Empty: the story’s own, as lists show it."
    )
    image = models.ForeignKey(
        "Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="slots",
        verbose_name="picture",
        help_text="For the card. None: the story’s own.",
    )
    starts_at = models.DateTimeField("from", default=timezone.now)
    ends_at = models.DateTimeField("until", null=True, blank=True, help_text="Empty: until you take it away.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "slot"
        verbose_name_plural = "fronts"
        ordering = ["place", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_start",
                violation_error_message="It must end after it starts.",
            ),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="slot_place_known"),
        ]
        indexes = [models.Index(fields=["section", "place", "position"], name="slot_front")]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: story no. {self.article_id}"

    @property
    def is_waiting(self) -> bool:
        return self.starts_at > timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    def dressed(self, card: Card) -> Card:
        """The story's card with the headline and the picture that this place gives it; none whose rights are over."""
        return card.dressed(headline=self.headline, picture=self.image.picture if self.image else None)
