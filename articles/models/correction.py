"""Corrections: what readers are told of an error. They belong to the story and stay across its editions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from newsroom.lib.facts import shows

from .. import shown
from ..story import Notice, NoticeKind, NoticePlace, Story
from .edition import HEADLINE_ELSEWHERE, Edition
from .error_note import ErrorNote


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Which corrections ...?"""

    def standing(self) -> Self:
        """Not withdrawn; whether readers have their story is another question."""
        return self.filter(withdrawn_at=None)

    def public(self) -> Self:
        """What readers may see now, newest first, each with `headline`, `path` and `sponsor` of its story as it is."""
        live = Edition.objects.live().filter(article=OuterRef("article"))
        told = {"headline": HEADLINE_ELSEWHERE, "path": F("path"), "sponsor": F("sponsor")}
        of_story = {name: Subquery(live.values(shown=shown)[:1]) for name, shown in told.items()}
        return self.standing().filter(Exists(live)).annotate(**of_story).with_thanks().newest_first()

    def with_thanks(self) -> Self:
        """With the name of the reader who spotted the error as `spotted_by`, where there is one who agreed."""
        spotters = ErrorNote.objects.filter(correction=OuterRef("pk")).spotters()
        return self.annotate(spotted_by=Subquery(spotters[:1]))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Correction(models.Model):
    """One notice of an error. Its words are written once and never changed; it can be withdrawn, not deleted."""

    MAX_LENGTH = 1000

    article = models.ForeignKey("Article", models.PROTECT, related_name="corrections")
    edition = models.ForeignKey("Edition", models.PROTECT, related_name="+", help_text="What readers had then.")
    kind = models.CharField(max_length=13, choices=NoticeKind, default=NoticeKind.CORRECTION)
    text = models.CharField(max_length=MAX_LENGTH)
    place = models.CharField(max_length=4, choices=NoticePlace, default=NoticePlace.FOOT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    # Told by `with_thanks`.
    spotted_by: str | None = ""

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="correction_kind_known"),
            models.CheckConstraint(condition=Q(place__in=NoticePlace.values), name="correction_place_known"),
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_words"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="correction_withdrawn_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], condition=Q(withdrawn_at=None), name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def notice(self) -> Notice:
        """The correction as a story shows it."""
        return Notice(kind=self.kind, text=self.text, at=self.at, place=self.place, spotted_by=self.spotted_by or "")


def notices_of(articles: Iterable[int]) -> dict[int, tuple[Notice, ...]]:
    """What readers are told of errors in these stories, newest first, in one query."""
    found: dict[int, tuple[Notice, ...]] = {}
    asked = list(articles)
    shows(*(shown.corrected(article) for article in asked))
    for row in Correction.objects.standing().filter(article__in=asked).with_thanks().newest_first():
        found[row.article_id] = (*found.get(row.article_id, ()), row.notice)
    return found


def with_corrections(story: Story) -> Story:
    """The story with its slot for corrections filled, newest first, in one query."""
    return replace(story, corrections=notices_of([story.article_id]).get(story.article_id, ()))
