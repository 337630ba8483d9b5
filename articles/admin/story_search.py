"""Stories that readers have, in JSON, for whoever puts a card of one in a body."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_safe

from newsroom.lib.http import personal_page
from newsroom.lib.numbers import number

from ..models import Edition
from .json_page import refusal

LISTED = 20
LONGEST = 200


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def answer(request: HttpRequest) -> JsonResponse:
        return why_not(site_of, request) or search(request)

    return [path("search/", require_safe(personal_page(answer)), name="articles_article_search")]


def why_not(site_of: admin.ModelAdmin, request: HttpRequest) -> JsonResponse | None:
    """The refusal for who does not write: 401 signed out, 403 without the right."""
    if not request.user.is_authenticated:
        return refusal(401, "You are signed out.")
    if not site_of.admin_site.has_permission(request) or not site_of.has_view_permission(request):
        return refusal(403, "You may not see the stories.")
    return None


def search(request: HttpRequest) -> JsonResponse:
    """`?q=` finds live stories by every word of the headline, newest first; `?id=` the one. One query."""
    found = Edition.objects.live().newest_first().as_cards()
    if pk := request.GET.get("id", ""):
        found = found.filter(article=number(pk))
    rows = list(by_words(found, request.GET.get("q", ""))[: LISTED + 1])
    return JsonResponse({"stories": [described(row) for row in rows[:LISTED]], "more": len(rows) > LISTED})


def by_words(found: "QuerySet[Edition]", query: str) -> "QuerySet[Edition]":
    for word in query[:LONGEST].replace("\x00", "").split():
        found = found.filter(headline__icontains=word)
    return found


def described(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.article_id,
        "headline": edition.headline,
        "path": edition.path,
        "published": date_format(edition.published_at, "j M Y"),
    }
