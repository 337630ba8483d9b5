"""Pages of one's account: take along all that is kept of one, and have the account deleted."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsroom.lib.http import personal_page
from newsroom.lib.people import Person, signed_in

from .. import farewells, takeout
from ..models import Leaving


def has_password(request: HttpRequest) -> bool:
    return signed_in(request).has_usable_password()


class LeaveForm(forms.Form):
    """The password once more; of somebody without one, the user name."""

    proof = forms.CharField(max_length=4096, strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, label_suffix="")
        self.person = person
        if person.has_usable_password():
            self.fields["proof"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def clean_proof(self) -> str:
        proof: str = self.cleaned_data["proof"]
        if self.person.has_usable_password() and not self.person.check_password(proof):
            raise forms.ValidationError("The password is not right.")
        if not self.person.has_usable_password() and proof != self.person.username:
            raise forms.ValidationError("This is not your user name.")
        return proof


@require_safe
@personal_page
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What one may do with what is kept of one."""
    return page(request, LeaveForm(person=signed_in(request)))


@require_safe
@personal_page
@login_required
@reauthentication_required(enabled=has_password)
def download(request: HttpRequest) -> HttpResponse:
    """The zip, made at once."""
    response = HttpResponse(takeout.archive(signed_in(request)), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="your-data.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@login_required
def leave(request: HttpRequest) -> HttpResponseBase:
    """Ask for the password; then have the account deleted in 24 hours, and sign out."""
    person = signed_in(request)
    if request.method != "POST":
        return redirect("account_data")
    if too_many := ratelimit.consume_or_429(request, action="reauthenticate", user=person):
        return too_many
    form = LeaveForm(request.POST, person=person)
    if not form.is_valid():
        return page(request, form, status=422)
    farewells.ask(person)
    logout(request)
    return redirect("account_left")


@require_POST
@login_required
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    if farewells.stay(signed_in(request)):
        messages.success(request, "Your account stays. Nothing was deleted.")
    return redirect("account_data")


@require_safe
@personal_page
def left(request: HttpRequest) -> HttpResponse:
    """What happens now: the same for everybody."""
    return render(request, "account/left.html")


def page(request: HttpRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    leaving = Leaving.objects.filter(person=signed_in(request)).first()
    return render(request, "account/data.html", {"form": form, "leaving": leaving}, status=status)


def welcome_back(sender: object, request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> None:
    """Whoever signs in before the day is over keeps the account."""
    if farewells.stay(user):  # type: ignore[arg-type]
        messages.success(request, "Good that you are back: your account stays.", fail_silently=True)
