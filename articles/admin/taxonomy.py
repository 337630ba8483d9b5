"""Sections, topics and authors. A new name reaches the editions that show it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..cutting import recompile
from ..models import Author, Edition, Section, Topic


class RenamingAdmin(admin.ModelAdmin):
    """Rows whose names editions carry. The address stays once it is given."""

    editions_by = ""
    prepopulated_fields = {"slug": ("name",)}
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            recompile(Edition.objects.filter(past=False, **{self.editions_by: obj}))


@admin.register(Section)
class SectionAdmin(RenamingAdmin):
    editions_by = "section"
    list_display = ("name", "slug", "colour", "position")
    autocomplete_fields = ("stand_in",)


@admin.register(Topic)
class TopicAdmin(RenamingAdmin):
    editions_by = "editiontopics__topic"
    list_display = ("name", "description")


@admin.register(Author)
class AuthorAdmin(RenamingAdmin):
    editions_by = "editionbylines__author"
    list_display = ("name", "user")
    autocomplete_fields = ("user",)
