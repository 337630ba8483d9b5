"""The story's pages in the admin: start, form, preview. The list is in story_list.py."""

from typing import Any, ClassVar

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator

from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .. import corrections, editing, embargo, trash
from ..body.clean import BodyTooHeavy
from ..cutting import likely_path
from ..draft import BylinePart, Draft, differences
from ..models import Article, Edition, ErrorNote
from ..models.parts import parts_of
from ..preflight import preflight
from ..story import abroad
from ..workflow import Seen
from . import (
    autosave,
    board_page,
    calendar_page,
    conflict,
    corrections_page,
    duplicate_page,
    embargo_page,
    embed_title,
    feed_page,
    history_page,
    moves,
    notes_page,
    presence,
    preview_page,
    reschedule_page,
    share_page,
    story_search,
    trash_page,
    views_page,
)
from .article_form import BylineInline, StoryForm, plain
from .key_select import KeySelectsMixin
from .readers_chart import readers_chart
from .story_list import StoryListMixin

# The editor writes style attributes of its own while one types; nothing else here may. Pictures on the clipboard
# are read by the addresses that the browser itself gives them.
EDITOR_POLICY = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "connect-src": ["'self'", "data:", "blob:"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}
HISTORY = 20
STORY_FIELDS = ("read_version", "headline", "dek", "body", "prompt", "answers", "discussion")
# What nobody can have read.
UNREAD = frozenset({Seen.NEVER, Seen.SCHEDULED})


@admin.register(Article)
class ArticleAdmin(KeySelectsMixin, StoryListMixin):
    """Working copies. Saving goes through editing.save, all else through the table of moves."""

    form = StoryForm
    inlines = (BylineInline,)
    autocomplete_fields = ("lead_image", "safe_image")
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"classes": ["story"], "fields": STORY_FIELDS}),
        ("Where it stands", {"classes": ["side"], "fields": ("section", "about", "slug")}),
        ("Picture", {"classes": ["side"], "fields": ("lead_image", "trailer_url")}),
        (
            "Spoilers",
            {
                "classes": ["side", "collapse"],
                "fields": ("spoiler", "spoiler_scope", "safe_headline", "safe_image"),
            },
        ),
        (
            "Search and sharing",
            {
                "classes": ["side", "collapse"],
                "fields": ("search_title", "search_description", "social_title", "social_description"),
            },
        ),
        (
            "More",
            {"classes": ["side", "collapse"], "fields": ("sponsor", "canonical_url", "printed_at")},
        ),
    )
    save_on_top = False

    # --- Who may ---------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or Article.objects.visible_to(request.user).filter(pk=obj.pk).exists())

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or Article.objects.visible_to(request.user).filter(pk=obj.pk).exists())

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    # --- Starting a story ------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for a headline, make the draft, and open it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            own = editing.own_byline(signed_in(request))
            draft = Draft(headline=request.POST.get("headline", "")[:200], bylines=(BylinePart(own.pk),) if own else ())
            article = editing.start(by=signed_in(request), draft=draft)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        context = {**self.admin_site.each_context(request), "title": "New story", "opts": self.opts}
        return render(request, "admin/articles/article/start.html", context)

    # --- The form --------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        form.problem = getattr(request, "story_problem", "")  # type: ignore[attr-defined]
        form.looking = presence.is_looking(request)  # type: ignore[attr-defined]
        plain(form, "section")
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the draft is saved whole, below."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        draft = form.to_draft(formsets[0])
        over = number(request.POST.get("_keep_mine", ""), LARGEST)
        version = form.cleaned_data["read_version"] if over is None else over
        conflict.remember(request, draft, form.cleaned_data["read_version"])
        if conflict.chosen(request, form.instance):
            return
        request.saved_story = editing.save(  # type: ignore[attr-defined]
            form.instance, draft, version=version, by=signed_in(request), page=autosave.page_of(request)
        )

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Nothing: the event lists the fields that changed."""
        return []

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Nothing: events say what happened, and by whom."""

    @method_decorator(csp_replace(EDITOR_POLICY))
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The writing page. A save that loses to another's shows both texts and writes nothing."""
        if there := trash_page.in_trash(self, request, object_id):
            return there
        context = self.story_context(request, object_id)
        try:
            response = super().change_view(request, object_id, form_url, context)
        except (editing.Conflict, BodyTooHeavy) as problem:
            return self.refused(request, object_id, form_url, context, problem)
        saved = getattr(request, "saved_story", None)
        if saved and request.POST.get("_move"):
            moves.make(request, saved)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[object_id]))
        return response

    def refused(
        self, request: HttpRequest, object_id: str, form_url: str, context: dict[str, Any], problem: Exception
    ) -> HttpResponse:
        """The form again, with what was typed, and in a conflict with what the other has saved."""
        request.story_problem = str(problem)  # type: ignore[attr-defined]
        if isinstance(problem, editing.Conflict):
            context |= conflict.context(request, problem)
        response = super().change_view(request, object_id, form_url, context)
        response.status_code = 200 if context.get("merging") else 409
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the story."""
        if not {"_move", "_take_theirs"} & set(request.POST):
            messages.success(request, "Saved.")
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[obj.pk]))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def story_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What stands beside the form: buttons, editions, what happened."""
        article = self.get_object(request, object_id)
        if article is None:
            return {}
        seen, live, draft = article.seen, article.live_edition, article.draft
        parts = parts_of(draft)
        return {
            "title": str(article),
            "subtitle": None,
            "here": presence.arrive(request, article, may_write=self.has_change_permission(request, article)),
            "seen": seen,
            "sent_back": article.sent_back,
            "open_notes": article.notes.open().count(),
            "live": live,
            "differs": live is not None and bool(differences(live.draft, draft)),
            "waiting": article.waiting_edition,
            "ends": moves.end_of(article),
            "embargo": embargo.standing(article),
            "findings": preflight(draft, parts),
            "abroad": abroad(draft, parts),
            "address": settings.SITE_URL + (live.path if live else likely_path(draft, parts)),
            "buttons": moves.buttons(article, request.user),
            "move_form": moves.move_form(article, request.user),
            "readers": None if seen in UNREAD else readers_chart(article),
            "open_errors": ErrorNote.objects.open().filter(article=article).count(),
            "may_correct": request.user.has_perm(corrections.RIGHT, article),
            "may_trash": trash.may_trash(article, by=signed_in(request)),
            "editions": article.editions.select_related("cut_by").defer(*Edition.HEAVY)[:HISTORY],
            "events": article.events.select_related("by", "edition")[:HISTORY],
        }

    # --- The pages beside it ---------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        return [
            *preview_page.urls(self),
            *autosave.urls(self),
            *presence.urls(self),
            *embargo_page.urls(self),
            *share_page.urls(self),
            *history_page.urls(self),
            *corrections_page.urls(self),
            *duplicate_page.urls(self),
            *trash_page.urls(self),
            *notes_page.urls(self),
            *views_page.urls(self),
            *calendar_page.urls(self),
            *feed_page.urls(self),
            *reschedule_page.urls(self),
            *board_page.urls(self),
            *story_search.urls(self),
            *embed_title.urls(self),
            *super().get_urls(),
        ]
