"""Answers for the writing page's own scripts: JSON always, so that a signed-out page can say so and keep its words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from newsroom.lib.http import personal_page

from ..models import Article

JsonView = Callable[[admin.ModelAdmin, HttpRequest, Article], JsonResponse]


def json_page(site_of: admin.ModelAdmin, view: JsonView) -> Callable[..., HttpResponseBase]:
    """The view behind the admin's door, with the story loaded: 401 signed out, 403 no staff, 404 not theirs to open."""

    @wraps(view)
    def inner(request: HttpRequest, pk: int) -> JsonResponse:
        if not request.user.is_authenticated:
            return refusal(401, "You are signed out.")
        if not site_of.has_module_permission(request) or not site_of.admin_site.has_permission(request):
            return refusal(403, "This place is for the paper's staff.")
        article = Article.objects.visible_to(request.user).select_related("saved_by").filter(pk=pk).first()
        if article is None:
            return refusal(404, "There is no such story.")
        return view(site_of, request, article)

    return personal_page(inner)


def refusal(status: int, sentence: str, **more: Any) -> JsonResponse:
    """Why not, in a sentence."""
    return JsonResponse({"error": sentence, **more}, status=status)
