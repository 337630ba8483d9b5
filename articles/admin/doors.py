"""The ways into the admin's own pages: for staff, by the methods they answer to, kept nowhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page

from ..models import Article

View = Callable[..., HttpResponseBase]
ASKS = require_http_methods(["GET", "HEAD", "POST"])


def door(site_of: admin.ModelAdmin, view: View, methods: Callable[..., Any] = ASKS) -> Callable[..., Any]:
    """A view as a page of the admin; it is given the model's admin before the request."""

    def inner(request: HttpRequest, **more: Any) -> HttpResponseBase:
        return view(site_of, request, **more)

    return site_of.admin_site.admin_view(personal_page(methods(inner)))


def story_door(site_of: admin.ModelAdmin, view: View, methods: Callable[..., Any] = ASKS) -> Callable[..., Any]:
    """The same for a page of one story: given the story in place of its key, 404 for who may not see it."""

    def inner(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
        return view(site_of, request, story_or_404(site_of, request, pk), **more)

    return site_of.admin_site.admin_view(personal_page(methods(inner)))


def story_or_404(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> Article:
    """The story, for who may see it. Raises Http404."""
    article = site_of.get_object(request, str(pk))
    if article is None:
        raise Http404
    return article
