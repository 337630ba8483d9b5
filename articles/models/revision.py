"""Revisions: the whole draft as it was at each explicit save. Written once, never changed."""

from django.conf import settings
from django.db import models

from ..draft import Draft


class Revision(models.Model):
    """A story's working copy at one version, every field and relation of it."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    source = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="revision_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def draft(self) -> Draft:
        return Draft.from_json(self.source)
