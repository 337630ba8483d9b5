"""Notes: what colleagues say to each other about a story. In no edition, and never public."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from newsroom.lib.people import Person

from .article import Article


class NoteQuerySet(models.QuerySet["Note"]):
    """Which notes ...?"""

    def threads(self) -> Self:
        """Notes that answer no other."""
        return self.filter(parent=None)

    def open(self) -> Self:
        """Notes that somebody should still do something about."""
        return self.threads().filter(resolved_at=None)

    def visible_to(self, user: Person | AnonymousUser) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))

    def concerning(self, person: Person) -> Self:
        """Notes that mention this person, there or in an answer, and notes on this person's stories."""
        answers = Note.objects.filter(parent=OuterRef("pk"), mentions=person)
        here = Note.objects.filter(pk=OuterRef("pk"), mentions=person)
        # Asked of the few open notes, and not of every story whether it is theirs.
        own = Article.objects.own(person).filter(pk=OuterRef("article"))
        return self.filter(Exists(here) | Exists(answers) | Exists(own))


class Note(models.Model):
    """A note, or an answer to one. Its words are written once; a note can be resolved, and opened again."""

    MAX_LENGTH = 2000

    article = models.ForeignKey(Article, models.CASCADE, related_name="notes")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = NoteQuerySet.as_manager()
    if TYPE_CHECKING:
        answers: QuerySet["Note"]

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
            models.CheckConstraint(condition=Q(parent=None) | Q(resolved_at=None), name="note_answer_not_resolved"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="note_answers_another"),
        ]
        indexes = [
            models.Index(fields=["-at"], condition=Q(parent=None, resolved_at=None), name="note_open"),
        ]

    def __str__(self) -> str:
        return f"Note {self.at:%Y-%m-%d %H:%M}"
