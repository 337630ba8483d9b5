"""Moving a waiting edition: one address, for the form, and for what is dragged in the calendar."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from newsroom.lib.people import signed_in

from .. import embargo, publishing
from ..editing import Conflict
from ..models import Article, Edition
from ..span import FIRST_YEAR, LAST_YEAR
from ..workflow import BY_NAME
from . import calendar_page
from .article_form import moment_input
from .doors import story_door

NAME = "articles_article_reschedule"


class RescheduleForm(forms.Form):
    """When it goes live; the version is that of the story the editor has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    at = forms.DateTimeField(label="Goes live at", widget=moment_input())
    note = forms.CharField(label="Note for the record", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = f"In the time of {timezone.get_current_timezone_name()}."

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise forms.ValidationError("The calendar has no such year.")
        return at


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [path("<int:pk>/move/<int:edition>/", story_door(site_of, waiting_door), name=NAME)]


def waiting_or_404(request: HttpRequest, article: Article, edition: int) -> Edition:
    """An edition of the story, for who may move it. Raises Http404, or PermissionDenied."""
    found = article.editions.standing().filter(pk=edition).first()
    if found is None:
        raise Http404
    if not request.user.has_perm(BY_NAME["reschedule"].permission, article):
        raise PermissionDenied("You may not move what waits to go live.")
    return found


def waiting_door(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, edition: int) -> HttpResponse:
    return page(site_of, request, article, waiting_or_404(request, article, edition))


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, edition: Edition) -> HttpResponse:
    """The form; POST moves the edition and goes back to the calendar, or says why not."""
    data = request.POST if request.method == "POST" else None
    form = RescheduleForm(data, initial={"version": article.version, "at": edition.live_at}, label_suffix="")
    status = move(request, article, edition, form) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, f"“{edition.headline}” goes live on {embargo.in_words(edition.live_at)}.")
    if form.is_bound and not request.accepts("text/html"):
        return answer(form, status)
    if form.is_bound and status == 200:
        return redirect(f"{reverse(f'admin:{calendar_page.NAME}')}?{request.GET.urlencode()}")
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Move: {edition.headline}",
        "original": article,
        "opts": site_of.opts,
        "edition": edition,
        "form": form,
        "embargo": embargo.standing(article),
    }
    return render(request, "admin/articles/article/reschedule.html", context, status=status)


def move(request: HttpRequest, article: Article, edition: Edition, form: RescheduleForm) -> int:
    """Do it; returns the status, and what was wrong in the form."""
    if not form.is_valid():
        return 422
    try:
        done = publishing.reschedule(article, edition, **form.cleaned_data, by=signed_in(request))
    except (publishing.NotPossible, embargo.Embargoed, Conflict) as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Conflict):
            # Whoever sends it again has been told.
            form.data = request.POST.copy()
            form.data["version"] = str(refusal.article.version)
        return 409
    edition.live_at = done.live_at
    return 200


def answer(form: RescheduleForm, status: int) -> JsonResponse:
    """For a script: why not, in words."""
    why = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"error": why}, status=status)
