"""Notifications: what somebody is told of a discussion, on a page of their own and by mail."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from newsroom.lib.mail import Outgoing, OutgoingQuerySet

from ..workflow import SETTLES_AFTER, State
from .comment import Comment
from .decision import Decision
from .following import Following
from .mute import Mute


class NotificationQuerySet(OutgoingQuerySet["Notification"]):
    """Which notifications ...?"""

    def standing(self) -> Self:
        """Those that still hold: the comment can be read, the pick or the ruling stands, and it is not muted since.

        A ruling stands once it can no more be a slip.
        """
        told = Notification.Kind
        article, author = OuterRef("comment__discussion__article"), OuterRef("comment__author")
        muted = Mute.objects.filter(person=OuterRef("person"), muted=author)
        silent = Following.objects.filter(
            person=OuterRef("person"), discussion=OuterRef("comment__discussion"), mode=Following.Mode.MUTE
        )
        return self.filter(
            Q(comment__state=State.SHOWN) | Q(comment__state=State.REJECTED, kind=told.DECISION),
            ~Q(kind=told.DECISION) | Q(made_at__lte=timezone.now() - SETTLES_AFTER),
            ~Q(kind=told.PICK) | Q(comment__picked_at__isnull=False),
            Exists(Edition.objects.live().filter(article=article)),
            ~Exists(muted),
            ~Exists(silent),
        )

    def unseen(self) -> Self:
        return self.filter(seen_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")

    def with_comments(self) -> Self:
        """With all that telling of them takes."""
        return self.select_related("comment__author", "comment__discussion").prefetch_related("comment__decisions")


class Notification(Outgoing):
    """Something that concerns one person about one comment, told once; a later ruling takes the place of an earlier."""

    class Kind(models.TextChoices):
        """Why somebody is told; of the first three, whichever fits first."""

        MENTION = "mention", "You were mentioned"
        REPLY = "reply", "You were answered"
        FOLLOW = "follow", "A comment in a discussion you follow"
        PICK = "pick", "Your comment was picked"
        DECISION = "decision", "A moderator decided on your comment"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=8, choices=Kind)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notifications")
    seen_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "comment"], name="notification_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["mention", "reply", "follow", "pick", "decision"]), name="notification_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(dropped_at=None), name="notification_mailed_or_dropped"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="notification_of_person"),
            models.Index(fields=["person"], condition=Q(seen_at=None), name="notification_unseen"),
            models.Index(
                fields=["person", "made_at"],
                condition=Q(mailed_at=None, dropped_at=None),
                name="notification_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of comment {self.comment_id} for {self.person_id}"

    @property
    def sentence(self) -> str:
        """What happened, without a word of the comment: "Mo answered you"."""
        if self.kind == self.Kind.PICK:
            return "Your comment is an editors’ pick"
        if self.kind == self.Kind.DECISION:
            return self.decision.told if self.decision else self.get_kind_display()
        deeds = {"mention": "mentioned you", "reply": "answered you", "follow": "commented"}
        return f"{self.comment.author_name} {deeds[self.kind]}"

    @property
    def decision(self) -> Decision | None:
        """The last ruling that changed what readers see."""
        return next((one for one in self.comment.decisions.all() if one.before != one.after), None)

    @property
    def path(self) -> str:
        """Where to see it: in the discussion; what readers do not see, among one's own comments."""
        if self.comment.is_tombstone:
            return f"{reverse('account_home')}#comment-{self.comment_id}"
        return self.comment.get_absolute_url()
