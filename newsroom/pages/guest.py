"""The pages of guests: say something, confirm it by the link in the mail, erase it by another.

Behind a link no token is asked for: it works without cookies, and whoever holds it may use it.
"""

import uuid

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Edition
from comments import posting
from comments.forms import WordsForm
from comments.models import Guest
from comments.views.posting import closed_page, live_edition_or_404, shown_as
from newsroom.lib.http import personal_page, public_page
from newsroom.lib.keys import page_behind_a_key

from .. import guests, letters, names, naming, tries


class GuestForm(WordsForm):
    """Words, and whose they are."""

    name = forms.CharField(
        label="Your name",
        strip=False,
        max_length=names.LONGEST,
        help_text="Your own or an invented one, and nobody else’s.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="We send a link to it, and nobody else sees it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    advised = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        name = names.tidy(self.cleaned_data["name"])
        naming.refuse_taken(name)
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if letters.is_throwaway(email):
            raise forms.ValidationError("This box is gone before our mail. Please give one that you read.")
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def guest(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form, or take what was written in it; who has an account writes elsewhere."""
    edition = live_edition_or_404(article_id)
    discussion, is_sent = posting.open_for(edition), request.method == "POST"
    if not is_sent and (request.user.is_authenticated or not discussion.takes_guests):
        return redirect("comments:form", article_id)
    if not discussion.is_open or not discussion.takes_guests:
        why = discussion.closed_because or guests.NO_GUESTS
        return closed_page(request, edition, request.POST.get("body", ""), posting.Closed(why))
    form = GuestForm(request.POST if is_sent else None, label_suffix="")
    if not form.is_bound:
        return form_page(request, edition, form)
    return take(request, edition, form) if form.is_valid() else form_page(request, edition, form, 422)


def take(request: HttpRequest, edition: Edition, form: GuestForm) -> HttpResponse:
    """On to what happens next, whether the address was known or not. What is refused keeps its words."""
    given = {name: form.cleaned_data[name] for name in ("name", "email", "key", "advised")}
    sender = get_adapter().get_client_ip(request) or ""
    try:
        guests.ask(edition, form.words, sender=sender, **given)
    except posting.Advised as advice:
        data = request.POST.copy()
        data["advised"] = "on"
        return form_page(request, edition, GuestForm(data, label_suffix=""), 422, str(advice))
    except tries.TooMany as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, edition, form, 429)
    except posting.Refused as refusal:
        form.add_error("body", str(refusal))
        return form_page(request, edition, form, 422)
    return redirect("guest_sent")


def form_page(
    request: HttpRequest, edition: Edition, form: GuestForm, status: int = 200, advice: str = ""
) -> HttpResponse:
    context = {"story": edition.card, "form": form, "advice": advice}
    return render(request, "guests/form.html", context, status=status)


@require_safe
@public_page
def guest_sent(request: HttpRequest) -> HttpResponse:
    """What happens next: the same for everybody."""
    return render(request, "guests/sent.html", {"days": letters.LINK_LASTS.days})


@page_behind_a_key
def guest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the words and ask, as programs that look at mail follow links; then take them into the discussion."""
    row = guests.who_confirms(token)
    if row is None:
        return late(request)
    context = {"name": row.name, "preview": shown_of(row), "comment": row.comment, "erase": guests.url_of("erase", row)}
    status = 200
    if request.method == "POST":
        try:
            context["comment"] = guests.confirm(row)
        except posting.Refused as refusal:
            context, status = context | {"why": str(refusal), "text": row.body}, 409
    return render(request, "guests/confirm.html", context, status=status)


def shown_of(row: Guest) -> object:
    return row.comment or shown_as(posting.Words(row.body, row.is_spoiler, row.spoiler_scope))


@page_behind_a_key
def guest_erase(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; then erase what was said, with the name and the address."""
    row = guests.who_erases(token)
    if row is None:
        return late(request)
    if request.method == "POST":
        guests.erase(row)
    context = {"name": row.name, "preview": shown_of(row), "is_done": request.method == "POST"}
    return render(request, "guests/erase.html", context)


def late(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere any more."""
    return render(request, "guests/late.html", status=404)
