"""Presence: who has which story open, and which page wrote its working copy last."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

# Pages are seen every 10 seconds; a sleeping browser tab at least once a minute.
GONE_AFTER = timedelta(seconds=150)


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Who is where?"""

    def here(self) -> Self:
        """Pages seen lately, in the order in which their people came."""
        return self.filter(seen_at__gt=timezone.now() - GONE_AFTER).order_by("opened_at", "pk")

    def gone(self) -> Self:
        return self.filter(seen_at__lte=timezone.now() - GONE_AFTER)


class Presence(models.Model):
    """One person's open page of one story. `page` is a random word of that page, and no secret of the person's."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    opened_to_write = models.BooleanField(default=False)
    is_writing = models.BooleanField("has words that are not saved", default=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user", "page"], name="presence_page_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"{self.user} in {self.article_id} since {self.opened_at:%H:%M}"

    @property
    def is_gone(self) -> bool:
        return self.seen_at <= timezone.now() - GONE_AFTER


class LastPage(models.Model):
    """The page whose words the working copy holds, so that a page is never in conflict with itself.

    That page wrote every version after `since_version`, up to `version`; `turn` counts its changes.
    """

    article = models.OneToOneField("Article", models.CASCADE, primary_key=True, related_name="last_page")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    since_version = models.PositiveIntegerField()
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.article_id}: version {self.version} by {self.user}"

    def note(self, turn: int) -> None:
        """What the page says is stored, up to this change of it."""
        self.turn = max(self.turn, turn)
        self.save(update_fields=["turn"])
