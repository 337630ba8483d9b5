"""Exclusions: an address of mail, or all addresses of a domain, from which nobody may comment."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from newsroom.lib.people import Person
from newsroom.lib.senders import mark

from ..workflow import Reason
from .remit import limits_of

SALT = "comments.exclusion"


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    """Which exclusions ...?"""

    def standing(self) -> Self:
        """Those that count at this moment, by the clock."""
        return self.filter(Q(until=None) | Q(until__gt=Now()), lifted_at=None)

    def standing_first(self) -> Self:
        """None that counts is behind one that is over."""
        return self.order_by(F("lifted_at").asc(nulls_first=True), F("until").desc(nulls_first=True), "-pk")

    def seen_by(self, moderator: Person) -> Self:
        """Domains, and guests that are this moderator's business: of one for some sections, those they shut out."""
        return self.exclude(~Q(by=moderator.pk), domain="") if limits_of(moderator) else self

    def of(self, email: str) -> Self:
        """Those of an address: of itself, of its domain, and of the domains above. Of no address none."""
        if not email:
            return self.none()
        labels = email.lower().rpartition("@")[2].split(".")
        domains = [".".join(labels[first:]) for first in range(len(labels))]
        return self.filter(Q(address=mark_of(email)) | Q(domain__in=domains))


class Exclusion(models.Model):
    """From one address, of which only a mark is kept, or from a domain; lifted, never deleted."""

    domain = models.CharField(max_length=253, blank=True)
    address = models.CharField(max_length=64, blank=True, help_text="What can be compared and not read.")
    name = models.CharField(max_length=60, blank=True, help_text="Of the guest who wrote from the address.")
    reason = models.CharField(max_length=20, choices=Reason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="None: until it is lifted.")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="When the guest was mailed.")

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(domain="") & ~Q(address="") | Q(address="") & ~Q(domain=""), name="exclusion_of_one"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("began_at")), name="exclusion_ends_later"),
        ]
        indexes = [
            models.Index(fields=["domain"], condition=~Q(domain=""), name="exclusion_domain"),
            models.Index(fields=["address"], condition=~Q(address=""), name="exclusion_address"),
        ]

    def __str__(self) -> str:
        return self.domain or (f"the guest {self.name}" if self.name else "a guest who has left")

    @property
    def is_standing(self) -> bool:
        """Whether it counts at this moment."""
        return not self.lifted_at and (self.until is None or self.until > timezone.now())

    @property
    def sentence(self) -> str:
        """What it means for somebody with such an address, to themselves."""
        whose = f"addresses at {self.domain}" if self.domain else "your address"
        until = f" until {timezone.localtime(self.until):%-d %B %Y, %H:%M}" if self.until else ""
        return f"No comments are taken from {whose}{until}: {self.get_reason_display().lower()}."


def mark_of(email: str) -> str:
    """By what an address is known here."""
    return mark(email.lower(), salt=SALT)
