"""One slot of a front: putting a story there, changing where, how and when it stands, moving and removing it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .. import fronts
from ..layout import BY_HAND
from ..models import Edition, Image, Section, Slot
from ..publishing import NotPossible
from ..span import FIRST_YEAR, LAST_YEAR
from .article_form import moment_input
from .doors import door
from .key_select import KeySelect

ADD, CHANGE, MOVE, REMOVE = (f"articles_slot_{verb}" for verb in ("add", "change", "move", "remove"))
REFUSALS = (fronts.Changed, NotPossible)


class SlotForm(forms.Form):
    """Where on the front, in which clothes, from when until when."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    place = forms.ChoiceField(choices=[(place, place.label) for place in BY_HAND])
    starts_at = forms.DateTimeField(
        label="From", widget=moment_input(), required=False, help_text="Empty: from now on."
    )
    ends_at = forms.DateTimeField(
        label="Until", widget=moment_input(), required=False, help_text="Empty: until you take it away."
    )
    headline = forms.CharField(
        label="Headline here", max_length=200, required=False, help_text="Empty: the story’s own, as lists show it."
    )
    image = forms.ModelChoiceField(
        Image.objects.all(),
        label="Picture here",
        required=False,
        widget=KeySelect(Slot._meta.get_field("image"), admin.site),
        help_text="None: the story’s own. When its rights end, the story’s own is back.",
    )

    def clean_starts_at(self) -> datetime:
        return in_calendar(self.cleaned_data["starts_at"]) or timezone.now()

    def clean_ends_at(self) -> datetime | None:
        return in_calendar(self.cleaned_data["ends_at"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends_at") and data.get("starts_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", "It must end after it starts.")
        return data

    @property
    def terms(self) -> fronts.Terms:
        return fronts.Terms(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class MoveForm(forms.Form):
    """Where to: a place, a rank there (0 is the first), and the keys that stood there on screen."""

    place = forms.ChoiceField(choices=[(place, place.label) for place in BY_HAND])
    to = forms.IntegerField(min_value=0, max_value=10_000)
    seen = forms.RegexField(r"\A[0-9,]*\Z", max_length=4000, required=False)

    @property
    def order(self) -> list[int]:
        return [int(key[:18]) for key in self.cleaned_data["seen"].split(",") if key]


def in_calendar(at: datetime | None) -> datetime | None:
    if at and not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise forms.ValidationError("The calendar has no such year.")
    return at


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [
        path("add/", door(site_of, add), name=ADD),
        path("<int:pk>/change/", door(site_of, change), name=CHANGE),
        path("<int:pk>/move/", door(site_of, move, require_POST), name=MOVE),
        path("<int:pk>/remove/", door(site_of, remove, require_POST), name=REMOVE),
    ]


def add(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Put the story that the address names on the front that it names."""
    person, slug = signed_in(request), request.GET.get("front", "")
    section = Section.objects.filter(slug=slug).first() if slug else None
    if not (person.has_perm(fronts.ADD_RIGHT) and fronts.curates(person, section.pk if section else None)):
        raise PermissionDenied("This front is not yours to change.")
    if slug and section is None:
        raise Http404
    key = number(request.GET.get("story", ""))
    edition = fronts.candidates(person).filter(article=key).select_related("article").first()
    if edition is None:
        raise Http404
    form = SlotForm(request.POST if request.method == "POST" else None, initial={"place": "top"}, label_suffix="")
    if form.is_bound and written(form, lambda: fronts.add(edition.article, form.terms, section=section, by=person)):
        messages.success(request, f"“{edition.headline}” has its place.")
        return back_to(section)
    return page(site_of, request, form, "Put on the front", section, edition)


def change(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Where, how and when a story stands."""
    person, slot = signed_in(request), own_or_404(request, pk, fronts.CHANGE_RIGHT)
    values = {name: getattr(slot, name) for name in ("version", "place", "starts_at", "ends_at", "headline", "image")}
    form = SlotForm(request.POST if request.method == "POST" else None, initial=values, label_suffix="")
    if form.is_bound and written(
        form, lambda: fronts.change(slot, form.terms, version=form.cleaned_data["version"] or 0, by=person)
    ):
        messages.success(request, "Changed.")
        return back_to(slot.section)
    if form.is_bound:
        # Whoever sends it again has been told of what somebody else did.
        form.data = request.POST.copy()
        form.data["version"] = str(slot.version)
    edition = fronts.candidates(person).filter(article=slot.article_id).first()
    return page(site_of, request, form, "Change its place", slot.section, edition, slot=slot)


def move(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Another rank or place: by a button, or dragged by a script, which is answered in JSON."""
    slot, form, why = own_or_404(request, pk, fronts.CHANGE_RIGHT), MoveForm(request.POST), ""
    try:
        if not form.is_valid():
            raise NotPossible("There is no such place.")
        data = form.cleaned_data
        fronts.move(slot, place=data["place"], to=data["to"], seen=form.order, by=signed_in(request))
    except REFUSALS as refusal:
        why = str(refusal)
    if not request.accepts("text/html"):
        return JsonResponse({"error": why}, status=409 if why else 200)
    if why:
        messages.error(request, why)
    return back_to(slot.section)


def remove(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the front; the story itself stays as it is."""
    slot = own_or_404(request, pk, fronts.REMOVE_RIGHT)
    version = number(request.POST.get("version", ""), LARGEST) or 0
    try:
        fronts.remove(slot, version=version, by=signed_in(request))
        messages.success(request, "Taken off the front; the story stays as it is.")
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return back_to(slot.section)


def own_or_404(request: HttpRequest, pk: int, right: str) -> Slot:
    """A slot of a front that is this person's to change. Raises Http404, as others need not know of it."""
    slot = Slot.objects.by_hand().select_related("section", "image").filter(pk=pk).first()
    person = signed_in(request)
    if slot is None or not fronts.curates(person, slot.section_id):
        raise Http404
    if not person.has_perm(right):
        raise PermissionDenied("You may not do this to a front.")
    return slot


def written(form: SlotForm, verb: Callable[[], Slot]) -> bool:
    """Whether the verb did it; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        verb()
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def back_to(section: Section | None) -> HttpResponseRedirect:
    query = urlencode({"front": section.slug if section else ""})
    return HttpResponseRedirect(f"{reverse('admin:articles_slot_changelist')}?{query}")


def page(
    site_of: admin.ModelAdmin,
    request: HttpRequest,
    form: SlotForm,
    title: str,
    section: Section | None,
    edition: Edition | None,
    slot: Slot | None = None,
) -> HttpResponse:
    context = {
        **site_of.admin_site.each_context(request),
        "title": title,
        "opts": site_of.opts,
        "form": form,
        "section": section,
        "slug": section.slug if section else "",
        "edition": edition,
        "slot": slot,
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "admin/articles/slot/slot.html", context, status=422 if form.is_bound else 200)
