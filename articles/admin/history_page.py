"""A story's history in the admin: all that was kept and all that readers had, to compare, name and bring back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .. import cutting, history, publishing
from ..body.clean import BodyTooHeavy
from ..cutting import AddressTaken
from ..diff import compare
from ..editing import Conflict
from ..embargo import Embargoed
from ..models import Article, Edition, Revision
from ..models.parts import names_of
from . import timeline
from .doors import story_door

NAME = "articles_article_story_history"
REFUSALS = (Conflict, publishing.NotPossible, Embargoed, AddressTaken, BodyTooHeavy, ValidationError)
StoryView = Callable[..., HttpResponse]


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    at = "<int:pk>/story-history/"
    return [
        path(at, story_door(site_of, page, require_safe), name=NAME),
        path(f"{at}<slug:key>/look/", story_door(site_of, look, require_safe), name=f"{NAME}_look"),
        path(f"{at}<slug:key>/name/", story_door(site_of, name, require_POST), name=f"{NAME}_name"),
        path(f"{at}<slug:key>/restore/", story_door(site_of, restore, require_POST), name=f"{NAME}_restore"),
        path(f"{at}<slug:key>/roll-back/", story_door(site_of, roll_back, require_POST), name=f"{NAME}_roll_back"),
    ]


# --- The page ------------------------------------------------------------------------------------


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, status: int = 200) -> HttpResponse:
    """The list and, with `?from=&to=`, what differs between any two texts."""
    before = request.GET.get("before", "")
    listed = timeline.page_of(article, before)
    picked = {end: pick(article, request.GET.get(end, "")) for end in ("from", "to")}
    live = article.live_edition
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"History: {article}",
        "original": article,
        "opts": site_of.opts,
        "rows": listed.rows,
        "older": address(article, picked, before=listed.older) if listed.older else "",
        "newest": address(article, picked) if before else "",
        "before": before,
        "anchors": anchors(picked, listed.rows, live),
        "live": live,
        "from_key": picked["from"].key if picked["from"] else ("live" if live else ""),
        "to_key": picked["to"].key if picked["to"] else "now",
        **comparison(picked),
        "waiting": article.waiting_edition,
        "may_write": site_of.has_change_permission(request, article),
        "may_publish": request.user.has_perm("articles.publish_article", article),
        "name_length": history.NAME_LENGTH,
    }
    return render(request, "admin/articles/article/story_history.html", context, status=status)


def pick(article: Article, key: str) -> timeline.Words | None:
    """The text an address names; a name for nothing is not found."""
    found = timeline.find(article, key) if key else None
    if key and found is None:
        raise Http404
    return found


def address(article: Article, picked: dict[str, timeline.Words | None], **more: str) -> str:
    """This page again, with what is picked."""
    query = {end: words.key for end, words in picked.items() if words} | more
    return reverse(f"admin:{NAME}", args=[article.pk]) + (f"?{urlencode(query)}" if query else "")


def anchors(
    picked: dict[str, timeline.Words | None], rows: list[timeline.Row], live: Edition | None
) -> list[tuple[str, str]]:
    """Keys and titles of what can always be compared, and of what is picked but on another page."""
    found = {"now": "the working copy"} | ({"live": f"what is live ({live})"} if live else {})
    listed = {row.key for row in rows}
    found |= {words.key: words.title for words in picked.values() if words and words.key not in listed}
    return list(found.items())


def comparison(picked: dict[str, timeline.Words | None]) -> dict[str, Any]:
    """What differs between the two texts, when two are picked."""
    old, new = picked["from"], picked["to"]
    if old is None or new is None:
        return {}
    changes = compare(old.draft, new.draft, names_of(old.draft, new.draft))
    return {"comparing": True, "old": old, "new": new, "changes": changes}


def look(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, key: str) -> HttpResponse:
    """An old text through the very template that readers get."""
    words = pick(article, key)
    if words is None:
        raise Http404
    return render(request, "articles/article.html", {"story": cutting.preview(article, words.draft), "more": []})


# --- What can be done ----------------------------------------------------------------------------


def name(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, key: str) -> HttpResponse:
    """Give a version a name."""
    row = timeline.find_row(article, key)
    if not isinstance(row, Revision):
        raise Http404
    history.name(row, request.POST.get("name", ""), by=signed_in(request))
    messages.success(request, f"{str(row).capitalize()} is called “{row.name}”." if row.name else "The name is gone.")
    return redirect(reverse(f"admin:{NAME}", args=[article.pk]) + f"#{key}")


def restore(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, key: str) -> HttpResponse:
    """Put an old text back into the working copy."""
    words = pick(article, key)
    if words is None or words.row is None:
        raise Http404
    try:
        history.restore(article, words.row, version=version_read(request), by=signed_in(request))
    except REFUSALS as refusal:
        return refused(site_of, request, article, refusal)
    messages.success(request, f"The working copy is {words.title} again. Readers see it when it is published.")
    return redirect("admin:articles_article_change", article.pk)


def roll_back(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, key: str) -> HttpResponse:
    """Give readers an old edition again."""
    edition = timeline.find_row(article, key)
    if not isinstance(edition, Edition):
        raise Http404
    waiting = publishing.Waiting.KEEP if request.POST.get("waiting") == "keep" else publishing.Waiting.CANCEL
    note, version = request.POST.get("note", "")[:1000], version_read(request)
    try:
        new = publishing.roll_back(article, edition, version=version, by=signed_in(request), note=note, waiting=waiting)
    except REFUSALS as refusal:
        return refused(site_of, request, article, refusal)
    messages.success(request, f"Readers have {edition} again, as {new}. The working copy is as it was.")
    return redirect(f"admin:{NAME}", article.pk)


def version_read(request: HttpRequest) -> int:
    """The version that was on the screen; nonsense is a version that never was."""
    return number(request.POST.get("version", ""), LARGEST) or 0


def refused(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, refusal: Exception) -> HttpResponse:
    """The page as the story is now, with the reason."""
    words = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    messages.error(request, f"Nothing was changed. {words}")
    return page(site_of, request, Article.objects.get(pk=article.pk), status=409)
