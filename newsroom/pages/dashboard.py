"""The admin's front page: what is mine, what waits for me, what goes out today, how the paper does.

A fixed number of queries, whatever there is; only what the person may see.
"""

from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from articles.corrections import RIGHT as CORRECT
from articles.models import Article, Edition, Embargo, ErrorNote, Event, Image, Note
from articles.models.article import seen_in
from articles.models.image import WARNED_AHEAD
from articles.readership import readings
from articles.workflow import Stage
from comments.models import Comment, Discussion
from comments.models.remit import MODERATORS_RIGHT
from newsroom.lib.charts import Chart, bar_chart
from newsroom.lib.days import midnight
from newsroom.lib.people import Person

LISTED = 8
DAYS = 14
A_DAY = timedelta(hours=24)


def dashboard(person: Person) -> dict[str, Any]:
    """What this person's front page shows."""
    context: dict[str, Any] = {"held": held_for(person)}
    if person.has_perm(CORRECT):
        context["errors"] = ErrorNote.objects.open().visible_to(person).count()
    if person.has_perm("articles.change_image"):
        context |= rights_ending()
    if person.has_perm("articles.view_article"):
        context |= {
            "mine": with_sight(mine(person)),
            **notes_for(person),
            "review": with_sight(review_for(person)),
            "today": today(person),
            "live": live_now(),
            "charts": [published_a_day(), comments_a_day(), hours_in_review()],
        }
    return context


def held_for(person: Person) -> int | None:
    """How many comments wait, for who may decide on them."""
    return Comment.objects.moderated_by(person).awaiting().count() if person.has_perm(MODERATORS_RIGHT) else None


def rights_ending() -> dict[str, int]:
    """How many pictures may be shown for thirty days at most, and how many no longer, in one query."""
    today = timezone.localdate()
    ending = Count("pk", filter=Q(rights_until__range=(today, today + WARNED_AHEAD)))
    return Image.objects.aggregate(rights_ending=ending, rights_over=Count("pk", filter=Q(rights_until__lt=today)))


def mine(person: Person) -> QuerySet[Article]:
    """What this person has to do, the most urgent first, and then what they last worked on."""
    to_do = Q(assignee=person.pk) & ~Q(stage=Stage.PUBLISHED)
    found = Article.objects.visible_to(person).filter(Q(saved_by=person.pk) | to_do)
    due = Case(When(to_do, then=F("due_on")))
    return found.order_by(Case(When(to_do, then=0), default=1), due.asc(nulls_last=True), "-saved_at", "-pk")


def notes_for(person: Person) -> dict[str, Any]:
    """The newest open notes for this person, and how many there are, in two queries."""
    notes = Note.objects.open().visible_to(person).concerning(person)
    newest = notes.select_related("article", "by").defer("article__body").order_by("-at", "-pk")
    return {"notes": list(newest[:LISTED]), "note_count": notes.count()}


def review_for(person: Person) -> QuerySet[Article]:
    """Editors: what asks for review, the longest waiting first. Writers: their own that are on the way."""
    stages = [Stage.IN_REVIEW, Stage.READY]
    return Article.objects.visible_to(person).filter(stage__in=stages).order_by("saved_at")


def with_sight(articles: QuerySet[Article]) -> list[tuple[Article, Any]]:
    """The first few stories with what readers have of each, in two queries."""
    editions = Prefetch("editions", Edition.objects.defer(*Edition.HEAVY).order_by("live_at"))
    rows = articles.select_related("section", "saved_by", "assignee").prefetch_related(editions)[:LISTED]
    return [(article, seen_in(list(article.editions.all()))) for article in rows]


def today(person: Person) -> list[tuple[datetime, str, Article]]:
    """What happens by itself within a day: editions that go live or end, embargoes that lift."""
    now, visible = timezone.now(), Article.objects.visible_to(person)
    soon = (now, now + A_DAY)
    editions = Edition.objects.standing().defer(*Edition.HEAVY).select_related("article").filter(article__in=visible)
    begins = [(row.live_at, "goes live", row.article) for row in editions.filter(live_at__range=soon)]
    ending = editions.filter(ends_at__range=soon, ended_as=Edition.EndedAs.EXPIRED)
    ends = [(row.ends_at, "ends", row.article) for row in ending if row.ends_at]
    lifting = Embargo.objects.standing().filter(lifts_at__range=soon, article__in=visible).select_related("article")
    lifts = [(row.lifts_at, "embargo lifts", row.article) for row in lifting]
    return sorted([*begins, *ends, *lifts], key=lambda row: row[0])


def live_now() -> list[tuple[Edition, int, int]]:
    """The newest stories readers have, with their readers of the last day and their comments, in four queries."""
    editions = list(Edition.objects.live().newest_first().as_cards()[:LISTED])
    counts = Discussion.objects.counts_for(edition.article_id for edition in editions)
    read = readings((edition.article_id for edition in editions), timezone.now() - A_DAY)
    return [(edition, read[edition.article_id], counts.get(edition.article_id, 0)) for edition in editions]


# --- Charts ----------------------------------------------------------------------------------------


def published_a_day() -> Chart:
    rows = a_day(Event.objects.filter(kind=Event.Kind.PUBLISHED), "at")
    total = sum(int(value) for _, value in rows)
    return bar_chart("Published a day", "stories", rows, f"{total} published in {DAYS} days.")


def comments_a_day() -> Chart:
    rows = a_day(Comment.objects.all(), "posted_at")
    total = sum(int(value) for _, value in rows)
    return bar_chart("Comments a day", "comments", rows, f"{total} written in {DAYS} days.")


def a_day(rows: QuerySet, moment: str) -> list[tuple[str, float]]:
    """How many rows each of the last days has, in the site's zone; days without any too."""
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    days = rows.filter(**{f"{moment}__gte": midnight(since)}).annotate(day=TruncDate(moment)).order_by()
    counts = dict(days.values_list("day").annotate(Count("pk")))
    wanted = (since + timedelta(days=place) for place in range(DAYS))
    return [(f"{day:%-d %b}", counts.get(day, 0)) for day in wanted]


def hours_in_review() -> Chart:
    """Hours from asking for review to being published, the median of each day's stories."""
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    hours: dict[date, list[float]] = {}
    for published, submitted in reviewed_since(midnight(since)):
        spent = (published - submitted).total_seconds() / 3600
        hours.setdefault(timezone.localdate(published), []).append(spent)
    wanted = [since + timedelta(days=place) for place in range(DAYS)]
    rows = [(f"{day:%-d %b}", round(median(hours[day]), 1) if day in hours else 0.0) for day in wanted]
    every = [spent for day in hours.values() for spent in day]
    summary = (
        f"Half were out within {median(every):.1f} hours." if every else f"None went through review in {DAYS} days."
    )
    return bar_chart("From submit to publish", "hours", rows, summary)


def reviewed_since(since: datetime) -> list[tuple[datetime, datetime]]:
    """(published, submitted) for what was published since then after a review, in one query."""
    kinds = [Event.Kind.SUBMITTED, Event.Kind.PUBLISHED]
    events = Event.objects.filter(kind__in=kinds, at__gte=since - timedelta(days=30)).order_by("at", "pk")
    events = events.exclude(article=None)
    submitted: dict[int, datetime] = {}
    pairs = []
    for article, kind, at in events.values_list("article", "kind", "at"):
        if kind == Event.Kind.SUBMITTED:
            submitted[article] = at
        elif article in submitted and at >= since:
            pairs.append((at, submitted.pop(article)))
    return pairs
