"""Sections, topics and authors. A new name reaches the editions that show it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget, AdminURLFieldWidget
from django.db.models import CharField, URLField
from django.http import HttpRequest

from newsroom.lib.telling import TellingAdmin

from .. import shown
from ..cutting import recompile
from ..models import Author, AuthorLink, Edition, Section, Topic
from .key_select import KeySelectsMixin


class RenamingAdmin(KeySelectsMixin, TellingAdmin):
    """Rows whose names editions carry. The address stays once it is given."""

    editions_by = ""
    # The fields that editions carry.
    carried: ClassVar = frozenset({"name"})
    prepopulated_fields = {"slug": ("name",)}
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and not self.carried.isdisjoint(form.changed_data):
            recompile(Edition.objects.filter(past=False, **{self.editions_by: obj}))


@admin.register(Section)
class SectionAdmin(RenamingAdmin):
    editions_by = "section"
    carried: ClassVar = frozenset({"name", "colour", "stand_in"})
    list_display = ("name", "slug", "colour", "position")
    autocomplete_fields = ("stand_in",)

    def names_of(self, obj: Section) -> tuple[str, ...]:
        return shown.FRAME, shown.section(obj.pk)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A section stays while people are limited to it: without one they would be limited to nothing."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        named = {
            f"{person} is limited to {section}"
            for section in objs
            for person in (*section.editors.all(), *section.moderators.all())
        }
        return deleted, counts, missing, [*protected, *sorted(named)]


@admin.register(Topic)
class TopicAdmin(RenamingAdmin):
    editions_by = "editiontopics__topic"
    list_display = ("name", "description")
    autocomplete_fields = ("picture",)

    def names_of(self, obj: Topic) -> tuple[str, ...]:
        return (shown.topic(obj.pk),)


class AuthorLinkInline(admin.TabularInline):
    """Where else an author is found."""

    model = AuthorLink
    extra = 1
    max_num = 8
    formfield_overrides: ClassVar = {
        CharField: {"widget": AdminTextInputWidget({"aria-label": "Name of the link"})},
        URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget({"aria-label": "Address of the link"})},
    }

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_author")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Links are the author's, so who may change the one may add, change and remove the others."""
        return request.user.has_perm("articles.change_author")

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(Author)
class AuthorAdmin(RenamingAdmin):
    editions_by = "editionbylines__author"
    list_display = ("name", "job", "user")
    autocomplete_fields = ("user", "picture")
    inlines = (AuthorLinkInline,)

    def names_of(self, obj: Author) -> tuple[str, ...]:
        return shown.AUTHORS, shown.author(obj.pk)
