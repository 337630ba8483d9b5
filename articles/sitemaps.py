"""Sitemaps: what search engines may list, and when it last changed. They ask live editions, and nothing else.

The form is that of sitemaps.org and of Google's news sitemaps (a story is news for two days, 1,000 at most).
Stories that were paid for, or whose first address is elsewhere, are in none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page

from . import shown
from .models import Author, Correction, Edition, EditionByline, EditionTopic, HousePage, Section, Topic
from .models.edition import EditionQuerySet
from .structured import absolute

# As many addresses as a file may have.
LIMIT = 50_000
NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1_000
TEN_MINUTES = 600


@dataclass(frozen=True)
class Entry:
    """An address, absolute, and when what it shows last changed."""

    address: str
    changed_at: datetime | None = None


def listed() -> EditionQuerySet:
    """The stories that search engines may list."""
    return Edition.objects.live().filter(sponsor="", canonical_url="")


@require_safe
@kept_page(max_age=TEN_MINUTES)
def index(request: HttpRequest) -> HttpResponse:
    """The files there are: one for each month in which stories were published, or more where they are many."""
    shows(shown.CORRECTIONS)
    corrected = corrections_by_month()
    months = listed().annotate(month=TruncMonth("published_at")).values("month").order_by("month")
    files = [Entry(absolute(reverse("articles:sitemap_lists"), settings.SITE_URL))]
    for row in months.annotate(changed_at=Max("updated_at"), count=Count("pk")):
        changed_at = max(row["changed_at"], corrected.get(row["month"], row["changed_at"]))
        for part in range(1, ceil(row["count"] / LIMIT) + 1):
            path = reverse("articles:sitemap_month", args=[row["month"].year, row["month"].month, part])
            files.append(Entry(absolute(path, settings.SITE_URL), changed_at))
    return xml(request, "articles/sitemap_index.xml", {"files": files})


def corrections_by_month() -> dict[datetime, datetime]:
    """When a story was last corrected, by the month it was published in."""
    rows = Correction.objects.public().order_by().annotate(month=TruncMonth("edition__published_at"))
    return dict(rows.values("month").annotate(last=Max("at")).values_list("month", "last"))


@require_safe
@kept_page(max_age=TEN_MINUTES)
def month(request: HttpRequest, year: int, month: int, part: int) -> HttpResponse:
    """The stories published in a month, the oldest first: a file of a month that is over hardly changes."""
    zone = timezone.get_current_timezone()
    try:
        begins = datetime(year, month, 1, tzinfo=zone)
        ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    except ValueError as error:
        raise Http404 from error
    found = listed().filter(published_at__gte=begins, published_at__lt=ends).order_by("published_at", "article")
    first = LIMIT * (part - 1)
    rows = found.values_list("article", "path", "updated_at")[first : first + LIMIT] if part else []
    shows(shown.CORRECTIONS)
    corrected = Correction.objects.standing().filter(edition__published_at__gte=begins, edition__published_at__lt=ends)
    last = dict(corrected.order_by().values("article").annotate(last=Max("at")).values_list("article", "last"))
    entries = [
        Entry(absolute(path, settings.SITE_URL), max(updated_at, last.get(article, updated_at)))
        for article, path, updated_at in rows
    ]
    if not entries:
        raise Http404
    return xml(request, "articles/sitemap.xml", {"entries": entries})


@require_safe
@kept_page(max_age=TEN_MINUTES)
def lists(request: HttpRequest) -> HttpResponse:
    """The front page, sections, the topics and authors of whom there are live stories, and the pages of the house."""
    shows(shown.FRAME)
    newest = dict(listed().order_by().values("section").annotate(last=Max("updated_at")).values_list("section", "last"))
    topics = Topic.objects.filter(Exists(EditionTopic.objects.live().filter(topic=OuterRef("pk"))))
    authors = Author.objects.filter(Exists(EditionByline.objects.live().filter(author=OuterRef("pk"))))
    entries = [Entry(f"{settings.SITE_URL}/", max(newest.values(), default=None))]
    for section in Section.objects.filter(pk__in=newest):
        entries.append(Entry(absolute(section.get_absolute_url(), settings.SITE_URL), newest[section.pk]))
    named: list[Topic | Author] = [*topics, *authors]
    entries += [Entry(absolute(row.get_absolute_url(), settings.SITE_URL)) for row in named]
    for page in HousePage.objects.public():
        entries.append(Entry(absolute(page.get_absolute_url(), settings.SITE_URL), page.updated_at))
    return xml(request, "articles/sitemap.xml", {"entries": entries[:LIMIT]})


@require_safe
@kept_page(max_age=TEN_MINUTES)
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, the newest first, under the headline that gives nothing away."""
    fresh = listed().filter(published_at__gt=timezone.now() - NEWS_FOR).newest_first().as_cards()[:MOST_NEWS]
    return xml(request, "articles/sitemap_news.xml", {"editions": fresh})


def xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page for machines. What it lists changes with any story."""
    shows(shown.STORIES, shown.EDITIONS)
    return render(request, template, context, content_type="application/xml; charset=utf-8")
