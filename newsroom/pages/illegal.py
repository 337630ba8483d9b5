"""The form by which anybody tells us that a comment is against the law."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comments.models import Report
from comments.views.reading import public_or_404
from newsroom.lib.http import personal_page

from .. import illegal, tries

SHORTEST = 20


class NoticeForm(forms.Form):
    """What article 16 of the Digital Services Act asks of a notice; the place is the comment's."""

    text = forms.CharField(
        label="What in it is against the law, and against which?",
        min_length=SHORTEST,
        max_length=Report.MAX_LENGTH,
        help_text="So that somebody who does not know the matter can see it.",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="For a receipt, and for what we decide.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    is_child_abuse = forms.BooleanField(
        label="It is about the sexual abuse of children: name and address may be left out", required=False
    )
    good_faith = forms.BooleanField(
        label="I believe in good faith that what I say here is accurate and complete",
        error_messages={"required": "We need you to say so."},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if data and data.get("is_child_abuse"):
            self.fields["name"].required = self.fields["email"].required = False

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then take the notice, and say what happens next. What was typed stays."""
    comment, story = public_or_404(pk)
    form = NoticeForm(request.POST if request.method == "POST" else None, label_suffix="")
    context, status = {"story": story, "comment": comment, "form": form}, 200
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "name", "email")}
        try:
            made = illegal.tell_us(comment, sender=get_adapter().get_client_ip(request) or "", **given)
            return render(request, "comments/illegal_told.html", context | {"notice": made})
        except tries.TooMany as refusal:
            form.add_error(None, str(refusal))
            status = 429
    elif form.is_bound:
        status = 422
    return render(request, "comments/illegal.html", context, status=status)
