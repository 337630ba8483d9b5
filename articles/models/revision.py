"""Revisions: the whole draft at each explicit save and at each step that leaves the desk.

Its words are written once and never changed. Its kind may be raised when something is done to those very
words (saved, then submitted, then published), and its name is a label.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..draft import Draft


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Which revisions ...?"""

    def of_working_copy(self) -> Self:
        """What the story's working copy was, newest first; not what somebody's conflict set aside."""
        return self.exclude(kind=Revision.Kind.SET_ASIDE)

    def plain_saves(self) -> Self:
        """Saves that nobody named and from which nothing followed: the only ones that may go."""
        return self.filter(kind=Revision.Kind.SAVED, name="")


class Revision(models.Model):
    """A story's words at one version, every field and relation of them."""

    class Kind(models.TextChoices):
        """In rising order: a revision's kind is never lowered."""

        SET_ASIDE = "set_aside", "Set aside"
        SAVED = "saved", "Saved"
        IMPORTED = "imported", "Imported"
        RESTORED = "restored", "Restored"
        TAKEN_OVER = "taken_over", "Taken over"
        SUBMITTED = "submitted", "Submitted"
        PUBLISHED = "published", "Published"
        CORRECTED = "corrected", "Corrected"

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(help_text="Of the working copy; when set aside, of what it was written on.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SAVED)
    name = models.CharField(max_length=80, blank=True)
    source = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "version"], condition=~Q(kind="set_aside"), name="revision_version_once"
            ),
        ]
        indexes = [models.Index(fields=["article", "-made_at"], name="revision_article_made")]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def draft(self) -> Draft:
        return Draft.from_json(self.source)

    @property
    def is_set_aside(self) -> bool:
        return self.kind == self.Kind.SET_ASIDE

    def outranks(self, kind: str) -> bool:
        """Whether it is known for more than `kind` already."""
        kinds = list(self.Kind)
        return kinds.index(self.Kind(self.kind)) >= kinds.index(self.Kind(kind))
