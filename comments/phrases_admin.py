"""The list of phrases in the admin: many added at once, tried out before, taken off, taken along; and its changes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from newsroom.lib.csv import csv_response
from newsroom.lib.http import personal_page
from newsroom.lib.people import Person, signed_in

from . import phrasing, trying
from .models import Phrase, PhraseChange
from .models.remit import MODERATORS_RIGHT
from .pasting import HEAD, BadLine, pasted
from .posting import MAX_LENGTH
from .screening import Kind, compiled

NAME = "comments_phrase"
LARGEST_FILE, LONGEST_PASTE, MOST_LINES = 1_000_000, 1_000_000, 20_000
CHANGES = 50


class PasteForm(forms.Form):
    """Phrases to add or to try, and a text to try them on."""

    lines = forms.CharField(
        label="Phrases, one a line",
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Or as CSV: phrase, kind, note. Small and capital letters, accents, and letters drawn alike are one.",
    )
    file = forms.FileField(label="Or a file of such lines", required=False)
    kind = forms.ChoiceField(label="What they are", choices=Kind.choices, help_text="Of lines that do not say it.")
    sample = forms.CharField(
        label="A text to try",
        required=False,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It meets the whole list, with the phrases above.",
    )

    def clean_file(self) -> str:
        """The text of the file, "" without one."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("A file may have one megabyte.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError("This is no text in UTF-8.") from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["text"] = "\n".join(filter(None, (data.get("lines"), data.get("file"))))
        if data["text"].count("\n") > MOST_LINES:
            raise ValidationError(f"That are more than {MOST_LINES:,} lines. Please add them in parts.")
        return data


@admin.register(Phrase)
class PhraseAdmin(admin.ModelAdmin):
    """Phrases come and go; none is changed. Every change of the list is a version of it, and on record."""

    list_display = ("text", "short_kind", "short_note", "added_by", "added_at")
    list_filter = ("kind",)
    list_select_related = ("added_by",)
    list_per_page = 100
    ordering = ("key",)
    search_fields = ("text", "key", "note")
    fields = ("text", "kind", "note", "added_by", "added_at")
    change_list_template = "admin/comments/phrase/change_list.html"

    @admin.display(description="kind", ordering="kind")
    def short_kind(self, phrase: Phrase) -> str:
        return Kind(phrase.kind).label.partition(":")[0]

    @admin.display(description="note")
    def short_note(self, phrase: Phrase) -> str:
        return Truncator(phrase.note).chars(60)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(phrasing.RIGHT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(phrasing.RIGHT)

    def delete_model(self, request: HttpRequest, obj: Phrase) -> None:
        phrasing.change(remove=[obj], by=signed_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Phrase]) -> None:
        phrasing.change(remove=list(queryset), by=signed_in(request))

    def get_urls(self) -> list[URLPattern]:
        def door(view: Any) -> Any:
            return self.admin_site.admin_view(personal_page(require_safe(view)))

        return [
            path("export/", door(self.export), name=f"{NAME}_export"),
            path("changes/", door(self.changes), name=f"{NAME}_changes"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Add many phrases at once, or try them out."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, PasteForm())
        form = PasteForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, 422)
        phrases, bad = pasted(form.cleaned_data["text"], form.cleaned_data["kind"])
        if "try" in request.POST:
            return self._page(request, refilled(form), bad=bad, **tried(form, phrases, by=signed_in(request)))
        return self._add(request, form, phrases, bad)

    def _add(self, request: HttpRequest, form: PasteForm, phrases: list[Phrase], bad: list[BadLine]) -> HttpResponse:
        """Keep the good lines; the bad ones stand in the field again, each with what is wrong."""
        try:
            made = phrasing.change(add=phrases, by=signed_in(request))
        except phrasing.Overlapped as overlapped:
            messages.error(request, str(overlapped))
            return self._page(request, refilled(form), 409)
        added = len(made.added) if made else 0
        if phrases:
            messages.success(request, told(added, len(phrases) - added))
        if bad or not phrases:
            form = refilled(form, "\n".join(line.text for line in bad))
            return self._page(request, form, 422, bad=bad, is_empty=not bad)
        return redirect(f"admin:{NAME}_changelist")

    def _page(self, request: HttpRequest, form: PasteForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Add phrases, or try them out",
            "opts": self.opts,
            "form": form,
            "may_moderate": request.user.has_perm(MODERATORS_RIGHT),
            **more,
        }
        return render(request, "admin/comments/phrase/add.html", context, status=status)

    def changes(self, request: HttpRequest) -> HttpResponse:
        """The last changes of the list: who put what on it, and took what off."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Changes of the list",
            "opts": self.opts,
            "changes": PhraseChange.objects.select_related("by")[:CHANGES],
        }
        return render(request, "admin/comments/phrase/changes.html", context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The phrases that the list shows with the same filters, as CSV that can be pasted elsewhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{NAME}_changelist")
        return csv_response("phrases.csv", rows_of(shown))


def rows_of(phrases: QuerySet[Phrase]) -> Iterator[tuple[str, str, str]]:
    yield HEAD
    for phrase in phrases.iterator(chunk_size=500):
        yield phrase.text, phrase.kind, phrase.note


def refilled(form: PasteForm, lines: str | None = None) -> PasteForm:
    """The form with what was typed, or with these lines; what was in a file stands in the field, too."""
    data = form.cleaned_data
    return PasteForm(initial={**data, "lines": data["text"] if lines is None else lines, "file": None})


def tried(form: PasteForm, phrases: list[Phrase], *, by: Person) -> dict[str, Any]:
    """What the phrases, or without any the list, would have met with; and the text, with both."""
    rows = [(phrase.kind, phrase.text) for phrase in phrases]
    sample = form.cleaned_data["sample"]
    return {
        "is_of_list": not rows,
        "trial": trying.try_on_comments(compiled(rows) if rows else phrasing.current(), by=by),
        "sample": trying.try_on_text(sample, trying.with_list(rows)) if sample else None,
    }


def told(added: int, known: int) -> str:
    """What became of the good lines."""
    there = f" {known} {'was' if known == 1 else 'were'} on it already, or stood there twice." if known else ""
    return f"{added} phrase{'' if added == 1 else 's'} put on the list.{there}"
