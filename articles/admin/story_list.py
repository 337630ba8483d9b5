"""The list of stories in the admin: what it finds, in which order, and what each line says. Loaded in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import smart_split, unescape_string_literal

from newsroom.lib.people import Person

from ..draft import differences
from ..models import Article, ArticleTopic, Byline, Edition, Embargo, Presence, SavedView
from ..models.article import seen_in
from ..presence import Room
from ..workflow import Seen
from . import bulk, presence
from .counting import CountedPaginator
from .story_filters import SIFTS

# What an address of the list may say; the rest is no part of a view.
SORT = "o"
KEYS = ("q", *(sift.parameter_name for sift in SIFTS), SORT)
SORTS = {
    "": "Last saved first",
    "headline": "By headline",
    "live": "Newest for readers first",
    "due": "By the day it is due",
}
MOST_WORDS = 8
MOST_TABS = 40
LONGEST = 120  # characters of one word of an address
SOON = timedelta(days=6)


@dataclass(frozen=True)
class Line:
    """A story as the list shows it."""

    article: Article
    seen: Seen
    waiting: Edition | None
    differs: bool
    embargo: Embargo | None
    people: list[tuple[Presence, str]]
    names: list[str]

    @property
    def waits_until(self) -> str:
        return moment(self.waiting.live_at) if self.waiting else ""

    @property
    def lifts(self) -> str:
        return moment(self.embargo.lifts_at) if self.embargo else ""


@dataclass(frozen=True)
class Tab:
    """A view of the list, by its name; `by` shares it."""

    name: str
    query: str
    is_current: bool = False
    by: str = ""


BUILT_IN = (
    ("All", ""),
    ("Mine", "author=me"),
    ("In review", "stage=in_review"),
    ("Ready", "stage=ready"),
    ("Scheduled", "readers=scheduled"),
    ("Live", "readers=live"),
)


def moment(at: datetime) -> str:
    """A moment to come, as short as it can be: "Fri 09:00", or with the day when it is further off."""
    local = timezone.localtime(at)
    return date_format(local, "D H:i" if local - timezone.localtime() < SOON else "D j M Y, H:i")


def canonical(query: QueryDict) -> str:
    """What an address asks of the list, always in the same words."""
    return urlencode([(key, query[key][:LONGEST]) for key in KEYS if query.get(key)])


# --- Finding ---------------------------------------------------------------------------------------


class StoryList(ChangeList):
    """Django's list with orders that have names, and lines that are loaded whole."""

    lines: list[Line]
    versions: str

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        return order(self.params.get(SORT, ""))

    def get_ordering_field_columns(self) -> dict[int, Any]:
        """None: the order is chosen by name, not by a column's number."""
        return {}

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        return loaded(super().get_queryset(request, exclude_parameters))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        self.lines = lines_of(self.result_list)
        self.versions = " ".join(f"{article.pk}.{article.version}" for article in self.result_list)


def order(name: str) -> list[Any]:
    """The order of this name, else the one in which they were saved."""
    if name == "headline":
        return ["headline", "-pk"]
    if name == "live":
        live = Edition.objects.live().filter(article=OuterRef("pk"))
        return [Subquery(live.values("published_at")[:1]).desc(nulls_last=True), "-pk"]
    if name == "due":
        return [F("due_on").asc(nulls_last=True), "-pk"]
    return ["-saved_at", "-pk"]


def loaded(stories: QuerySet[Article]) -> QuerySet[Article]:
    """The stories with all that their lines show."""
    return stories.select_related("section", "saved_by", "assignee", "embargo").prefetch_related(
        Prefetch("editions", Edition.objects.defer(*Edition.HEAVY).order_by("live_at")),
        Prefetch("byline_set", Byline.objects.select_related("author")),
        "topic_links",
        presence.people_here(),
    )


def lines_of(articles: list[Article]) -> list[Line]:
    """The lines of these loaded stories; one query more, for the words that readers have."""
    live = Edition.objects.live().filter(article__in=[article.pk for article in articles])
    sources = {edition.article_id: edition.draft for edition in live.only("article_id", "source")}
    return [
        line_of(article, article.pk in sources and bool(differences(sources[article.pk], article.draft)))
        for article in articles
    ]


def line_of(article: Article, differs: bool) -> Line:
    editions = list(article.editions.all())
    embargo = getattr(article, "embargo", None)
    here = Room(tuple(article.people_here)).people()  # type: ignore[attr-defined]
    return Line(
        article=article,
        seen=seen_in(editions),
        waiting=next((edition for edition in editions if edition.is_waiting), None),
        differs=differs,
        embargo=embargo if embargo and embargo.stands else None,
        people=[(there, presence.doing(there)) for there in here],
        names=list(dict.fromkeys(line.author.name for line in article.byline_set.all())),
    )


def search(stories: QuerySet[Article], query: str) -> QuerySet[Article]:
    """The stories in which every word of the query is found; "words in quotes" are one."""
    for word in words_of(query):
        stories = stories.filter(has(word))
    return stories


def words_of(query: str) -> list[str]:
    parts = list(smart_split(query[:LONGEST].replace("\x00", "")))[:MOST_WORDS]
    return [
        unescape_string_literal(part) if part[0] == part[-1] and part[0] in "\"'" and part[1:] else part
        for part in parts
    ]


def has(word: str) -> Q:
    """In the headline, the dek, the body, or the name of a topic or an author."""
    topics = ArticleTopic.objects.filter(article=OuterRef("pk"), topic__name__icontains=word)
    authors = Byline.objects.filter(article=OuterRef("pk"), author__name__icontains=word)
    own = Q(headline__icontains=word) | Q(dek__icontains=word) | Q(body__icontains=escape(word, quote=False))
    return own | Q(Exists(topics)) | Q(Exists(authors))


# --- The page --------------------------------------------------------------------------------------


class StoryListMixin(admin.ModelAdmin):
    """The half of a story's admin that is its list."""

    list_display = ("headline",)
    list_filter = SIFTS
    list_per_page = 50
    list_max_show_all = 500
    search_fields: ClassVar = ("headline", "dek", "body")
    show_full_result_count = False
    paginator = CountedPaginator
    change_list_template = "admin/articles/article/change_list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        return search(queryset, search_term), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return bulk.actions_for(request.user)

    def response_action(self, request: HttpRequest, queryset: Any, *more: Any) -> HttpResponse | None:
        """Django's, unless what was chosen are no stories."""
        if not all(bulk.NUMBER.fullmatch(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.error(request, "What was chosen are no stories. Nothing was changed.")
            return None
        return super().response_action(request, queryset, *more)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; an address with empty words, as the form sends it, is made short first."""
        query = canonical(request.GET)
        if request.method == "GET" and any(key in request.GET and not request.GET[key] for key in KEYS):
            return HttpResponseRedirect(f"?{query}" if query else request.path)
        views = list(SavedView.objects.for_person(request.user).select_related("owner")[:MOST_TABS])
        shown = tabs(query, views, request.user)
        context = {
            "title": "Stories",
            "tabs": shown,
            "is_tab": any(tab.is_current for tab in shown),
            "own_view": next(
                (view for view in views if view.query == query and view.owner_id == request.user.pk), None
            ),
            "query": query,
            "sorts": SORTS.items(),
            "sort": request.GET.get(SORT, ""),
            "sort_key": SORT,
        }
        return super().changelist_view(request, context | (extra_context or {}))


def tabs(query: str, views: list[SavedView], user: Person | AnonymousUser) -> list[Tab]:
    """The views of the list, the one that is open marked; others' with the name of who shares them."""
    built_in = [Tab(name, asked, is_current=asked == query) for name, asked in BUILT_IN]
    kept = [
        Tab(view.name, view.query, view.query == query, "" if view.owner_id == user.pk else view.owner.name)
        for view in views
    ]
    return built_in + kept
