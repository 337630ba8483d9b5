"""The board: where every story stands, a column a stage, and the moves that need no further word."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, Min, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.days import midnight
from newsroom.lib.people import Person, signed_in

from ..models import Article, Edition, Event
from ..models.article import ArticleQuerySet, seen_in
from ..publishing import NotPossible
from ..workflow import ON_THE_WAY, Move, Seen, Stage, open_moves
from . import moves
from .doors import door, story_door
from .narrowing import Narrowing

NAME = "articles_article_board"
SHOWN = 30
MOVES = ("submit", "approve")
Kind = Event.Kind
# What brings a working copy into a stage; a draft it is since whatever came after it was anything else.
INTO = {Stage.IN_REVIEW: Kind.SUBMITTED, Stage.READY: Kind.APPROVED}
OUT_OF_DRAFT = (Kind.SUBMITTED, Kind.APPROVED, Kind.PUBLISHED, Kind.SCHEDULED)
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class PressForm(forms.Form):
    """What a card's button sends: the move, and the version of the words on the card."""

    move = forms.ChoiceField(choices=[(name, name) for name in MOVES])
    version = forms.IntegerField(min_value=1)


@dataclass(frozen=True)
class Card:
    """A story on the board, for one person."""

    article: Article
    since: datetime
    seen: Seen
    moves: list[Move]

    @property
    def is_changed(self) -> bool:
        """Whether readers get something of it while its working copy goes on."""
        return self.seen in ON_THE_WAY and self.article.stage != Stage.PUBLISHED

    @property
    def standing(self) -> str:
        """How long it stands there: "3 days"."""
        return timesince(self.since, depth=1)


@dataclass(frozen=True)
class Column:
    """Stories in the same place: the newest, and how many there are. `list_query` leads to all in the list."""

    name: str
    label: str
    cards: list[Card]
    count: int
    list_query: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [
        path("board/", door(site_of, page, require_safe), name=NAME),
        path("board/<int:pk>/", story_door(site_of, make_move, require_POST), name=f"{NAME}_move"),
    ]


def page(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The columns for this person: a fixed number of queries."""
    person = signed_in(request)
    if not site_of.has_view_permission(request):
        raise PermissionDenied
    narrowing = Narrowing(request.GET)
    stories = narrowing.narrow(Article.objects.visible_to(person))
    context = {
        **site_of.admin_site.each_context(request),
        "title": "Board",
        "opts": site_of.opts,
        "columns": columns(stories, person, narrowing),
        "narrowing": narrowing,
        "query": query(narrowing.chosen),
        "shown": SHOWN,
    }
    return render(request, "admin/articles/article/board.html", context)


def columns(stories: ArticleQuerySet, person: Person, narrowing: Narrowing) -> list[Column]:
    """Three by the stage of the working copy, two by what readers get and have got today."""
    chosen = narrowing.cleaned_data.get("section")
    sections = {"section__id__exact": str(chosen.pk)} if chosen else {}
    by_stage = [
        column(stage, str(stage.label), in_stage(stories, stage), person, query({"stage__exact": stage, **sections}))
        for stage in (Stage.DRAFT, Stage.IN_REVIEW, Stage.READY)
    ]
    return [
        *by_stage,
        column("scheduled", "Scheduled", scheduled(stories), person),
        column("today", "Live today", live_today(stories), person),
    ]


def in_stage(stories: ArticleQuerySet, stage: Stage) -> QuerySet[Article]:
    """Stories whose working copy is there, the newest first, with `since` when."""
    events = Event.objects.filter(article=OuterRef("pk")).order_by().values("article")
    found = stories.filter(stage=stage)
    if stage in INTO:
        since = events.filter(kind=INTO[stage]).annotate(at_last=Max("at")).values("at_last")
        found = found.annotate(since=Subquery(since))
    else:
        left = events.filter(kind__in=OUT_OF_DRAFT).annotate(at_last=Max("at")).values("at_last")
        found = found.annotate(left=Coalesce(Subquery(left), Value(LONG_AGO)))
        first = events.filter(at__gt=OuterRef("left")).annotate(at_first=Min("at")).values("at_first")
        found = found.annotate(since=Subquery(first))
    return found.order_by("-saved_at", "-pk")


def scheduled(stories: ArticleQuerySet) -> QuerySet[Article]:
    """Stories with an edition that waits, the next first; `since` is when it goes live."""
    waiting = Edition.objects.waiting().filter(article=OuterRef("pk")).order_by("live_at").values("live_at")
    # Those that have one are few, and found first: of all the others nobody asks when.
    return stories.scheduled().annotate(since=Subquery(waiting[:1])).order_by("since", "pk")


def live_today(stories: ArticleQuerySet) -> QuerySet[Article]:
    """Stories with an edition that went live today and is live still, the newest first; `since` is when."""
    today = midnight(timezone.localdate())
    live = Edition.objects.live().filter(article=OuterRef("pk"), live_at__gte=today)
    since = Subquery(live.values("live_at")[:1])
    return stories.filter(Exists(live)).annotate(since=since).order_by("-since", "-pk")


def column(name: str, label: str, stories: QuerySet[Article], person: Person, list_query: str = "") -> Column:
    """The first stories of a column, in three queries."""
    editions = Prefetch("editions", Edition.objects.defer(*Edition.HEAVY).order_by("live_at"))
    rows = stories.select_related("section", "saved_by", "assignee").defer("body").prefetch_related(editions)[:SHOWN]
    return Column(name, label, [card(article, person) for article in rows], stories.count(), list_query)


def card(article: Any, person: Person) -> Card:
    """A story, since when it is where it is, and the moves to offer on it."""
    editions = list(article.editions.all())
    seen, waiting = seen_in(editions), any(edition.is_waiting for edition in editions)
    offered = open_moves(Stage(article.stage), seen, waiting=waiting, may=person.has_perm)
    return Card(article, article.since or article.saved_at, seen, [move for move in offered if move.name in MOVES])


def make_move(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Do what a card's button says to the words its column was drawn with; a refusal is told in words."""
    form = PressForm(request.POST)
    try:
        if not form.is_valid():
            raise NotPossible("There is no such move on the board.")
        name = form.cleaned_data["move"]
        moves.VERBS[name](article, version=form.cleaned_data["version"], by=signed_in(request))
        messages.success(request, f"“{article}”: {moves.DONE[name]}")
    except moves.REFUSALS as refusal:
        messages.error(request, f"“{article}”: {refusal}")
    return redirect(f"{reverse(f'admin:{NAME}')}?{request.GET.urlencode()}")


def query(words: dict[str, str]) -> str:
    """The part of an address behind the question mark."""
    found = QueryDict(mutable=True)
    found.update(words)
    return found.urlencode()
