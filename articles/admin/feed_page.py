"""A person's own calendar address in the admin: making it, showing it once, closing it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import calendar_feed
from ..models import CalendarFeed

NAME = "articles_article_feed"


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    """The page's address, behind the admin's door."""

    def view(request: HttpRequest) -> HttpResponse:
        return page(site_of, request)

    door = site_of.admin_site.admin_view(personal_page(require_http_methods(["GET", "HEAD", "POST"])(view)))
    return [path("calendar/feed/", door, name=NAME)]


def page(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The address there is; POST makes one and shows it this once, or closes it."""
    person = signed_in(request)
    if not site_of.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST" and "close" in request.POST:
        calendar_feed.close(by=person)
        messages.success(request, "The address is closed.")
        return redirect(f"admin:{NAME}")
    token = calendar_feed.make(by=person) if request.method == "POST" else ""
    context = {
        **site_of.admin_site.each_context(request),
        "title": "The calendar on your phone",
        "opts": site_of.opts,
        "address": request.build_absolute_uri(reverse("articles:calendar", args=[token])) if token else "",
        "feed": CalendarFeed.objects.filter(user=person).first(),
    }
    return render(request, "admin/articles/article/calendar_feed.html", context)
