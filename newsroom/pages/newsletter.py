"""The newsletter's pages: give an address, confirm it, leave. They work without cookies, and so without tokens.

The box stands on pages that are the same for everybody, so the form has no token to send. Nothing is done here in
anybody's name: an address is mailed a link, and whoever holds a link may use it.
"""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.lib.http import personal_page, public_page
from newsroom.lib.keys import page_behind_a_key

from .. import letters, tries
from ..models import Subscriber

INPUT = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class SignUpForm(forms.Form):
    """An address, and nothing else."""

    email = forms.EmailField(label="Your e-mail address", max_length=254, widget=INPUT)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if letters.is_throwaway(email):
            raise forms.ValidationError("This box is gone before our next letter. Please give one that you read.")
        return email


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponseBase:
    """What the newsletter is, and the form; or take an address that was given."""
    return take(request) if request.method == "POST" else invite(request)


@public_page
def invite(request: HttpRequest) -> HttpResponse:
    return form_page(request, SignUpForm(label_suffix=""))


@personal_page
def take(request: HttpRequest) -> HttpResponse:
    """On to what happens next, whether the address was known or not. What is refused keeps the address."""
    form = SignUpForm(request.POST, label_suffix="")
    if not form.is_valid():
        return form_page(request, form, status=422)
    if not is_from_us(request):
        form.add_error(
            None, "Another site has sent you here with this address. If you want the newsletter, press “Sign up”."
        )
        return form_page(request, form, status=403)
    place = request.POST.get("place", "")
    place = place if place in Subscriber.Place.values else Subscriber.Place.PAGE
    try:
        letters.ask(form.cleaned_data["email"], place=place, sender=get_adapter().get_client_ip(request) or "")
    except tries.TooMany as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, form, status=429)
    return redirect("newsletter_sent")


def form_page(request: HttpRequest, form: SignUpForm, status: int = 200) -> HttpResponse:
    return render(request, "newsletter/newsletter.html", {"form": form}, status=status)


def is_from_us(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form, as far as the browser says."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin in {"null", f"{request.scheme}://{request.get_host()}"}


@require_safe
@public_page
def newsletter_sent(request: HttpRequest) -> HttpResponse:
    """What happens next: the same for everybody."""
    return render(request, "newsletter/sent.html", {"days": letters.LINK_LASTS.days})


@page_behind_a_key
def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, as programs that look at mail follow links; then put the address on the list."""
    row = letters.who_confirms(token)
    if row is None:
        return late(request)
    if request.method == "POST":
        letters.confirm(row)
    context = {
        "email": row.email,
        "is_done": request.method == "POST" or row.is_on,
        "leave": letters.url_of("leave", row),
    }
    return render(request, "newsletter/confirm.html", context)


@page_behind_a_key
def newsletter_leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; or at once, when a mail program sends the press of its own button (RFC 8058)."""
    row = letters.who_leaves(token)
    if row is None:
        return late(request)
    if request.method == "POST":
        letters.leave(row)
    context = {"email": row.email, "is_done": request.method == "POST" or bool(row.unsubscribed_at)}
    return render(request, "newsletter/leave.html", context)


def late(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere any more, and the box to begin anew."""
    return render(request, "newsletter/late.html", {"form": SignUpForm(label_suffix="")}, status=404)
