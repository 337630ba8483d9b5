"""Guests: somebody without an account who says something, under an address that only they and the admin know."""

import uuid

from django.db import models

from newsroom.lib.people import Person

from .comment import Comment, CommentQuerySet
from .discussion import Discussion


class Guest(models.Model):
    """What a guest wants to say. It waits here until the owner of the address says so; then `comment` has the words."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=60)
    email = models.EmailField("address", max_length=254, help_text="In small letters.")
    body = models.TextField(blank=True)
    is_spoiler = models.BooleanField(default=False)
    spoiler_scope = models.CharField(max_length=80, blank=True)
    key = models.UUIDField(default=uuid.uuid4, help_text="Made by the form: a second sending is the same row.")
    asked_at = models.DateTimeField("said", db_index=True)
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="guest")

    # What the screens ask of whoever speaks.
    is_staff = False

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = ("view", "delete")
        constraints = [models.UniqueConstraint(fields=["discussion", "key"], name="guest_key_once")]
        indexes = [models.Index(fields=["email"], name="guest_email")]

    def __str__(self) -> str:
        return self.name


def said_by(speaker: Person | Guest) -> CommentQuerySet:
    """All that somebody has said: under an account, or from an address."""
    comments = Comment.objects.all()
    return comments.of_guest(speaker.email) if isinstance(speaker, Guest) else comments.filter(author=speaker)
