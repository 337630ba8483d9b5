"""Discussions in the admin: open or closed, and whether every comment is read first.

Comments are decided at the desk.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from articles.models import Article, Edition

from .models import Discussion


@admin.register(Discussion)
class DiscussionAdmin(admin.ModelAdmin):
    """Each under the headline that readers have or had last: those who look after discussions see no drafts."""

    fields = ("story", "is_open", "is_premoderated", "shown_count", "held_count", "last_at")
    readonly_fields = ("story", "shown_count", "held_count", "last_at")
    list_display = ("story", "is_open", "is_premoderated", "shown_count", "held_count", "last_at")
    list_filter = ("is_open", "is_premoderated")
    search_fields = ("headline",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discussion]:
        """Of stories that readers have or had, and of those that this person may open."""
        begun = Edition.objects.begun().filter(article=OuterRef("article"))
        known = Q(Exists(begun)) | Q(article__in=Article.objects.visible_to(request.user))
        last = begun.order_by("-live_at").values("headline")[:1]
        return super().get_queryset(request).annotate(headline=Subquery(last)).filter(known)

    @admin.display(ordering="headline")
    def story(self, discussion: Any) -> str:
        return discussion.headline or f"No. {discussion.article_id}, not with readers yet"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Discussion, form: Any, change: bool) -> None:
        """Only what was changed: readers move the counters meanwhile."""
        obj.save(update_fields=form.changed_data)
