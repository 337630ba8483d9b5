"""Passkeys, where the library’s forms take more than they should: names have an end, and nonsense is refused."""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

LONGEST_NAME = 60
NAME = forms.TextInput(attrs={"autocomplete": "off"})
# An answer of a browser has some hundred bytes, with a certificate some thousand.
LONGEST_ANSWER = 20_000
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error)
NOT_TAKEN = "This passkey was not taken. Please try once more."


@contextmanager
def from_outside() -> Iterator[None]:
    """What no browser sends is refused; the library would stumble over it."""
    try:
        yield
    except MALFORMED as error:
        raise ValidationError(NOT_TAKEN) from error


class Adapter(DefaultMFAAdapter):
    """The paper's name, and what a passkey is called that nobody has named."""

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {known + 1}" if known else "Passkey"


class Answer(forms.Form):
    """The part of every form here that a browser fills in."""

    def clean_credential(self) -> Any:
        answer = json.dumps(self.cleaned_data["credential"])
        # PostgreSQL keeps no NUL.
        if len(answer) > LONGEST_ANSWER or "\\u0000" in answer:
            raise ValidationError(NOT_TAKEN)
        clean = getattr(super(), "clean_credential", None)
        with from_outside():
            return clean() if clean else self.cleaned_data["credential"]


class AddForm(Answer, webauthn.AddWebAuthnForm):
    """A new passkey with a name. It always lets its owner in by itself, and so asks for a finger, a face or a PIN."""

    name = forms.CharField(max_length=LONGEST_NAME, required=False, widget=NAME)
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        with from_outside():
            return super().clean() or {}


class EditForm(webauthn.EditWebAuthnForm):
    """Another name for one."""

    name = forms.CharField(max_length=LONGEST_NAME, widget=NAME)


class LoginForm(Answer, webauthn.LoginWebAuthnForm):
    """Who signs in by passkey alone."""


class AuthenticateForm(Answer, webauthn.AuthenticateWebAuthnForm):
    """Whose second step is a passkey."""


class ReauthenticateForm(Answer, webauthn.ReauthenticateWebAuthnForm):
    """Who says by passkey that it is still them."""
