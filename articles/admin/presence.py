"""Who else is in the story, on the writing page and in the list: coming in, being seen, leaving, taking over."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from newsroom.lib.people import signed_in

from .. import editing, presence
from ..models import Article, LastPage, Presence
from .autosave import page_of, standing
from .doors import story_door
from .json_page import json_page


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    """Where the page reports, and where its button to take over leads."""
    return [
        path("<int:pk>/presence/", require_POST(json_page(site_of, report)), name="articles_article_presence"),
        path("<int:pk>/take-over/", story_door(site_of, take_over, require_POST), name="articles_article_take_over"),
    ]


# --- The writing page ----------------------------------------------------------------------------


def arrive(request: HttpRequest, article: Article, *, may_write: bool) -> dict[str, Any]:
    """Note that the page is opened; what it needs to know of others, and whether it is only to look."""
    person, room = signed_in(request), presence.room_of(article)
    held = room.held_from(person)
    looking = not may_write or (request.method == "GET" and ("look" in request.GET or held is not None))
    request.is_looking = looking  # type: ignore[attr-defined]
    page = page_of(request).word or secrets.token_urlsafe(16)
    if request.method == "GET":
        presence.enter(article, room, by=person, page=page, to_write=not looking)
    return {
        "looking": looking,
        "just_look": "look" in request.GET,
        "may_write": may_write,
        "page": page,
        "held": held,
        "others": [(other, doing(other)) for other in room.others(person) if other.user != getattr(held, "user", None)],
        "last_page": LastPage.objects.filter(article=article, user=person).first(),
        "is_unsaved": request.method == "POST",
    }


def is_looking(request: HttpRequest) -> bool:
    """Whether the page is drawn with nothing in it to change, because somebody else writes or one came to look."""
    return getattr(request, "is_looking", False)


def report(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> JsonResponse:
    """A page says that it is still there, or that it is being closed; it is told who else is, and the version."""
    person, page = signed_in(request), page_of(request).word
    if "leaving" in request.POST:
        presence.leave(article, by=person, page=page)
        return JsonResponse({})
    to_write = "to_write" in request.POST and site_of.has_change_permission(request, article)
    here = presence.ping(article, by=person, page=page, to_write=to_write, is_writing="is_writing" in request.POST)
    room, last = presence.room_of(article), LastPage.objects.filter(article=article, user=person).first()
    held = room.held_from(person)
    return JsonResponse(
        standing(article)
        | {
            "is_yours": bool(last and page and (last.page, last.version) == (page, article.version)),
            "changed_by": editing.who_changed(article),
            "holder": as_json(held) if held else None,
            "others": [as_json(other) for other in room.others(person)],
            "taken_by": here.taken_by.name if here.taken_by else "",
            "taken_clock": clock(here.taken_at) if here.taken_at else "",
        }
    )


def take_over(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The button: whoever may edit the story becomes the one who writes, and gets it as it is now."""
    held = presence.room_of(article).held_from(signed_in(request))
    if not site_of.has_change_permission(request, article):
        raise PermissionDenied
    presence.take_over(article, by=signed_in(request), page=page_of(request).word)
    if held:
        messages.success(request, f"You took the story over from {held.user.name}, whose text is kept as a revision.")
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def as_json(there: Presence) -> dict[str, Any]:
    return {
        "name": there.user.name,
        "since": there.opened_at.isoformat(),
        "since_clock": clock(there.opened_at),
        "does": doing(there),
    }


# --- Words ---------------------------------------------------------------------------------------


def doing(there: Presence) -> str:
    """What somebody does in a story."""
    if there.is_writing:
        return "has unsaved changes"
    return "is writing" if there.opened_to_write else "is looking"


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def people_here() -> "Prefetch[str]":
    """Who is in the stories of a list, for all of them at once."""
    return Prefetch("presences", Presence.objects.here().select_related("user"), to_attr="people_here")
