"""Phrases: what the screens look for in comments, as editors and moderators list it; and every change of the list."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..screening import Kind


class Phrase(models.Model):
    """A phrase of the list, or a site that is linked to. Added and taken off by `phrasing.change`."""

    LONGEST, LONGEST_KEY = 120, 400

    text = models.CharField("phrase", max_length=LONGEST)
    key = models.CharField(max_length=LONGEST_KEY, editable=False, help_text="Its folded words.")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=200, blank=True, help_text="Why, for whoever looks after the list.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "phrases of comments"
        ordering = ["text", "pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["key"], name="phrase_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="phrase_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text


class PhraseChange(models.Model):
    """One change of the list; its number is the version of the whole list. Written once, never changed."""

    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added = models.JSONField(default=list, help_text="Kind and text of each.")
    removed = models.JSONField(default=list, help_text="Kind and text of each.")

    class Meta:
        ordering = ["-version"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["version"], name="phrase_change_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"
