"""Comment: what one reader said, where it stands in the thread, and whether others see it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Max, Min, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Edition, EditionByline
from articles.story import Card
from newsroom.lib.html import trusted
from newsroom.lib.people import Person

from ..markup import plain
from ..orders import COLUMNS, Order, Place
from ..screening import Signal
from ..workflow import Complaint, Severity, State
from .discussion import Discussion
from .remit import moderated_by

# How long, and in which states, an author may change the words (Remark42 gives five minutes, too).
EDIT_WITHIN = timedelta(minutes=5)
# Whoever joined so shortly before a comment is shown as new beside it.
NEW_WITHIN = timedelta(days=7)
EDITABLE = frozenset({State.SHOWN, State.HELD})
OPEN_REPORT = Q(reports__isnull=False, reports__handled_at=None)
TOMBSTONES = {
    State.WITHDRAWN: "Its author has withdrawn this comment.",
    State.REJECTED: "A moderator has removed this comment.",
    State.HELD: "This comment waits for a moderator.",
    State.ERASED: "This comment has been erased.",
}


class CommentQuerySet(models.QuerySet["Comment"]):
    """Which comments ...?"""

    def shown(self) -> Self:
        return self.filter(state=State.SHOWN)

    def heads(self) -> Self:
        """The threads to show: their head is shown, or something below it is."""
        return self.filter(Q(state=State.SHOWN) | Q(shown_replies__gt=0), root=None)

    def picks(self) -> Self:
        return self.shown().filter(picked_at__isnull=False)

    def in_order(self, place: Place) -> Self:
        """Those beyond the edge of the page before, in the order asked for."""
        found = self.picks() if place.order == Order.PICKS else self.heads()
        found = found.filter(place.after.beyond(place.order)) if place.after else found
        return found.order_by(*COLUMNS[Order(place.order)])

    def public(self) -> Self:
        """Shown comments of stories that readers have now."""
        live = Edition.objects.live().filter(article=OuterRef("discussion__article"))
        return self.shown().filter(Exists(live))

    def moderated_by(self, person: Person) -> Self:
        """Those that this person may decide on."""
        return self.filter(moderated_by(person))

    def of_guest(self, email: str) -> Self:
        """What was said from an address by somebody without an account."""
        return self.filter(guest__email=email)

    def newest_first(self) -> Self:
        return self.order_by("-posted_at", "-pk")

    # The queues of the desk, each in its order: of what is worse or louder first.

    def awaiting(self) -> Self:
        """What readers do not see until a moderator says so: the worst first, then the longest waiting."""
        return self.filter(state=State.HELD).order_by("-severity", "posted_at", "pk")

    def flagged(self) -> Self:
        """What readers see and the screens want a moderator to look at, the worst first, then the oldest."""
        return self.shown().filter(is_flagged=True).order_by("-severity", "posted_at", "pk")

    def reported(self) -> Self:
        """Shown comments with open reports, as `complaints`: those that weigh most first, then the oldest."""
        weighty = self.shown().filter(OPEN_REPORT, reports__reason__in=set(Complaint) - {Complaint.ERROR})
        return weighty.annotate(complaints=Sum("reports__weight")).order_by("-complaints", "posted_at", "pk")

    def said_illegal(self) -> Self:
        """What somebody says is against the law, and nobody has answered: whoever has waited longest first."""
        said = self.filter(OPEN_REPORT, reports__reason=Complaint.ILLEGAL, state__in=(State.SHOWN, State.HELD))
        return said.annotate(told_first=Min("reports__at")).order_by("told_first", "pk")

    def pointing_to_errors(self) -> Self:
        """Shown comments that readers call right against the story, and nobody has looked at since: newest first."""
        unseen = Q(reviewed_at=None) | Q(reviewed_at__lt=F("reports__at"))
        found = self.shown().filter(unseen, reports__reason=Complaint.ERROR)
        return found.annotate(told_last=Max("reports__at")).order_by("-told_last", "-pk")

    def unreviewed(self) -> Self:
        """What readers see and no moderator has ruled on: the newest first."""
        return self.shown().filter(reviewed_at=None).newest_first()

    def popular(self) -> Self:
        """Of what no moderator has ruled on, what readers like: the most liked first."""
        return self.unreviewed().filter(like_count__gt=0).order_by("-like_count", "-pk")

    def with_people(self) -> Self:
        """With their authors, what these are here, and the authors of what they answer."""
        # Not Exists: PostgreSQL may then read the bylines of the whole paper instead of the one story's.
        writers = EditionByline.objects.live().filter(article=OuterRef("discussion__article"))
        moderators = Permission.objects.filter(codename="moderate_comment", group__user__isnull=False)
        told = {
            "is_by_writer": ExpressionWrapper(Q(author__in=writers.values("author__user")), models.BooleanField()),
            "is_by_moderator": ExpressionWrapper(Q(author__in=moderators.values("group__user")), models.BooleanField()),
        }
        return self.select_related("author", "parent__author").annotate(**told)


class Comment(models.Model):
    """A comment. `parent` is what it answers; `root` the head of its thread, None for the head itself."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="comments",
        help_text="None once erased, and of guests.",
    )
    guest_name = models.CharField(max_length=60, blank=True, help_text="Of somebody without an account.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="branch")
    seq = models.PositiveIntegerField(help_text="1..n in the discussion.")
    reply_no = models.PositiveIntegerField(default=0, help_text="1..n under the root; 0 for a root.")
    branch_size = models.PositiveIntegerField(default=0, help_text="Of a root: the last reply_no under it.")
    shown_replies = models.PositiveIntegerField(default=0, help_text="Of a root: shown comments under it.")
    client_key = models.UUIDField(help_text="Made by the form: a second sending is the same comment.")
    body = models.TextField(help_text="As typed.")
    html = models.TextField(help_text="Rendered from the body when it was written.")
    state = models.CharField(max_length=10, choices=State)
    signals = models.JSONField(default=list, help_text="What the screens found, with their evidence.")
    severity = models.PositiveSmallIntegerField(
        choices=Severity, default=Severity.NONE, help_text="The worst of what the screens found."
    )
    likeness = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Of its words; empty for a few.",
    )
    is_flagged = models.BooleanField(
        default=False, help_text="Shown, and for what the screens found a moderator should look; till one has ruled."
    )
    held_for = models.CharField(max_length=200, blank=True, help_text="Why it was held, for its author.")
    posted_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, help_text="When a moderator ruled on these words, if one has.")
    edited_at = models.DateTimeField(null=True)
    is_spoiler = models.BooleanField(default=False, help_text="Whether all of it gives something away.")
    spoiler_scope = models.CharField(max_length=80, blank=True, help_text="Of what: season 2, episode 8.")
    answer = models.PositiveSmallIntegerField(null=True, help_text="What its author had chosen, by its place.")
    like_count = models.PositiveIntegerField(default=0)
    picked_at = models.DateTimeField(null=True, help_text="When an editor or moderator picked it out.")
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    # The words of the answer, given by who knows the story; and the story, while readers have it.
    answer_text = ""
    story: Card | None = None
    # Told by `with_people`.
    is_by_writer = False
    is_by_moderator = False

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        permissions = [
            ("moderate_comment", "Can decide what readers see"),
            ("pick_comment", "Can pick comments out, and pin one of the staff"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "seq"], name="comment_seq_once"),
            models.UniqueConstraint(fields=["discussion", "client_key"], name="comment_client_key_once"),
            models.UniqueConstraint(
                fields=["root", "reply_no"], condition=Q(root__isnull=False), name="comment_reply_no_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(root__isnull=True, parent__isnull=True, reply_no=0)
                | Q(root__isnull=False, parent__isnull=False, reply_no__gte=1),
                name="comment_root_and_parent_agree",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ERASED, author__isnull=True, guest_name="", body="", html="")
                | (~Q(state=State.ERASED) & Q(author__isnull=False, guest_name=""))
                | (~Q(state=State.ERASED) & Q(author__isnull=True) & ~Q(guest_name="")),
                name="comment_erased_is_nobodys_and_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["discussion", "-seq"], condition=Q(root__isnull=True), name="comment_roots"),
            models.Index(
                fields=["discussion", "-like_count", "-seq"], condition=Q(root__isnull=True), name="comment_liked"
            ),
            models.Index(fields=["discussion", "-seq"], condition=Q(picked_at__isnull=False), name="comment_picks"),
            models.Index(fields=["-posted_at", "-id"], name="comment_newest"),
            models.Index(fields=["-severity", "posted_at", "id"], condition=Q(state="held"), name="comment_held_worst"),
            models.Index(
                fields=["-posted_at", "-id"], condition=Q(state="shown", reviewed_at=None), name="comment_unreviewed"
            ),
            models.Index(
                fields=["-like_count", "-id"],
                condition=Q(state="shown", reviewed_at=None, like_count__gt=0),
                name="comment_popular",
            ),
            models.Index(fields=["-severity", "posted_at", "id"], condition=Q(is_flagged=True), name="comment_flagged"),
            models.Index(fields=["likeness", "posted_at"], condition=~Q(likeness=""), name="comment_likeness"),
            models.Index(fields=["author", "state"], name="comment_author_state"),
            models.Index(fields=["author", "-posted_at", "-id"], condition=Q(state="shown"), name="comment_of_author"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} by {self.author_id}"

    def get_absolute_url(self) -> str:
        return reverse("comments:comment", args=[self.pk])

    @property
    def is_tombstone(self) -> bool:
        return self.state != State.SHOWN

    @property
    def tombstone_text(self) -> str:
        return TOMBSTONES.get(State(self.state), "")

    @property
    def findings(self) -> list[Signal]:
        """What the screens found, the worst first."""
        found = map(Signal.from_json, self.signals)
        return sorted(found, key=lambda signal: (-signal.action, -signal.severity))

    @property
    def markup(self) -> SafeString:
        """The rendered text, safe."""
        return trusted(self.html)

    @property
    def spoiler_label(self) -> str:
        """What it says before it gives something away; "" when it does not."""
        if not self.is_spoiler:
            return ""
        return f"Spoiler: {self.spoiler_scope}" if self.spoiler_scope else "Spoiler"

    @property
    def plain(self) -> str:
        """What it says in one line, for mail, feeds, titles and lists: nothing that a spoiler hides, and no marks."""
        return f"[{self.spoiler_label.lower()}]" if self.is_spoiler else plain(self.body)

    def may_be_edited(self, now: datetime) -> bool:
        """Whether its author may still change its words."""
        return self.state in EDITABLE and now < self.posted_at + EDIT_WITHIN

    @property
    def is_editable(self) -> bool:
        """Whether its author may change its words now."""
        return self.may_be_edited(timezone.now())

    @property
    def author_name(self) -> str:
        """The name beside it; for one that is erased, that there is none."""
        return self.author.public_name if self.author else self.guest_name or "somebody who has left"

    @property
    def author_url(self) -> str:
        """The author's page, for what readers see of somebody who is still here; else ""."""
        is_there = self.author is not None and self.author.is_active and self.state == State.SHOWN
        return self.author.get_absolute_url() if self.author and is_there else ""

    @property
    def parent_name(self) -> str:
        """Whom it answers; "" for the head of a thread, and where the words that it answers are gone."""
        return "" if self.parent is None or self.parent.is_tombstone else self.parent.author_name

    @property
    def author_badge(self) -> str:
        """What its author is here, in a word: the story's author, a moderator, staff, new, a guest; "" for others."""
        if self.author is None:
            return "Guest" if self.guest_name else ""
        if self.is_by_writer:
            return "Author"
        if self.is_by_moderator and self.author.is_staff:
            return "Moderator"
        is_new = timedelta(0) <= self.posted_at - self.author.date_joined < NEW_WITHIN
        return "Staff" if self.author.is_staff else "New here" if is_new else ""
