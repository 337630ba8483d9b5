"""Edition: what readers have. "Live" is said here and nowhere else."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from newsroom.lib.facts import shows

from .. import shown
from ..body.compile import reading_minutes, served
from ..draft import TELLING, DiscussionSetting, Draft, Role, Spoiler, answers_of
from ..story import Abroad, Card, Link, Parts, Story, abroad


def live_q(prefix: str = "", now: datetime | None = None) -> Q:
    """The one definition of live, for editions or, by `prefix` ("edition__"), for what points at them."""
    now = now or timezone.now()
    begun = Q(**{f"{prefix}live_at__lte": now})
    unended = Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": now})
    return Q(**{f"{prefix}past": False}) & begun & unended


# `Edition.headline_elsewhere`, said to the database.
HEADLINE_ELSEWHERE = Case(
    When(Q(spoiler__in=TELLING) & ~Q(safe_headline=""), then=F("safe_headline")), default=F("headline")
)


class EditionQuerySet(models.QuerySet["Edition"]):
    """Which editions ...?"""

    def live(self, at: datetime | None = None) -> Self:
        """What readers may see now or, with `at`, as things stand, then."""
        return self.filter(live_q(now=at))

    def standing(self) -> Self:
        """Editions with an interval: not cancelled before their moment."""
        return self.exclude(ends_at=F("live_at"))

    def waiting(self) -> Self:
        """Editions whose moment has not come."""
        return self.standing().filter(live_at__gt=timezone.now())

    def begun(self) -> Self:
        """Editions readers have or had."""
        return self.standing().filter(live_at__lte=timezone.now())

    def at(self, path: str) -> Self:
        """Those of the story that has this address, now or since long ago."""
        return self.filter(article__addresses__path=path)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")

    def as_cards(self) -> Self:
        """Without the columns that only an article's own page needs."""
        return self.defer(*Edition.HEAVY)


class Edition(models.Model):
    """A story as it was cut for readers, visible in the half-open interval [live_at, ends_at)."""

    HEAVY = ("source", "html", "text")

    class EndedAs(models.TextChoices):
        SUPERSEDED = "superseded", "Superseded"
        EXPIRED = "expired", "Expired"
        UNPUBLISHED = "unpublished", "Unpublished"
        RETRACTED = "retracted", "Retracted"
        CANCELLED = "cancelled", "Cancelled"

    article = models.ForeignKey("Article", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()

    # The source: the cleaned draft it was cut from. Never changed after.
    source = models.JSONField()

    # Derived from the source; only recompile writes it again.
    headline = models.CharField(max_length=200)
    dek = models.CharField(max_length=400, blank=True)
    path = models.CharField(max_length=400, db_index=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    parts = models.JSONField(help_text="Names and paths of section, topics and bylines; the lead picture.")
    section = models.ForeignKey("Section", models.PROTECT, related_name="editions")
    lead_image = models.ForeignKey("Image", models.PROTECT, null=True, related_name="+")
    safe_image = models.ForeignKey("Image", models.PROTECT, null=True, related_name="+")
    onward = models.JSONField(default=list, help_text="Stories to read after it, by article, the closest first.")
    prompt = models.CharField(max_length=300, blank=True)
    answers = models.TextField(blank=True, help_text="To the prompt, one a line.")
    discussion = models.CharField(max_length=10, choices=DiscussionSetting)
    sponsor = models.CharField(max_length=120, blank=True)
    trailer_url = models.URLField(max_length=400, blank=True)
    canonical_url = models.URLField(max_length=400, blank=True)
    spoiler = models.CharField(max_length=8, choices=Spoiler, blank=True)
    spoiler_scope = models.CharField(max_length=80, blank=True)
    safe_headline = models.CharField(max_length=200, blank=True)
    search_title = models.CharField(max_length=120, blank=True)
    search_description = models.CharField(max_length=320, blank=True)
    social_title = models.CharField(max_length=200, blank=True)
    social_description = models.CharField(max_length=320, blank=True)

    # When readers have it.
    live_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, choices=EndedAs, blank=True)
    end_note = models.TextField(blank=True)
    published_at = models.DateTimeField(help_text="Of the story's first edition.")
    updated_at = models.DateTimeField(help_text="The last change readers are told of.")
    past = models.BooleanField(default=False, help_text="Ended so long ago that no clock can revive it.")
    announced_at = models.DateTimeField(null=True, help_text="When others were told that it is live.")
    cut_at = models.DateTimeField()
    cut_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["article"], condition=Q(ends_at__isnull=True), name="edition_one_open"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("live_at")), name="edition_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(live_at__gte=F("published_at")), name="edition_published_before_live"),
            models.CheckConstraint(condition=Q(past=False) | Q(ends_at__isnull=False), name="edition_past_has_ended"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True, ended_as="") | (Q(ends_at__isnull=False) & ~Q(ended_as="")),
                name="edition_end_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-article"], condition=Q(past=False), name="edition_newest"),
            models.Index(
                fields=["section", "-published_at", "-article"], condition=Q(past=False), name="edition_section_newest"
            ),
            # Whole: the calendar shows what began and ended in months that are over, too.
            models.Index(fields=["live_at"], name="edition_live_at"),
            models.Index(fields=["ends_at"], name="edition_ends_at"),
            models.Index(fields=["article", "live_at"], name="edition_article_live_at"),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"

    def get_absolute_url(self) -> str:
        return self.path

    @property
    def is_empty(self) -> bool:
        """Cancelled before its moment: no reader ever had it."""
        return self.ends_at == self.live_at

    @property
    def is_live(self) -> bool:
        now = timezone.now()
        return self.live_at <= now and (self.ends_at is None or self.ends_at > now)

    @property
    def is_waiting(self) -> bool:
        return not self.is_empty and self.live_at > timezone.now()

    @property
    def draft(self) -> Draft:
        return Draft.from_json(self.source)

    @property
    def shown_parts(self) -> Parts:
        """Names, paths and pictures; a picture whose rights are over is gone by the clock alone."""
        return Parts.from_json(self.parts).shown

    @property
    def section_link(self) -> Link:
        return Link(**(self.parts["section"] or {"name": "No section yet", "path": "/"}))

    @property
    def headline_elsewhere(self) -> str:
        """The headline that gives nothing away, for everywhere but the story's own page."""
        return (self.spoiler in TELLING and self.safe_headline) or self.headline

    @property
    def card(self) -> Card:
        """The story for a list, where it gives nothing away; touches none of the heavy columns."""
        values = self._card_values() | {"headline": self.headline_elsewhere}
        if self.spoiler in TELLING:
            values["picture"] = self.shown_parts.safe_picture
        return Card(**values)

    @property
    def story(self) -> Story:
        """The story for its own page."""
        parts = self.shown_parts
        return Story(
            **self._card_values(),
            html=served(self.html),
            topics=parts.topics,
            trailer_url=self.trailer_url,
            canonical_url=self.canonical_url,
            url=f"{settings.SITE_URL}{self.path}",
            words=self.words,
            onward=tuple(self.onward),
            spoiler_scope=self.spoiler_scope,
            abroad=self.abroad,
        )

    @property
    def abroad(self) -> Abroad:
        """What others show of the story."""
        return abroad(self, self.shown_parts)

    def _card_values(self) -> dict:
        parts = self.shown_parts
        shows(shown.story(self.article_id))
        return {
            "article_id": self.article_id,
            "headline": self.headline,
            "dek": self.dek,
            "path": self.path,
            "section": self.section_link,
            "bylines": parts.bylines,
            "picture": parts.picture,
            "published_at": self.published_at,
            "updated_at": self.updated_at,
            "sponsor": self.sponsor,
            "prompt": self.prompt,
            "answers": answers_of(self.answers),
            "minutes": reading_minutes(self.words),
            "spoiler": self.spoiler,
        }


class LinkQuerySet(models.QuerySet):
    """Links from topics and authors to editions: their pages are queries on these, never on editions."""

    def live(self) -> Self:
        return self.filter(past=False).filter(live_q("edition__"))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")

    def as_cards(self) -> Self:
        return self.select_related("edition").defer(*(f"edition__{name}" for name in Edition.HEAVY))


class EditionLink(models.Model):
    """What a link to an edition carries, so that a list is one index read."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="%(class)ss")
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    past = models.BooleanField(default=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True


class EditionTopic(EditionLink):
    """A topic of an edition."""

    topic = models.ForeignKey("Topic", models.PROTECT, related_name="edition_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "topic"], name="edition_topic_once")]
        indexes = [
            models.Index(
                fields=["topic", "-published_at", "-article"], condition=Q(past=False), name="edition_topic_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.topic_id}"


class EditionByline(EditionLink):
    """An author of an edition (once, whatever the number of roles)."""

    author = models.ForeignKey("Author", models.PROTECT, related_name="edition_links")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "author"], name="edition_author_once")]
        indexes = [
            models.Index(
                fields=["author", "-published_at", "-article"], condition=Q(past=False), name="edition_author_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.author_id}"


class EditionImage(models.Model):
    """A picture that an edition shows, anywhere: as the lead, the spoiler-free one, or in the body."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="editionimages")
    image = models.ForeignKey("Image", models.PROTECT, related_name="edition_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="edition_image_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.image_id}"
