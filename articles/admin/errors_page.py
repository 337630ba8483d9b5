"""What readers report as errors in stories: the list, and an editor's answer to each."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import errors
from ..corrections import RIGHT
from ..models import Correction, ErrorNote
from ..publishing import NotPossible
from .reading_only import ReadOnlyAdmin

LISTED = 50
NAME = "articles_errornote"


class AnswerForm(forms.Form):
    """What came of a reader's word, and the correction that tells all readers."""

    found = forms.ChoiceField(choices=ErrorNote.Answer.choices)
    correction = forms.ModelChoiceField(Correction.objects.none(), required=False)

    def __init__(self, note: ErrorNote, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Correction.objects.standing().filter(article=note.article_id)
        self.fields["correction"].queryset = standing  # type: ignore[attr-defined]


@admin.register(ErrorNote)
class ErrorNoteAdmin(ReadOnlyAdmin):
    """One page, and the answers sent from it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(RIGHT)

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        return [
            path("", door(personal_page(require_safe(self.page))), name=f"{NAME}_changelist"),
            path("<int:pk>/answer/", door(personal_page(require_POST(self.answer))), name=f"{NAME}_answer"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        """The open ones, the oldest first, and the last answered ones, in a fixed number of queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        standing = Prefetch("article__corrections", Correction.objects.standing(), to_attr="standing_corrections")
        notes = ErrorNote.objects.visible_to(signed_in(request)).select_related("article", "said_by", "answered_by")
        notes = notes.defer("article__body")
        context = {
            **self.admin_site.each_context(request),
            "title": "Errors readers report",
            "opts": self.opts,
            "notes": notes.open().prefetch_related(standing).order_by("at", "pk")[:LISTED],
            "answered": notes.exclude(answered_at=None).order_by("-answered_at", "-pk")[:LISTED],
            "answers": ErrorNote.Answer.choices,
        }
        return render(request, "admin/articles/errornote/errors.html", context)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep an editor's answer; the reader finds it in their account."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        note = get_object_or_404(ErrorNote.objects.visible_to(signed_in(request)).select_related("article"), pk=pk)
        form = AnswerForm(note, request.POST)
        if not form.is_valid():
            messages.error(request, "Choose what came of it, and a correction of this story or none.")
            return redirect(f"admin:{NAME}_changelist")
        try:
            errors.answer(note, by=signed_in(request), **form.cleaned_data)
            messages.success(request, "Answered: whoever said it finds it in their account.")
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        return redirect(f"admin:{NAME}_changelist")
