"""Error notes: readers say that a story has an error; an editor says what came of it."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from newsroom.lib.people import Person

from .article import Article


class ErrorNoteQuerySet(models.QuerySet["ErrorNote"]):
    """Which error notes ...?"""

    def open(self) -> Self:
        """Those that no editor has answered."""
        return self.filter(answered_at=None)

    def spotters(self) -> QuerySet["ErrorNote", dict[str, str]]:
        """The names of those who may be thanked, the first first, as `shown`; who has left is not named."""
        named = self.filter(may_be_thanked=True, said_by__is_active=True).order_by("at", "pk")
        return named.values(shown=Coalesce(NullIf(F("said_by__display_name"), Value("")), F("said_by__username")))

    def visible_to(self, user: Person | AnonymousUser) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))


class ErrorNote(models.Model):
    """What a reader said is wrong in a story, and where: `address` is that of the comment it was said of."""

    class Answer(models.TextChoices):
        """What the editors found."""

        FIXED = "fixed", "It was an error, and is mended"
        NO_ERROR = "no-error", "It is no error"

    article = models.ForeignKey(Article, models.CASCADE, related_name="error_notes")
    text = models.CharField(max_length=1000)
    address = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="error_notes")
    may_be_thanked = models.BooleanField(default=False, help_text="Whether a correction may name who spotted it.")
    at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    correction = models.ForeignKey("Correction", models.SET_NULL, null=True, related_name="error_notes")

    objects = ErrorNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        verbose_name = "error that readers report"
        verbose_name_plural = "errors that readers report"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="error_note_answered_with_something",
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], condition=Q(answered_at=None), name="error_note_open")]

    def __str__(self) -> str:
        return self.text[:60]
