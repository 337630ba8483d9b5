"""What happens when: the moments in the life of stories, for the calendar and its feed. It changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils import timezone

from newsroom.lib.days import midnight

from .models import Article, Edition, Embargo
from .workflow import Stage


class What(TextChoices):
    """What happens to a story at a moment, and its name in a style sheet."""

    BEGINS = "begins", "goes live"
    ENDS = "ends", "ends"
    LIFTS = "lifts", "embargo lifts"
    DUE = "due", "due"


PAST = {What.BEGINS: "went live", What.ENDS: "ended", What.LIFTS: "embargo lifted", What.DUE: "was due"}


@dataclass(frozen=True)
class Entry:
    """One moment of one story. `edition` is its key where the moment is an edition's, `version` the story's.

    With a `day` it is that whole day, and `at` its beginning; then `who` has the story.
    """

    at: datetime
    what: What
    article: int
    headline: str
    section: str
    version: int
    edition: int | None = None
    number: int | None = None
    day: date | None = None
    who: str = ""

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate() if self.day else self.at <= timezone.now()

    @property
    def waits(self) -> bool:
        """Whether this is the beginning of an edition whose moment has not come."""
        return self.what == What.BEGINS and not self.is_past

    @property
    def words(self) -> str:
        """What happens, or happened: "goes live"."""
        return PAST[self.what] if self.is_past else self.what.label

    @property
    def key(self) -> str:
        """A name of the moment that stays when it is moved."""
        return f"{self.what}-{self.edition or self.article}"


def agenda(articles: QuerySet[Article], since: datetime, until: datetime) -> list[Entry]:
    """What happens to these stories in [since, until), in order; three queries, whatever there is."""
    mine = articles.order_by().values("pk")
    found = [*_of_editions(mine, since, until), *_of_embargoes(mine, since, until), *_of_work(mine, since, until)]
    return sorted(found, key=lambda entry: (entry.at, entry.headline, entry.key))


def _of_editions(articles: QuerySet, since: datetime, until: datetime) -> Iterator[Entry]:
    begin = Q(live_at__gte=since, live_at__lt=until)
    end = Q(ends_at__gte=since, ends_at__lt=until, ended_as=Edition.EndedAs.EXPIRED)
    rows = Edition.objects.standing().filter(begin | end, article__in=articles)
    columns = ("pk", "number", "headline", "live_at", "ends_at", "ended_as", "article", "article__version")
    for row in rows.order_by().values(*columns, name=F("article__section__name")):
        about = {
            "article": row["article"],
            "headline": row["headline"],
            "section": row["name"] or "",
            "version": row["article__version"],
            "edition": row["pk"],
            "number": row["number"],
        }
        if since <= row["live_at"] < until:
            yield Entry(row["live_at"], What.BEGINS, **about)
        if row["ended_as"] == Edition.EndedAs.EXPIRED and since <= row["ends_at"] < until:
            yield Entry(row["ends_at"], What.ENDS, **about)


def _of_embargoes(articles: QuerySet, since: datetime, until: datetime) -> Iterator[Entry]:
    rows = Embargo.objects.filter(broken_at=None, lifts_at__gte=since, lifts_at__lt=until, article__in=articles)
    for embargo in rows.select_related("article__section"):
        story = embargo.article
        section = story.section.name if story.section else ""
        yield Entry(embargo.lifts_at, What.LIFTS, story.pk, str(story), section, story.version)


def _of_work(articles: QuerySet, since: datetime, until: datetime) -> Iterator[Entry]:
    """What is to be done by a day, and is not."""
    days = {"due_on__gte": timezone.localdate(since), "due_on__lt": timezone.localdate(until)}
    rows = Article.objects.filter(pk__in=articles, **days).exclude(stage=Stage.PUBLISHED).order_by()
    for story in rows.select_related("section", "assignee").defer("body"):
        section, who = story.section.name if story.section else "", story.assignee.name if story.assignee else ""
        if story.due_on:
            at = midnight(story.due_on)
            yield Entry(at, What.DUE, story.pk, str(story), section, story.version, day=story.due_on, who=who)
