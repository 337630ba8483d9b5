"""The title of a page of another site, asked of that site by the server, for who puts an embed in: JSON."""

import logging

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from newsroom.lib.fetch import NotFetched, get_json
from newsroom.lib.http import personal_page

from ..body.embeds import OEMBED_HOSTS, title_address, title_in
from .json_page import refusal

logger = logging.getLogger(__name__)
LONGEST = 2000


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def answer(request: HttpRequest) -> JsonResponse:
        return why_not(site_of, request) or title(request)

    return [path("embed-title/", require_safe(personal_page(answer)), name="articles_article_embed_title")]


def why_not(site_of: admin.ModelAdmin, request: HttpRequest) -> JsonResponse | None:
    """The refusal for who does not write (401 signed out, 403 without the right), and 404 where nothing is asked."""
    if not request.user.is_authenticated:
        return refusal(401, "You are signed out.")
    if not site_of.admin_site.has_permission(request) or not site_of.has_change_permission(request):
        return refusal(403, "You may not write stories.")
    if not settings.OEMBED:
        return refusal(404, "Other sites are not asked for titles here.")
    return None


def title(request: HttpRequest) -> JsonResponse:
    """The title of the page at `?url=`, or "" for one of no listed site, or of a site that does not say in time."""
    address = title_address(request.GET.get("url", "")[:LONGEST])
    if not address:
        return JsonResponse({"title": ""})
    try:
        return JsonResponse({"title": title_in(get_json(address, hosts=OEMBED_HOSTS))})
    except NotFetched as problem:
        logger.info("No title: %s", problem)
        return JsonResponse({"title": ""})
