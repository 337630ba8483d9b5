"""Discussions in the admin: open or closed, and whether every comment is read first.

Comments are decided at the desk.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Discussion


@admin.register(Discussion)
class DiscussionAdmin(admin.ModelAdmin):
    fields = ("article", "is_open", "is_premoderated", "shown_count", "held_count", "last_at")
    readonly_fields = ("article", "shown_count", "held_count", "last_at")
    list_display = ("article", "is_open", "is_premoderated", "shown_count", "held_count", "last_at")
    list_filter = ("is_open", "is_premoderated")
    list_select_related = ("article",)
    search_fields = ("article__headline",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Discussion, form: Any, change: bool) -> None:
        """Only what was changed: readers move the counters meanwhile."""
        obj.save(update_fields=form.changed_data)
