"""Discussions in the admin: who may post in which and until when, and how new ones begin.

Comments are decided at the desk.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from articles.models import Article, Edition
from newsroom.lib.facts import TIMETABLE, changed
from newsroom.lib.people import signed_in
from newsroom.lib.telling import TellingAdmin

from . import erasing, phrases_admin, shown  # noqa: F401  Its pages are registered by being there.
from .models import Discussion, Guest, Rules
from .models.remit import looked_after_by


@admin.register(Discussion)
class DiscussionAdmin(TellingAdmin):
    """Each under the headline that readers have or had last: those who look after discussions see no drafts."""

    COUNTED = ("shown_count", "held_count", "last_at")
    fields = ("story", "mode", "takes_guests", "closes_at", "stays_open", "slow_seconds", *COUNTED)
    readonly_fields = ("story", *COUNTED)
    list_display = ("story", "mode", "closes_at", "shown_count", "held_count", "last_at")
    list_filter = ("mode",)
    search_fields = ("headline",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discussion]:
        """Of stories that readers have or had, and of those that this person may open."""
        begun = Edition.objects.begun().filter(article=OuterRef("article"))
        known = Q(Exists(begun)) | Q(article__in=Article.objects.visible_to(request.user))
        tended = looked_after_by(signed_in(request), "article__section")
        last = begun.order_by("-live_at").values("headline")[:1]
        return super().get_queryset(request).annotate(headline=Subquery(last)).filter(known, tended)

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
        changed(*self.names_of(obj))

    def names_of(self, obj: Discussion) -> tuple[str, ...]:
        return shown.talk(obj.pk), TIMETABLE


@admin.register(Rules)
class RulesAdmin(TellingAdmin):
    """How discussions begin, on the whole site and in each section; and the switch that pauses them all."""

    list_display = ("__str__", "mode", "closes_after_days", "slow_seconds", "is_paused")
    list_select_related = ("section",)
    fields = (
        "section",
        "mode",
        "takes_guests",
        "closes_after_days",
        "slow_seconds",
        "is_paused",
        "pause_message",
        "calms_heat",
    )
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("section",) if obj else ()

    def names_of(self, obj: Rules) -> tuple[str, ...]:
        return (shown.RULES,)


@admin.register(Guest)
class GuestAdmin(admin.ModelAdmin):
    """Who has said something without an account; to erase it, with the name and the address, for whoever asks."""

    list_display = ("name", "email", "asked_at", "is_confirmed")
    search_fields = ("name", "email")
    fields = ("name", "email", "asked_at", "is_confirmed")
    actions = None

    @admin.display(description="Confirmed", boolean=True)
    def is_confirmed(self, guest: Any) -> bool:
        return guest.comment_id is not None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Guest) -> None:
        erasing.forget(obj)
