"""A front as readers will get it at a moment, as things stand: for the frame on the fronts' page."""

from datetime import UTC, datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from newsroom.lib.http import may_be_framed, personal_page
from newsroom.lib.people import signed_in

from .. import fronts
from ..models import Edition
from ..models.house_page import frame
from ..views.lists import show_front, show_section

NAME = "articles_slot_preview"


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def view(request: HttpRequest) -> HttpResponse:
        return page(request)

    return [
        path("preview/", site_of.admin_site.admin_view(personal_page(require_safe(may_be_framed(view)))), name=NAME)
    ]


def page(request: HttpRequest) -> HttpResponse:
    """The readers' page; whoever is limited to sections finds there no story they would not know of."""
    person, around = signed_in(request), frame()
    slug = request.GET.get("front", "")
    row = next((one for one in around.rows if one.slug == slug), None)
    if not fronts.curates(person, row.pk if row else None):
        raise PermissionDenied("This front is not yours.")
    if slug and row is None:
        raise Http404
    at = moment(request.GET.get("at", ""))
    editions = fronts.known_to(person, Edition.objects.live(at))
    if row is None:
        return show_front(request, fronts.front_page(editions, at))
    return show_section(request, row, around, editions, at)


def moment(text: str) -> datetime:
    """The moment that the address asks for, or now for nonsense."""
    try:
        at = parse_datetime(text)
        return at.astimezone(UTC) if at and at.tzinfo else timezone.now()
    except (ValueError, OverflowError):
        return timezone.now()
