"""Decisions: who ruled what on which comment, and why. Written once, never changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from ..workflow import DONE, SETTLES_AFTER, UNDO, Reason, State
from .comment import Comment
from .sanction import Sanction


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions ...?"""

    def with_followers(self) -> Self:
        """With whoever decided, and as `followers` how many decisions on other comments follow from it."""
        return self.select_related("by", "under").annotate(followers=Count("following"))

    def changing(self) -> Self:
        """Those that changed what readers see."""
        return self.filter(~Q(before=F("after")))


class Decision(models.Model):
    """One ruling on a comment as it stood at `version`: a moderator's, or of a screen, whose name `rule` then is."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="decisions")
    ruling = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    before = models.CharField(max_length=10, choices=State)
    after = models.CharField(max_length=10, choices=State)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    rule = models.CharField(max_length=40, blank=True, help_text="The screen that ruled, and its version; else empty.")
    at = models.DateTimeField()
    sanction = models.ForeignKey(
        Sanction, models.SET_NULL, null=True, related_name="decisions", help_text="That took the comment with it."
    )
    under = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="following", help_text="The decision that this follows from."
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index("at", name="decision_at")]

    def __str__(self) -> str:
        return f"{self.ruling} of comment {self.comment_id}"

    @property
    def decided_by(self) -> str:
        """Who it was, for moderators."""
        return self.by.name if self.by else f"the screen “{self.rule}”" if self.rule else "somebody who has left"

    @property
    def done(self) -> str:
        """What was done, in a word or two: "Rejected: Unmarked spoiler"."""
        word = DONE[self.ruling]
        return f"{word}: {self.get_reason_display()}" if self.reason and self.ruling != UNDO else word

    @property
    def is_slip(self) -> bool:
        """Whether it takes back the decision before it so soon that nobody was told of that; one query."""
        if self.ruling != UNDO:
            return False
        before = Decision.objects.filter(comment=self.comment_id, pk__lt=self.pk).first()
        return before is not None and self.at < before.at + SETTLES_AFTER

    @property
    def told(self) -> str:
        """The ruling in a sentence for the author; by whom is not theirs to know."""
        if self.after == State.SHOWN:
            return "Your comment is back" if self.before == State.REJECTED else "Your comment can be read by everybody"
        if self.after == State.HELD:
            return "Your comment waits for a moderator"
        done = "taken down" if self.before == State.SHOWN else "not published"
        return f"Your comment was {done}: {self.get_reason_display()}"
