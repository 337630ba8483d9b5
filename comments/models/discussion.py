"""Discussion: one a story; who may post, the counters, and the running number of its comments."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Article, Edition
from newsroom.lib.facts import shows
from newsroom.lib.people import Person

from .. import shown
from ..workflow import Measure, Mode
from .calm import Calm
from .remit import moderated_by
from .rules import TAKES_GUESTS, Rules

CLOSED = "This discussion is closed."
# The columns that count the votes, by an answer's place from 1.
VOTED = tuple(f"votes_{place}" for place in range(1, 7))


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Which discussions ...?"""

    def public(self) -> Self:
        """Those of stories that readers have now."""
        return self.filter(models.Exists(Edition.objects.live().filter(article=models.OuterRef("article"))))

    def moderated_by(self, person: Person) -> Self:
        """Those whose comments this person may decide on."""
        return self.filter(moderated_by(person, "article__section"))

    def taking(self) -> Self:
        """Those in which readers may post now."""
        calmed = Calm.objects.standing().filter(discussion=models.OuterRef("pk"), measure=Measure.PAUSE)
        in_time = Q(stays_open=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=timezone.now())
        return (
            self.public()
            .filter(in_time, ~models.Exists(Rules.objects.filter(is_paused=True)), ~models.Exists(calmed))
            .exclude(mode=Mode.CLOSED)
        )

    def with_what_holds(self) -> Self:
        """With what readers are told while nobody may post anywhere, or None, as `pause`; and `has_calm`."""
        paused = Rules.objects.filter(is_paused=True).values("pause_message")[:1]
        standing = Calm.objects.standing().filter(discussion=models.OuterRef("pk"))
        return self.annotate(pause=models.Subquery(paused), has_calm=models.Exists(standing))

    def talked_of(self, since: datetime) -> Self:
        """Those of stories readers have now in which somebody has spoken since then, the fullest first."""
        return self.public().filter(last_at__gte=since, shown_count__gt=0).order_by("-shown_count", "-pk")

    def counts_for(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Shown comments by article id, in one query; stories without a discussion are left out."""
        asked = list(article_ids)
        rows = list(self.filter(article__in=asked).values_list("article_id", "shown_count", "pk"))
        shows(*(shown.beginning(article) for article in asked), *(shown.count(pk) for *_, pk in rows))
        return {article: count for article, count, _ in rows}


class Discussion(models.Model):
    """The row that posting locks; an editor's save never touches it."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="discussion_row")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.OPEN)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="When it closes by itself. Empty: never.")
    stays_open = models.BooleanField(default=False, help_text="Open past the moment when it would close by itself.")
    takes_guests = models.BooleanField("takes guests", default=False, help_text=TAKES_GUESTS)
    slow_seconds = models.PositiveIntegerField(
        "slow mode",
        default=0,
        validators=[MaxValueValidator(86_400)],
        help_text="Seconds between two comments of one reader.",
    )
    seq = models.PositiveIntegerField(default=0, help_text="The number of the last comment.")
    shown_count = models.PositiveIntegerField(default=0)
    held_count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    # How many chose the first answer to the story's question, the second ...
    votes_1 = models.PositiveIntegerField(default=0, editable=False)
    votes_2 = models.PositiveIntegerField(default=0, editable=False)
    votes_3 = models.PositiveIntegerField(default=0, editable=False)
    votes_4 = models.PositiveIntegerField(default=0, editable=False)
    votes_5 = models.PositiveIntegerField(default=0, editable=False)
    votes_6 = models.PositiveIntegerField(default=0, editable=False)
    pinned = models.ForeignKey(
        "Comment", models.SET_NULL, null=True, related_name="+", help_text="Of the staff, shown above the others."
    )

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shown_count__lte=models.F("seq")), name="discussion_shown_within"),
            models.CheckConstraint(condition=Q(held_count__lte=models.F("seq")), name="discussion_held_within"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="discussion_mode_known"),
        ]

    def __str__(self) -> str:
        return f"Discussion of story no. {self.article_id}"

    @cached_property
    def pause(self) -> str | None:
        """What readers are told while nobody may post anywhere; loaded by `with_what_holds`, else asked once."""
        return self._ask().pause

    @cached_property
    def has_calm(self) -> bool:
        """Whether anything calms it at this moment; loaded by `with_what_holds`, else asked once."""
        return self._ask().has_calm

    @cached_property
    def standing(self) -> list[Calm]:
        """What calms it at this moment, over its mode; a query only where there is something."""
        return list(self.calms.standing()) if self.has_calm else []

    def _ask(self) -> "Discussion":
        now = Discussion.objects.with_what_holds().get(pk=self.pk)
        self.pause, self.has_calm = now.pause, now.has_calm
        return now

    def is_calmed(self, measure: Measure) -> bool:
        return any(calm.measure == measure for calm in self.standing)

    @property
    def closed_because(self) -> str:
        """Why nobody may post now, for readers; "" while one may."""
        is_over = self.closes_at is not None and self.closes_at <= timezone.now() and not self.stays_open
        if self.mode == Mode.CLOSED or is_over:
            return CLOSED
        return self.pause or " ".join(calm.told for calm in self.standing if calm.measure == Measure.PAUSE)

    @property
    def is_open(self) -> bool:
        return not self.closed_because

    @property
    def is_premoderated(self) -> bool:
        return self.mode == Mode.MODERATED or self.is_calmed(Measure.ALL)

    @property
    def reads_newcomers_first(self) -> bool:
        return self.is_calmed(Measure.NEWCOMERS)

    @property
    def pace(self) -> int:
        """Seconds between two comments of one reader, by the slower of its own pace and what calms it."""
        return max(self.slow_seconds, *(calm.seconds for calm in self.standing), 0)

    @property
    def notices(self) -> list[str]:
        """What readers who may post are told of what calms it."""
        return [calm.told for calm in self.standing] if self.is_open else []

    @property
    def vote_counts(self) -> tuple[int, ...]:
        """How many chose each answer, by its place."""
        return tuple(getattr(self, name) for name in VOTED)

    @property
    def count(self) -> int:
        """How many comments readers can see."""
        return self.shown_count
