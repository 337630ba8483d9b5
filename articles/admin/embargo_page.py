"""A story's embargo in the admin: what was promised, changing it, and breaking it on record."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from newsroom.lib.people import signed_in

from .. import embargo
from ..editing import Conflict
from ..models import Article
from .article_form import moment_input
from .doors import story_door

NAME = "articles_article_embargo"


class EmbargoForm(forms.Form):
    """What was promised, and to whom."""

    lifts_at = forms.DateTimeField(label="Lifts at", widget=moment_input())
    source = forms.CharField(label="Source", max_length=200, help_text="Who gave us the story under embargo.")
    contact = forms.CharField(label="Contact", max_length=200, required=False, help_text="Whom to ask.")
    terms = forms.CharField(
        label="Terms", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="What else was agreed."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class BreakForm(forms.Form):
    """Why the promise is broken."""

    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [path("<int:pk>/embargo/", story_door(site_of, page), name=NAME)]


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Show the embargo, or do what was asked and show it again."""
    form, break_form = forms_for(article, request)
    if request.method == "POST":
        done = break_it(request, article, break_form) if "_break" in request.POST else promise(request, article, form)
        if done:
            return redirect("admin:articles_article_change", article.pk)
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Embargo: {article}",
        "original": article,
        "opts": site_of.opts,
        "embargo": embargo.standing(article),
        "form": form,
        "break_form": break_form,
        "may_set": request.user.has_perm("articles.set_embargo", article),
        "may_break": request.user.has_perm("articles.break_embargo", article),
    }
    return render(request, "admin/articles/article/embargo.html", context, status=409 if is_refused(form) else 200)


def forms_for(article: Article, request: HttpRequest) -> tuple[EmbargoForm, BreakForm]:
    """Both forms: the pressed one with what was typed, the other as the embargo stands."""
    now = embargo.standing(article)
    initial: dict[str, Any] = {"version": article.version}
    if now:
        initial |= {name: getattr(now, name) for name in ("lifts_at", "source", "contact", "terms")}
    breaks = "_break" in request.POST
    data = request.POST if request.method == "POST" else None
    return (
        EmbargoForm(None if breaks else data, initial=initial),
        BreakForm(data if breaks else None, initial=initial, prefix="break"),
    )


def promise(request: HttpRequest, article: Article, form: EmbargoForm) -> bool:
    """Set the embargo; False, with the reason in the form, when it cannot be."""
    if not form.is_valid():
        return False
    data = dict(form.cleaned_data)
    version = data.pop("version")
    try:
        embargo.set_embargo(article, embargo.Terms(**data), version=version, by=signed_in(request))
    except (embargo.Embargoed, Conflict) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Under embargo until {embargo.in_words(data['lifts_at'])}.")
    return True


def break_it(request: HttpRequest, article: Article, form: BreakForm) -> bool:
    """Break the embargo; False, with the reason in the form, when it cannot be."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        embargo.break_embargo(article, version=data["version"], by=signed_in(request), reason=data["reason"])
    except (embargo.Embargoed, Conflict) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.warning(request, "The embargo is broken, and that is on record. Publishing is free.")
    return True


def is_refused(form: forms.Form) -> bool:
    return bool(form.is_bound and form.non_field_errors())
