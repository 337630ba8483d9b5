"""Who wants the newsletter: to look somebody up, to delete an address that is asked to be forgotten, to take away."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from articles.models.taxonomy import sections_of
from newsroom.lib.csv import csv_response
from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .models import Subscriber

EXPORT_RIGHT = "newsroom.export_subscriber"
HEAD = ("address", "state", "given at", "given", "confirmed", "left")


class StateFilter(admin.SimpleListFilter):
    """Who is on the list, who has left, and who has not confirmed."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("on", "On the list"), ("left", "Left"), ("unconfirmed", "Not confirmed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "on":
            return queryset.filter(confirmed_at__isnull=False, unsubscribed_at=None)
        if self.value() == "left":
            return queryset.filter(unsubscribed_at__isnull=False)
        return queryset.filter(confirmed_at=None, unsubscribed_at=None) if self.value() else queryset


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Nobody adds or changes an address but its owner. For editors of the whole paper."""

    list_display = ("email", "state", "place", "asked_at", "confirmed_at", "unsubscribed_at")
    list_filter = (StateFilter, "place")
    search_fields = ("email",)
    date_hierarchy = "asked_at"
    list_per_page = 100
    change_list_template = "admin/newsroom/subscriber/change_list.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and not sections_of(signed_in(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and not sections_of(signed_in(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not sections_of(signed_in(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(personal_page(require_safe(self.export)))
        return [path("export/", export, name="newsroom_subscriber_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_export": self.may_export(request), "export_query": request.GET.urlencode()}
        return super().changelist_view(request, {"title": "Newsletter", **more, **(extra_context or {})})

    def may_export(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and signed_in(request).has_perm(EXPORT_RIGHT)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The addresses that the list shows with the same filters, as CSV."""
        if not self.may_export(request):
            raise PermissionDenied
        return csv_response("newsletter.csv", rows_of(self.get_changelist_instance(request).get_queryset(request)))


def rows_of(subscribers: QuerySet[Subscriber]) -> Iterator[tuple[object, ...]]:
    """The head, then a row an address; in constant memory."""
    yield HEAD
    for row in subscribers.iterator(chunk_size=500):
        moments = (row.asked_at, row.confirmed_at, row.unsubscribed_at)
        told = (at.isoformat(timespec="seconds") if at else "" for at in moments)
        yield (row.email, row.state, row.get_place_display(), *told)
