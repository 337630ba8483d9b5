"""A story's corrections in the admin: those there are, a new one, and withdrawing one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from newsroom.lib.people import signed_in

from .. import corrections
from ..editing import Conflict
from ..models import Article, Correction
from ..publishing import NotPossible
from ..story import NoticeKind, NoticePlace
from .doors import story_door

NAME = "articles_article_corrections"
REASON_LENGTH = 1000


class CorrectionForm(forms.Form):
    """What readers are told, and where; the version is that of the story the editor has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    kind = forms.ChoiceField(choices=NoticeKind.choices, widget=forms.RadioSelect, initial=NoticeKind.CORRECTION)
    text = forms.CharField(
        label="What readers are told",
        max_length=Correction.MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What was wrong and what is right, in plain text. It cannot be changed later, only withdrawn.",
    )
    place = forms.ChoiceField(choices=NoticePlace.choices, widget=forms.RadioSelect, initial=NoticePlace.TOP)
    note = forms.CharField(
        label="Note for the record",
        max_length=REASON_LENGTH,
        required=False,
        help_text="Who told us, how it came about. Readers do not see it.",
    )


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    at = "<int:pk>/corrections/"
    return [
        path(at, story_door(site_of, for_correctors(page)), name=NAME),
        path(
            f"{at}<int:correction>/withdraw/",
            story_door(site_of, for_correctors(withdraw), require_POST),
            name=f"{NAME}_withdraw",
        ),
    ]


def for_correctors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who may correct the story."""

    def inner(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, **more: Any) -> HttpResponse:
        if not request.user.has_perm(corrections.RIGHT, article):
            raise PermissionDenied("You may not correct stories.")
        return view(site_of, request, article, **more)

    return inner


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The corrections there are and the form for another; POST makes one."""
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, initial={"version": article.version}, label_suffix="")
    status = 200
    if form.is_bound:
        status = correct(request, article, form)
        if status == 200:
            return redirect(f"admin:{NAME}", article.pk)
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Corrections: {article}",
        "original": article,
        "opts": site_of.opts,
        "form": form,
        "live": article.live_edition,
        "corrections": article.corrections.select_related("by", "withdrawn_by", "edition").defer("edition__source"),
        "reason_length": REASON_LENGTH,
    }
    return render(request, "admin/articles/article/corrections.html", context, status=status)


def correct(request: HttpRequest, article: Article, form: CorrectionForm) -> int:
    """Put the correction on the story; returns the status, and what was wrong in the form."""
    if not form.is_valid():
        return 422
    try:
        made = corrections.correct(article, **form.cleaned_data, by=signed_in(request))
    except (Conflict, NotPossible) as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Conflict):
            # Whoever sends it again has been told.
            form.data = request.POST.copy()
            form.data["version"] = str(refusal.article.version)
        return 409
    messages.success(request, f"{made.get_kind_display()} added: readers see it now.")
    return 200


def withdraw(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, correction: int) -> HttpResponse:
    """Take a correction of this story from readers."""
    row = get_object_or_404(article.corrections, pk=correction)
    try:
        corrections.withdraw(row, by=signed_in(request), note=request.POST.get("reason", "")[:REASON_LENGTH])
        messages.success(request, "Withdrawn: readers no longer see it.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(f"admin:{NAME}", article.pk)
