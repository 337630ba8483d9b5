"""Pages of the house: the paper speaks of itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page, may_frame

from .. import shown as names
from ..body.embeds import FRAME_SOURCES
from ..house_pages import shown
from ..models import HousePage


@require_safe
@kept_page()
def house_pages(request: HttpRequest) -> HttpResponse:
    """All of them, with their first sentences; 404 while readers have none."""
    shows(names.HOUSE_PAGES)
    pages = list(HousePage.objects.public())
    if not pages:
        raise Http404
    return render(request, "articles/house_pages.html", {"pages": pages})


@require_safe
@kept_page()
@may_frame(FRAME_SOURCES)
def house_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One that readers have; any other is not there."""
    shows(names.HOUSE_PAGES)
    return show(request, get_object_or_404(HousePage.objects.public(), slug=slug))


def show(request: HttpRequest, page: HousePage) -> HttpResponse:
    """A page through the readers' template."""
    return render(request, "articles/house_page.html", {"shown": shown(page), "page": page})
