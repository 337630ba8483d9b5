"""Signing in at another company, if the site names any: what is believed of it, and its addresses here.

An address that a company does not vouch for is confirmed by mail, as any other; one that has an account here opens
nothing: its owner signs in as always, and connects the two.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from requests import RequestException

logger = logging.getLogger(__name__)

# What comes of a server that is down, or does not speak as it should.
UNANSWERED = (RequestException, OAuth2Error, KeyError, TypeError, ValueError)


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A company that does not answer is told of; the library would stumble over it."""

    @wraps(view)
    def wrapped(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except UNANSWERED:
            logger.warning("%s does not answer as it should.", provider_id, exc_info=True)
            return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)

    return wrapped


AT = "accounts/oidc/<slug:provider_id>/login/"
URLS = [
    path("accounts/elsewhere/", include("allauth.socialaccount.urls")),
    path(AT, answered(views.login), name="openid_connect_login"),
    path(f"{AT}callback/", answered(views.callback), name="openid_connect_callback"),
]


class Adapter(DefaultSocialAccountAdapter):
    """Takes what it needs: an address, and whether it is vouched for."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        """The name that a company knows is not the one to be known by here."""
        user = super().populate_user(request, sociallogin, data)
        user.first_name = user.last_name = ""
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Some companies write the word “false”, which is not false to Python."""
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True
