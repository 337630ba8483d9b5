"""Fronts: what stands on the front page and on those of the sections, what waits, and how a front will be."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csp.constants import SELF
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from newsroom.lib.http import may_frame, personal_page
from newsroom.lib.people import Person, signed_in

from .. import embargo, fronts
from ..layout import BY_HAND, ROOM, Front, Place, lay_out
from ..models import Article, Edition, Section, Slot
from . import front_preview, slot_page
from .article_form import moment_input
from .story_search import LONGEST, by_words

NAME = "articles_slot_changelist"
FOUND = 12
WIDTHS = {"390": "Phone", "1280": "Desk"}
ABOUT = {
    Place.BREAKING: "A strip below the masthead. What is paid for never stands here.",
    Place.LEAD: "The largest: the first whose time it is.",
    Place.TOP: "Next to the lead.",
    Place.PICKS: "What the paper recommends.",
}
REST_OF_PAPER = "What room is left fills itself, newest first. “Most read” and “Most discussed” fill themselves too."
REST_OF_SECTION = "All other stories of the section stand below, newest first."


class AheadForm(forms.Form):
    """The moment at which one wants to see the front."""

    at = forms.DateTimeField(label="As it will be at", required=False, widget=moment_input())


@dataclass(frozen=True)
class Row:
    """A slot as this page tells of it: `state` is on, waits, hidden or over, `told` says the same in words."""

    slot: Slot
    headline: str
    state: str
    told: str


@dataclass(frozen=True)
class PlaceRows:
    """A place of the front with its slots in order; `order` are their keys, for whoever moves one."""

    place: Place
    rows: list[Row]

    @property
    def about(self) -> str:
        return ABOUT[self.place]

    @property
    def room(self) -> int:
        return ROOM[self.place]

    @property
    def order(self) -> str:
        return ",".join(str(row.slot.pk) for row in self.rows)


@admin.register(Slot)
class SlotAdmin(admin.ModelAdmin):
    """Pages of our own; here for its place in the navigation and for Django's rights."""

    def get_urls(self) -> list[URLPattern]:
        def view(request: HttpRequest) -> HttpResponse:
            return page(self, request)

        door = self.admin_site.admin_view(personal_page(require_safe(may_frame([SELF])(view))))
        return [path("", door, name=NAME), *front_preview.urls(self), *slot_page.urls(self)]


def page(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """One front: a fixed number of queries, whatever stands there."""
    person = signed_in(request)
    section, choices = chosen_front(request, person)
    ahead = AheadForm(request.GET if request.GET.get("at") else None, label_suffix="")
    at = ahead.cleaned_data["at"] if ahead.is_valid() else None
    slug = section.slug if section else ""
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Front of {section}" if section else "Front page",
        "opts": site_of.opts,
        "rest": REST_OF_SECTION if section else REST_OF_PAPER,
        "section": section,
        "slug": slug,
        "choices": choices,
        "places": places(section, person),
        **found_stories(request, person),
        "ahead": ahead,
        "at": at,
        "widths": WIDTHS,
        "width": request.GET.get("width") if request.GET.get("width") in WIDTHS else "1280",
        "frame": frame_address(slug, at),
        "zone": timezone.get_current_timezone_name(),
        "may": {verb: request.user.has_perm(f"articles.{verb}_slot") for verb in ("add", "change", "delete")},
    }
    return render(request, "admin/articles/slot/fronts.html", context)


def chosen_front(request: HttpRequest, person: Person) -> tuple[Section | None, list[tuple[str, str, bool]]]:
    """The front that the address asks for, and all of this person's as (name, slug, is it this one). One query.

    Raises PermissionDenied for who has none or not this one, Http404 where there is none.
    """
    sections = list(Section.objects.all())
    mine: list[Section | None] = [one for one in (None, *sections) if fronts.curates(person, one.pk if one else None)]
    if not mine:
        raise PermissionDenied("No front is yours.")
    slug = request.GET.get("front")
    section = mine[0] if slug is None else next((one for one in sections if one.slug == slug), None)
    if slug and section is None:
        raise Http404
    if section not in mine:
        raise PermissionDenied("This front is not yours.")
    return section, [(one.name if one else "Front page", one.slug if one else "", one == section) for one in mine]


def frame_address(slug: str, at: datetime | None) -> str:
    moment = {"at": at.isoformat()} if at else {}
    return f"{reverse(f'admin:{front_preview.NAME}')}?{urlencode({'front': slug} | moment)}"


# --- What stands where -----------------------------------------------------------------------------


def places(section: Section | None, person: Person) -> list[PlaceRows]:
    """Every place that is filled by hand, with all that is or was to stand there. Five queries."""
    key = section.pk if section else None
    rows = Slot.objects.by_hand().of_front(key).in_order().select_related("image", "added_by")
    slots = list(rows)
    keys = [slot.article_id for slot in slots]
    editions = {row.article_id: row for row in fronts.candidates(person).filter(article__in=keys).as_cards()}
    live = {row.article_id: row for row in Edition.objects.live().filter(article__in=keys).as_cards()}
    editions |= live
    known = dict(Article.objects.visible_to(person).filter(pk__in=keys).values_list("pk", "headline"))
    shown = shown_in(lay_out(fronts.placed_on(key, Edition.objects.live())))
    by_place: dict[str, list[Row]] = defaultdict(list)
    for slot in slots:
        edition = editions.get(slot.article_id)
        headline = edition.headline_elsewhere if edition else known.get(slot.article_id, "A story you may not see")
        state, told = standing(slot, edition, is_shown=(slot.place, slot.article_id) in shown)
        by_place[slot.place].append(Row(slot, slot.headline or headline or "Without a headline", state, told))
    return [PlaceRows(place, by_place[place]) for place in BY_HAND]


def shown_in(front: Front) -> set[tuple[str, int]]:
    """Which story stands in which place."""
    lead = [front.lead] if front.lead else []
    cards = {Place.BREAKING: front.breaking, Place.LEAD: lead, Place.TOP: front.top, Place.PICKS: front.picks}
    return {(place, card.article_id) for place, some in cards.items() for card in some}


def standing(slot: Slot, edition: Edition | None, *, is_shown: bool) -> tuple[str, str]:
    """Whether readers find it there: (on, waits, hidden or over; the same in words)."""
    if slot.ends_at and slot.is_over:
        return "over", f"Over since {embargo.in_words(slot.ends_at)}"
    if slot.is_waiting:
        return "waits", f"Waits until {embargo.in_words(slot.starts_at)}"
    if edition is None:
        return "hidden", "Not shown: readers do not have its story"
    if not edition.is_live:
        return "hidden", f"Not shown yet: its story goes live on {embargo.in_words(edition.live_at)}"
    if not is_shown:
        return "hidden", "Not shown: what stands before it takes the room"
    return "on", "On the front now"


def found_stories(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Stories to add: those with every word of `?q=` in the headline, or the newest. One query."""
    query = request.GET.get("q", "")[:LONGEST].strip()
    editions = by_words(fronts.candidates(person), query).order_by("-live_at", "-article_id").select_related("section")
    rows = list(editions.defer(*Edition.HEAVY)[: FOUND + 1])
    return {"q": query, "found": rows[:FOUND], "more": len(rows) > FOUND}
