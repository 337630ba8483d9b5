"""The writing page's autosave: the page's own form, checked as the Save button's is, stored without a revision."""

import re
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import editing
from ..body.clean import BodyTooHeavy
from ..draft import Draft
from ..models import Article
from ..models.parts import parts_of
from ..preflight import preflight
from .json_page import json_page, refusal

PAGE = re.compile(r"[\w-]{16,40}", re.ASCII)
MOST_TURNS = 2**31 - 1


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    view = require_http_methods(["GET", "HEAD", "POST"])(json_page(site_of, autosave))
    return [path("<int:pk>/autosave/", view, name="articles_article_autosave")]


def autosave(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> JsonResponse:
    """POST stores what the form holds. GET says how things stand, with a fresh token for a page that outlived its."""
    if request.method != "POST":
        return JsonResponse(standing(article) | {"token": get_token(request), "user": request.user.pk})
    draft, version, errors = read_form(site_of, request, article)
    if draft is None:
        return refusal(422, "Some fields cannot be saved as they are.", errors=errors)
    try:
        saved = editing.autosave(article, draft, version=version, by=signed_in(request), page=page_of(request))
    except editing.Conflict as conflict:
        return refusal(409, str(conflict), who=conflict.who, version=conflict.article.version)
    except PermissionDenied as denied:
        return refusal(403, str(denied))
    except (BodyTooHeavy, ValidationError) as problem:
        return refusal(422, "Some fields cannot be saved as they are.", errors=errors_of(problem))
    return JsonResponse(standing(saved) | {"findings": findings(saved)})


def read_form(
    site_of: admin.ModelAdmin, request: HttpRequest, article: Article
) -> tuple[Draft | None, int, dict[str, list[str]]]:
    """The draft and the version that the page's form gives, or what is wrong with it, by label."""
    form: Any = site_of.get_form(request, article, change=True)(request.POST, request.FILES, instance=article)
    lines = site_of._create_formsets(request, article, change=True)[0][0]  # type: ignore[attr-defined]
    if form.is_valid() and lines.is_valid():
        return form.to_draft(lines), form.cleaned_data["read_version"], {}
    errors = {str(form[name].label if name in form.fields else ""): list(found) for name, found in form.errors.items()}
    if not lines.is_valid():
        errors["Byline"] = [str(error) for line in lines.errors for found in line.values() for error in found]
        errors["Byline"] += [str(error) for error in lines.non_form_errors()]
    return None, 0, errors


def errors_of(problem: Exception) -> dict[str, list[str]]:
    if isinstance(problem, ValidationError) and hasattr(problem, "error_dict"):
        return {name.replace("_", " ").capitalize(): found for name, found in problem.message_dict.items()}
    return {"": problem.messages if isinstance(problem, ValidationError) else [str(problem)]}


def standing(article: Article) -> dict[str, Any]:
    """The story's version and its time, in the site's zone."""
    return {
        "version": article.version,
        "saved_at": article.saved_at.isoformat(),
        "saved_clock": f"{timezone.localtime(article.saved_at):%H:%M}",
    }


def findings(article: Article) -> list[dict[str, Any]]:
    """What is to be said of the story as it now is, for the panel beside it."""
    draft = article.draft
    return [vars(finding) for finding in preflight(draft, parts_of(draft))]


def page_of(request: HttpRequest) -> editing.Page:
    """Which open page sends this, as it says itself; what is no such word is no page."""
    word, turn = request.POST.get("_page", ""), request.POST.get("_turn", "")
    return editing.Page(word if PAGE.fullmatch(word) else "", min(number(turn) or 0, MOST_TURNS))
