"""The site's addresses, and before them two views that do nothing: one that no cache may keep, and one that any may."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.lib.http import public_page
from newsroom.urls import handler404 as handler404
from newsroom.urls import urlpatterns as of_the_site

BODY = "Nothing to see here.\n"


def constant(request: HttpRequest) -> HttpResponse:
    """Through every middleware of the site, and no further."""
    return HttpResponse(BODY, content_type="text/plain")


@public_page
def kept(request: HttpRequest) -> HttpResponse:
    """The same as a page for all: what a page cache takes in and gives out."""
    return HttpResponse(BODY, content_type="text/plain")


urlpatterns = [path("bench/constant/", constant), path("bench/kept/", kept), *of_the_site]
