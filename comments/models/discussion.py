"""Discussion: one a story; who may post, the counters, and the running number of its comments."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from articles.models import Article, Edition


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Which discussions ...?"""

    def public(self) -> Self:
        """Those of stories that readers have now."""
        return self.filter(models.Exists(Edition.objects.live().filter(article=models.OuterRef("article"))))

    def talked_of(self, since: datetime) -> Self:
        """Those of stories readers have now in which somebody has spoken since then, the fullest first."""
        return self.public().filter(last_at__gte=since, shown_count__gt=0).order_by("-shown_count", "-pk")

    def counts_for(self, article_ids: Iterable[int]) -> dict[int, int]:
        """Shown comments by article id, in one query; stories without a discussion are left out."""
        return dict(self.filter(article__in=list(article_ids)).values_list("article_id", "shown_count"))


class Discussion(models.Model):
    """The row that posting locks; an editor's save never touches it."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="discussion_row")
    is_open = models.BooleanField(default=True, help_text="Whether readers may post.")
    is_premoderated = models.BooleanField(default=False, help_text="Whether every comment waits for a moderator.")
    seq = models.PositiveIntegerField(default=0, help_text="The number of the last comment.")
    shown_count = models.PositiveIntegerField(default=0)
    held_count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shown_count__lte=models.F("seq")), name="discussion_shown_within"),
            models.CheckConstraint(condition=Q(held_count__lte=models.F("seq")), name="discussion_held_within"),
        ]

    def __str__(self) -> str:
        return f"Discussion of story no. {self.article_id}"

    @property
    def count(self) -> int:
        """How many comments readers can see."""
        return self.shown_count
