"""All open notes of the paper that a person may see, those for them first. Notes are written on a story's own page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from newsroom.lib.http import personal_page
from newsroom.lib.people import Person, signed_in

from ..models import Note
from .reading_only import ReadOnlyAdmin

LISTED = 50


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """One page, to read: it is here to stand in the admin's navigation."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_article")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(personal_page(require_safe(self.open_notes)))
        return [path("", view, name="articles_note_changelist")]

    def open_notes(self, request: HttpRequest) -> HttpResponse:
        """Every open note, in a fixed number of queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Open notes",
            "opts": self.opts,
            "groups": groups(signed_in(request)),
            "listed": LISTED,
        }
        return render(request, "admin/articles/note/open.html", context)


def groups(person: Person) -> list[tuple[str, str, list[Note]]]:
    """(title, what to say when there are none, notes), the newest first: those for this person, and the others."""
    notes = Note.objects.open().visible_to(person).select_related("article", "by").defer("article__body")
    notes = notes.annotate(answer_count=Count("answers", distinct=True)).order_by("-at", "-pk")
    # By their keys: as a query within a query PostgreSQL takes seconds over a thousand notes.
    concerning = set(Note.objects.open().concerning(person).values_list("pk", flat=True))
    return [
        (
            "For you",
            "No open note mentions you or is on a story of yours.",
            list(notes.filter(pk__in=concerning)[:LISTED]),
        ),
        ("On other stories", "No other note is open.", list(notes.exclude(pk__in=concerning)[:LISTED])),
    ]
