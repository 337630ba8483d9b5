"""Reporting a comment: a page that asks what is wrong. Who only disagrees is thanked, and nothing is kept."""

from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from articles.story import Card
from newsroom.lib.http import View, personal_page
from newsroom.lib.people import signed_in

from .. import reporting
from ..models import Comment, Report
from ..posting import Refused
from ..workflow import Complaint
from .halfway import keeps_words, signed_in_only, words_for
from .reading import public_or_404

DISAGREE = "disagree"


class ReportForm(forms.Form):
    """What is wrong with a comment; a difference of opinion is not."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=[(DISAGREE, "Nothing: I disagree with it"), *Complaint.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    text = forms.CharField(
        label="In your words",
        required=False,
        max_length=Report.MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text="Needed for “something else” and for an error in the story: what is wrong, and what is right?",
    )
    may_be_thanked = forms.BooleanField(
        label="If it was an error and is corrected, the correction may thank me by name", required=False
    )


def asks_first(view: View) -> View:
    """Who is not signed in is asked to be, or led to where anybody tells us of what is against the law."""

    @wraps(view)
    def asked(request: HttpRequest, pk: int) -> HttpResponseBase:
        if request.user.is_authenticated or request.method == "POST":
            return view(request, pk)
        comment, story = public_or_404(pk)
        return render(request, "comments/report_first.html", {"story": story, "comment": comment})

    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@asks_first
@keeps_words("reason", "text")
@signed_in_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then keep the report, or say why it cannot be. What was typed stays."""
    comment, story = public_or_404(pk)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial=words_for(request) if data is None else {}, label_suffix="")
    if refused := reporting.why_not(comment, signed_in(request)):
        context = {"story": story, "comment": comment, "refused": refused}
        return render(request, "comments/report.html", context, status=403)
    if not form.is_bound:
        return page(request, comment, story, form)
    if not form.is_valid():
        return page(request, comment, story, form, 422)
    said = form.cleaned_data
    if said["reason"] != DISAGREE:
        try:
            reporting.report(comment, by=signed_in(request), **said)
        except Refused as refusal:
            form.add_error("text", str(refusal))
            return page(request, comment, story, form, 422)
    context = {"story": story, "comment": comment, "reason": said["reason"]}
    return render(request, "comments/reported.html", context)


def page(request: HttpRequest, comment: Comment, story: Card, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {"story": story, "comment": comment, "form": form}
    return render(request, "comments/report.html", context, status=status)
