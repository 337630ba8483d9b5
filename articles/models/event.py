"""Events: who did what to which story, and when. Written once, never changed."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened to a story."""

    class Kind(models.TextChoices):
        CREATED = "created", "Created"
        SAVED = "saved", "Saved"
        TAKEN_OVER = "taken_over", "Taken over"
        SUBMITTED = "submitted", "Submitted for review"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        RESCHEDULED = "rescheduled", "Moved to another moment"
        UNSCHEDULED = "unscheduled", "Unscheduled"
        UNPUBLISHED = "unpublished", "Unpublished"
        RETRACTED = "retracted", "Retracted"
        BROUGHT_BACK = "brought_back", "Brought back"
        ROLLED_BACK = "rolled_back", "Rolled back"
        CORRECTED = "corrected", "Correction added"
        CORRECTION_WITHDRAWN = "correction_withdrawn", "Correction withdrawn"
        EXPIRY_SET = "expiry_set", "End set"
        EMBARGOED = "embargoed", "Embargo set"
        EMBARGO_BROKEN = "embargo_broken", "Embargo broken"
        SHARED = "shared", "Link shared"
        UNSHARED = "unshared", "Link closed"
        ASSIGNED = "assigned", "Assigned"
        NOTED = "noted", "Note written"
        NOTE_RESOLVED = "note_resolved", "Note resolved"
        NOTE_REOPENED = "note_reopened", "Note opened again"
        IMPORTED = "imported", "Imported"
        DUPLICATED = "duplicated", "Duplicated"
        TRASHED = "trashed", "Put in the trash"
        PUT_BACK = "put_back", "Put back from the trash"
        DELETED = "deleted", "Deleted for good"
        CURATED = "curated", "Place on a front changed"

    # What brings the working copy on its way, or back.
    MOVES = (Kind.SUBMITTED, Kind.SENT_BACK, Kind.APPROVED, Kind.PUBLISHED, Kind.SCHEDULED)
    # What happens beside the words: the version does not move.
    BESIDE = (
        *(Kind.CORRECTED, Kind.CORRECTION_WITHDRAWN, Kind.EMBARGOED, Kind.EMBARGO_BROKEN, Kind.SHARED, Kind.UNSHARED),
        *(Kind.ASSIGNED, Kind.NOTED, Kind.NOTE_RESOLVED, Kind.NOTE_REOPENED, Kind.CURATED),
    )

    article = models.ForeignKey("Article", models.SET_NULL, null=True, related_name="events")
    deleted_story = models.CharField(
        max_length=240, blank=True, help_text="Number and headline of a story that is gone, of which only this remains."
    )
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    edition = models.ForeignKey("Edition", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(help_text="The version of the words it was done to.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False) | ~models.Q(deleted_story=""), name="event_has_a_story"
            ),
        ]
        indexes = [
            models.Index(fields=["article", "-at"], name="event_article_at"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
