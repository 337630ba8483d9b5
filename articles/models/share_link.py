"""Share links: a door to one unpublished story for somebody without an account, for some days."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Which links ...?"""

    def open(self) -> Self:
        """Those that still open something: none to a story in the trash."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), article__trashed_at=None)


class ShareLink(models.Model):
    """One link. Only a hash of its token is kept: who reads the database opens no story with it."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="share_links")
    revision = models.ForeignKey(
        "Revision",
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="The words it shows; none: the draft as it is.",
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="share_link_lasts"),
        ]

    def __str__(self) -> str:
        return f"Link until {self.expires_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
