"""A person at the desk: what they said, what was decided about it and about them, and what may be done now."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsroom.lib.days import midnight
from newsroom.lib.people import Person, signed_in

from .. import sanctioning
from ..looking import past_of
from ..models import Comment, Exclusion, Sanction
from ..models.remit import limits_of
from ..reading import with_stories
from ..trust import explained
from ..workflow import Penalty, Reason, State
from .access import moderators_only, theirs
from .search import day_field

LATEST = 20
# The form may stand on a page with others.
IDS = "sanction-%s"
# Hours, as the length of a suspension is offered.
LENGTHS = [("1", "1 hour"), ("24", "24 hours"), ("168", "7 days"), ("", "Until the day below")]


class SanctionForm(forms.Form):
    """What is to be done about a person."""

    kind = forms.ChoiceField(label="What?", choices=Penalty, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="Why?", choices=[("", "Choose a reason"), *Reason.choices])
    note = forms.CharField(
        label="A word to the person",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    length = forms.ChoiceField(label="How long?", choices=LENGTHS, required=False, initial="24")
    until = day_field("Until the end of which day?")
    with_comments = forms.BooleanField(label="Take down all that they said, too", required=False)

    def ends(self) -> datetime | None:
        """The end that was chosen, if any: a day before a length. The sanction says whether it has one."""
        if day := self.cleaned_data["until"]:
            return midnight(day + timedelta(days=1))
        if hours := self.cleaned_data["length"]:
            return timezone.now() + timedelta(hours=int(hours))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """All about somebody, and the form to do something about it; with `?part` without the page around it."""
    who = get_object_or_404(get_user_model(), pk=pk, is_active=True)
    if request.method != "POST":
        return page(request, who, SanctionForm(label_suffix="", auto_id=IDS))
    form = SanctionForm(request.POST, label_suffix="", auto_id=IDS)
    if form.is_valid():
        data = form.cleaned_data
        said = {name: data[name] for name in ("reason", "note", "with_comments")}
        try:
            made = sanctioning.impose(who, data["kind"], by=signed_in(request), until=form.ends(), **said)
            messages.success(request, f"{made.get_kind_display()}: {who.name} is told by mail.")
            return to(request, pk)
        except sanctioning.Refused as refusal:
            form.add_error(None, str(refusal))
    return page(request, who, form, 422)


def page(request: HttpRequest, who: Person, form: SanctionForm, status: int = 200) -> HttpResponse:
    """The figures are of the whole paper, the words of what is this moderator's. A fixed number of queries."""
    figures = dict(Comment.objects.filter(author=who).order_by().values_list("state").annotate(Count("pk")))
    said = theirs(request).filter(author=who).select_related("discussion", "author")
    comments = said.prefetch_related("decisions__by").newest_first()
    context = {
        "person": who,
        "trust": explained(past_of(who)),
        "figures": [(State(state).label, count) for state in State if (count := figures.get(state))],
        "comments": with_stories(list(comments[:LATEST])),
        "excluded": Exclusion.objects.standing().of(who.email).first(),
        "sanctions": who.sanctions.select_related("by", "lifted_by"),
        "is_limited": bool(limits_of(signed_in(request))),
        "remarks": who.remarks.select_related("by"),
        "form": form,
    }
    is_part = "part" in request.GET
    template = "desk/_drawer.html" if is_part else "desk/person.html"
    return render(request, template, context | {"is_part": is_part}, status=status)


def to(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page of a person, or to what a script shows of it."""
    return redirect(reverse("desk:person", args=[pk]) + ("?part=" if "part" in request.GET else ""))


@require_POST
@moderators_only
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Note something of a person for other moderators."""
    who = get_object_or_404(get_user_model(), pk=pk, is_active=True)
    try:
        sanctioning.remark(who, request.POST.get("text", "")[:500], by=signed_in(request))
    except sanctioning.Refused as refusal:
        messages.error(request, str(refusal))
    return to(request, pk)


@require_POST
@moderators_only
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a sanction, or with `stays` answer an appeal and leave it."""
    row = get_object_or_404(Sanction.objects.select_related("person"), pk=pk)
    verb = sanctioning.uphold if "stays" in request.POST else sanctioning.lift
    try:
        done = verb(row, by=signed_in(request), answer=request.POST.get("answer", "")[:500])
        messages.success(request, f"{'Lifted' if done.lifted_at else 'Answered; it stays'}. {row.person.name} is told.")
    except sanctioning.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:appeals") if "from_appeals" in request.POST else to(request, row.person_id)


@require_safe
@moderators_only
def appeals(request: HttpRequest) -> HttpResponse:
    """What people answered to sanctions and nobody has read yet, the longest waiting first."""
    rows = list(Sanction.objects.appealed().select_related("person", "by")[:LATEST])
    return render(request, "desk/appeals.html", {"rows": rows})
