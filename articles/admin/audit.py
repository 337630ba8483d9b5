"""The audit log: every event of every story, to read, to filter, and to take away as CSV."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from newsroom.lib.csv import csv_response
from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from ..models import Article, Event
from ..models.taxonomy import EDITORS_RIGHT, sections_of
from .counting import CountedPaginator
from .reading_only import ReadOnlyAdmin

HEAD = ("at", "what", "story", "headline", "version", "edition", "by", "note")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Read only: an event is written once and never changed."""

    list_display = ("at", "kind", "story", "by", "note")
    list_display_links = None
    list_filter = ("kind", "at", "by")
    list_select_related = ("article", "by", "edition")
    search_fields = ("article__headline", "deleted_story", "note", "by__username")
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    paginator = CountedPaginator
    actions = None
    change_list_template = "admin/articles/event/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """All of them for an editor of the whole paper, without a look at which stories there are."""
        events, person = super().get_queryset(request), signed_in(request)
        if person.has_perms([EDITORS_RIGHT, "articles.view_article"]) and not sections_of(person):
            return events
        return events.filter(article__in=Article.objects.of(request.user))

    @admin.display(description="Story")
    def story(self, event: Event) -> str:
        if event.article is None:
            return event.deleted_story
        address = reverse("admin:articles_article_change", args=[event.article_id])
        return format_html('<a href="{}">{}</a>', address, event.article)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(personal_page(require_safe(self.export)))
        return [path("export/", export, name="articles_event_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"title": "Audit log", "export_query": request.GET.urlencode(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The events that the list shows with the same filters, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        events = self.get_changelist_instance(request).get_queryset(request)
        return csv_response("audit-log.csv", rows_of(events))


def rows_of(events: QuerySet[Event]) -> Iterator[tuple[object, ...]]:
    """The head, then a row an event; in constant memory."""
    yield HEAD
    for event in events.select_related("article", "by", "edition").iterator(chunk_size=500):
        yield (
            event.at.isoformat(timespec="seconds"),
            event.get_kind_display(),
            event.article_id or "",
            event.article.headline if event.article else event.deleted_story,
            event.version,
            event.edition.number if event.edition else "",
            event.by.get_username() if event.by else "",
            event.note,
        )
