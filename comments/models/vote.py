"""Votes: which answer to a story's question somebody has chosen. The discussion keeps the counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .discussion import VOTED, Discussion


class Vote(models.Model):
    """One person's choice in one discussion: the place of an answer, from 1."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    answer = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["discussion", "person"], name="vote_once"),
            models.CheckConstraint(condition=Q(answer__range=(1, len(VOTED))), name="vote_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} chose {self.answer} in discussion {self.discussion_id}"
