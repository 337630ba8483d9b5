"""Reports: which reader finds what wrong with which comment. Moderators decide."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..workflow import Complaint
from .comment import Comment


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports ...?"""

    def open(self) -> Self:
        """What moderators have not answered yet; an error in the story is the editors' business."""
        return self.filter(handled_at=None).exclude(reason=Complaint.ERROR)


class Report(models.Model):
    """One reader's report of one comment as it stood at `version`, for one reason."""

    class Outcome(models.TextChoices):
        """What became of the comment."""

        UPHELD = "upheld", "The comment was taken down"
        KEPT = "kept", "A moderator looked at it, and it stays"

    MAX_LENGTH = 1000

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    version = models.PositiveIntegerField(help_text="Of the comment's words.")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports")
    reason = models.CharField(max_length=10, choices=Complaint)
    text = models.CharField(max_length=MAX_LENGTH, blank=True)
    weight = models.FloatField(default=1.0, help_text="More for who was right before, less for who was not.")
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reporter", "reason"], name="report_once"),
            models.CheckConstraint(condition=Q(reason__in=Complaint.values), name="report_reason_known"),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, outcome="") | (Q(handled_at__isnull=False) & ~Q(outcome="")),
                name="report_handled_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["comment"], condition=Q(handled_at=None), name="report_open"),
            models.Index(fields=["comment"], condition=Q(reason="error"), name="report_error"),
            models.Index(fields=["reporter", "at"], name="report_of_person"),
            models.Index(fields=["at"], name="report_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: comment {self.comment_id}"
