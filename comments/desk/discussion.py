"""A discussion at the desk: what holds in it, what was done to calm it, and the form to calm it now."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Edition
from newsroom.lib.days import midnight
from newsroom.lib.mail import MORNING
from newsroom.lib.people import signed_in

from .. import calming
from ..models import Calm, Discussion
from ..models.calm import REASON_LENGTH, SLOWEST
from ..models.discussion import DiscussionQuerySet
from ..workflow import Measure
from .access import moderators_only

LATEST = 20
FIVE_MINUTES = 300
# Hours, as the length of a measure is offered; and what is none.
MORNING_COMES, LIFTED = "morning", "lifted"
LENGTHS = [
    ("1", "1 hour"),
    ("4", "4 hours"),
    (MORNING_COMES, "Until tomorrow morning"),
    (LIFTED, "Until it is lifted"),
]
OFFERED = {
    Measure.SLOW: "Slow it: each reader waits between two comments",
    Measure.NEWCOMERS: "Read newcomers’ comments first; those of regulars go out at once",
    Measure.ALL: "Read every comment first",
    Measure.PAUSE: "Pause it: nobody may comment or choose an answer",
}


class CalmForm(forms.Form):
    """How to calm a discussion, for how long, and why."""

    measure = forms.ChoiceField(label="What?", choices=list(OFFERED.items()), widget=forms.RadioSelect)
    seconds = forms.IntegerField(
        label="Seconds between two comments of one reader",
        help_text="Counts only where it is slowed.",
        min_value=1,
        max_value=SLOWEST,
        initial=FIVE_MINUTES,
        required=False,
        widget=forms.NumberInput({"autocomplete": "off"}),
    )
    length = forms.ChoiceField(label="How long?", choices=LENGTHS)
    reason = forms.CharField(
        label="Why?",
        max_length=REASON_LENGTH,
        help_text="Readers see this beside the discussion.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def ends(self) -> datetime | None:
        """The end that was chosen; None for what ends when it is lifted."""
        return end_of(self.cleaned_data["length"])


def end_of(length: str) -> datetime | None:
    """When a length that is offered ends, if it begins now."""
    if length == LIFTED:
        return None
    if length == MORNING_COMES:
        return midnight(timezone.localdate() + timedelta(days=1)).replace(hour=MORNING.hour)
    return timezone.now() + timedelta(hours=int(length))


def theirs(request: HttpRequest) -> DiscussionQuerySet:
    """The discussions that readers have and whoever makes this request looks after."""
    return Discussion.objects.public().moderated_by(signed_in(request))


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds in a discussion that readers have, and the form to calm it. A fixed number of queries."""
    here = get_object_or_404(theirs(request).with_what_holds(), pk=pk)
    if request.method != "POST":
        return page(request, here, CalmForm(label_suffix=""))
    form = CalmForm(request.POST, label_suffix="")
    if form.is_valid():
        data = form.cleaned_data
        said = {"reason": data["reason"], "ends_at": form.ends(), "seconds": data["seconds"] or 0}
        try:
            made = calming.calm(here, data["measure"], by=signed_in(request), **said)
            messages.success(request, f"Readers are told: {made.told}")
            return redirect("desk:discussion", pk)
        except calming.Refused as refusal:
            form.add_error(None, str(refusal))
    return page(request, here, form, 422)


def page(request: HttpRequest, here: Discussion, form: CalmForm, status: int = 200) -> HttpResponse:
    context = {
        "discussion": here,
        "story": Edition.objects.live().filter(article=here.article_id).as_cards().get().card,
        "calms": here.calms.standing_first().select_related("by", "lifted_by")[:LATEST],
        "form": form,
    }
    return render(request, "desk/discussion.html", context, status=status)


@require_POST
@moderators_only
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a measure."""
    calm = get_object_or_404(Calm, pk=pk, discussion__in=theirs(request))
    try:
        calming.lift(calm, by=signed_in(request))
        messages.success(request, f"Lifted: {calm.get_measure_display().lower()}.")
    except calming.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:discussion", calm.discussion_id)
