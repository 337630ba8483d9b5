"""A page of one's account: what moderators did about oneself, why, until when, and one's answer to it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from comments import sanctioning
from comments.models import Exclusion, Sanction
from newsroom.lib.http import personal_page
from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in


class AppealForm(forms.Form):
    """What somebody answers to a sanction."""

    sanction = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Was it wrong? Say why",
        help_text="Once. A moderator reads it and answers you by mail.",
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": sanctioning.LONGEST_APPEAL, "autocomplete": "off"}),
        error_messages={"required": "Write something first."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@login_required
def standing(request: HttpRequest) -> HttpResponse:
    """Every sanction of this person, the newest first; acknowledge a warning, or answer."""
    if request.method != "POST":
        return page(request, None)
    if "acknowledge" in request.POST:
        sanctioning.acknowledge(own(request, request.POST["acknowledge"]), by=signed_in(request))
        messages.success(request, "Thank you. You can go on now.")
        return redirect("account_standing")
    form = AppealForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            said = own(request, str(form.cleaned_data["sanction"]))
            sanctioning.appeal(said, form.cleaned_data["text"], by=signed_in(request))
            messages.success(request, "Your answer is with the moderators.")
            return redirect("account_standing")
        except sanctioning.Refused as refusal:
            form.add_error("text", str(refusal))
    return page(request, form, 422)


def own(request: HttpRequest, pk: str) -> Sanction:
    """A sanction of whoever asks; 404 for any other."""
    return get_object_or_404(Sanction, pk=number(pk), person=signed_in(request))


def page(request: HttpRequest, form: AppealForm | None, status: int = 200) -> HttpResponse:
    """The list, with a form where an answer may still be given: the one that was sent, with what is wrong in it."""
    sanctions = list(Sanction.objects.filter(person=signed_in(request)))
    sent = form["sanction"].value() if form else ""
    for row in sanctions:
        if row.may_appeal or str(row.pk) == sent:
            blank = AppealForm(initial={"sanction": row.pk}, auto_id=f"id_{row.pk}_%s", label_suffix="")
            row.form = form if str(row.pk) == sent else blank  # type: ignore[attr-defined]
    excluded = Exclusion.objects.standing().of(signed_in(request).email).first()
    return render(request, "account/standing.html", {"sanctions": sanctions, "excluded": excluded}, status=status)
