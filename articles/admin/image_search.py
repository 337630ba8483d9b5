"""The library's answer to a search, in JSON, for whatever picks a picture: none whose rights are over."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from newsroom.lib.http import personal_page

from ..models import Image
from .json_page import refusal

LISTED = 24
LONGEST = 200


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def answer(request: HttpRequest) -> JsonResponse:
        return why_not(site_of, request) or search(request)

    return [path("search/", require_safe(personal_page(answer)), name="articles_image_search")]


def why_not(site_of: admin.ModelAdmin, request: HttpRequest) -> JsonResponse | None:
    """The refusal for who may not see the library: 401 signed out, 403 without the right."""
    if not request.user.is_authenticated:
        return refusal(401, "You are signed out.")
    if not site_of.admin_site.has_permission(request) or not site_of.has_view_permission(request):
        return refusal(403, "You may not see the picture library.")
    return None


def search(request: HttpRequest) -> JsonResponse:
    """`?q=` finds by every word of it, the newest first; `more` says whether there are others. One query."""
    found = Image.objects.usable().found_by(request.GET.get("q", "")[:LONGEST])[: LISTED + 1]
    pictures = [described(image) for image in found]
    return JsonResponse({"pictures": pictures[:LISTED], "more": len(pictures) > LISTED})


def described(image: Image) -> dict[str, Any]:
    """A picture in words, with the addresses of its page and of a small one to look at."""
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.alt,
        "is_decorative": image.is_decorative,
        "caption": image.caption,
        "credit": image.credit,
        "credit_url": image.credit_url,
        "width": image.width,
        "height": image.height,
        "is_expired": image.is_expired,
        "thumbnail": reverse("admin:articles_image_file", args=[image.pk]),
        "url": reverse("admin:articles_image_change", args=[image.pk]),
    }
