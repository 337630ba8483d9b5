"""Saved views: what somebody asks of the list of stories again and again, under a name."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from newsroom.lib.people import Person


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views ...?"""

    def for_person(self, user: "Person | AnonymousUser") -> Self:
        """Their own, and those that are shared with all."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True))


class SavedView(models.Model):
    """One view. `query` holds only what the list knows, cleaned before it came here."""

    NAME_LENGTH = 60

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
