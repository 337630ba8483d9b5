"""Staff notices: what a colleague is to be told by mail. One row a person and thing, however often concerned."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from newsroom.lib.mail import Outgoing, OutgoingQuerySet
from newsroom.lib.people import Person


class StaffNotice(Outgoing):
    """Something that happened to a story, for one person. `thing` names what happened: "note-7", "event-9"."""

    class Kind(models.TextChoices):
        """What somebody did, as the rest of a sentence that begins with their name."""

        MENTIONED = "mentioned", "mentioned you"
        ANSWERED = "answered", "answered your note"
        ASSIGNED = "assigned", "gave you the story"
        SUBMITTED = "submitted", "submitted it for review"
        SENT_BACK = "sent_back", "sent it back"
        APPROVED = "approved", "approved it"
        PUBLISHED = "published", "published it"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey("Article", models.CASCADE, related_name="staff_notices")
    kind = models.CharField(max_length=10, choices=Kind)
    thing = models.CharField(max_length=40)
    words = models.TextField(blank=True, help_text="The note, the reason or the date, as it was said.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = OutgoingQuerySet["StaffNotice"].as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "thing"], name="staff_notice_once"),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(dropped_at=None), name="staff_notice_mailed_or_dropped"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "made_at"],
                condition=Q(mailed_at=None, dropped_at=None),
                name="staff_notice_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """Who did what: "Edith mentioned you"."""
        return f"{who(self.by)} {self.get_kind_display()}"

    @property
    def path(self) -> str:
        """Where in the admin to see it."""
        if self.thing.startswith("note-"):
            return f"{reverse('admin:articles_article_notes', args=[self.article_id])}#{self.thing}"
        return reverse("admin:articles_article_change", args=[self.article_id])


def who(person: Person | None) -> str:
    return person.name if person else "Somebody"
