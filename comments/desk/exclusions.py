"""From where nobody may comment: domains of mail, and addresses of guests."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import excluding
from ..models import Comment, Exclusion
from ..models.remit import limits_of
from ..sanctioning import Refused
from ..workflow import Reason
from .access import moderators_only, theirs

MOST = 200
# Days.
LENGTHS = [("", "Until it is lifted"), ("1", "1 day"), ("7", "7 days"), ("30", "30 days"), ("365", "A year")]


class ExclusionForm(forms.Form):
    """Why, and for how long."""

    reason = forms.ChoiceField(label="Why?", choices=[("", "Choose a reason"), *Reason.choices])
    length = forms.ChoiceField(label="How long?", choices=LENGTHS, required=False)

    def until(self) -> datetime | None:
        days = self.cleaned_data["length"]
        return timezone.now() + timedelta(days=int(days)) if days else None


class DomainForm(ExclusionForm):
    """Which domain; typed twice, since it may be many people's."""

    domain = forms.CharField(
        label="Domain",
        max_length=254,
        help_text="What stands after the @, as spam.example; with all domains below it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    typed = forms.CharField(
        label="The same once more",
        max_length=254,
        help_text="Nobody with an address there can comment, neither guests nor who has an account.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("domain", "typed")


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def exclusions(request: HttpRequest) -> HttpResponse:
    """The list, and a form for a domain; with `?comment=`, for the guest who wrote that one."""
    asked = (request.POST if request.method == "POST" else request.GET).get("comment", "")
    of_guests = theirs(request).filter(guest__isnull=False)
    comment = get_object_or_404(of_guests, pk=number(asked)) if asked else None
    kind = ExclusionForm if comment else DomainForm
    if comment is None and limits_of(signed_in(request)):
        if request.method == "POST":
            raise PermissionDenied("Domains are for moderators of the whole paper.")
        return page(request, None, None)
    if request.method != "POST":
        return page(request, kind(label_suffix=""), comment)
    form = kind(request.POST, label_suffix="")
    if form.is_valid():
        try:
            made = exclude(request, form, comment)
            messages.success(request, f"No comments are taken from {made} any more.")
            return redirect("desk:exclusions")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return page(request, form, comment, 422)


def exclude(request: HttpRequest, form: ExclusionForm, comment: Comment | None) -> Exclusion:
    """Do what the form says. Raises Refused."""
    data, said = form.cleaned_data, {"reason": form.cleaned_data["reason"], "until": form.until()}
    if comment:
        return excluding.exclude_guest(comment, by=signed_in(request), **said)
    return excluding.exclude_domain(data["domain"], typed=data["typed"], by=signed_in(request), **said)


def page(request: HttpRequest, form: ExclusionForm | None, comment: Comment | None, status: int = 200) -> HttpResponse:
    """Those that stand, the last made first, and those that are over."""
    seen = Exclusion.objects.seen_by(signed_in(request)).standing_first()
    rows = seen.select_related("by", "lifted_by")[:MOST]
    context = {"rows": rows, "form": form, "comment": comment}
    return render(request, "desk/exclusions.html", context, status=status)


@require_POST
@moderators_only
def readmit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exclusion back."""
    row = get_object_or_404(Exclusion, pk=pk)
    try:
        excluding.readmit(row, by=signed_in(request))
        messages.success(request, f"Comments are taken from {row} again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:exclusions")
