"""Signing in at another company, over real HTTP: only where a site names one, never into somebody else's account."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client

from newsroom import takeout
from newsroom.models import User
from tests.factories import make_user, rory
from tests.newsroom.test_passkeys import begun, sure_of
from tests.newsroom.test_second_step import signing_in, stepper
from tests.services.company import Company, company

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/oidc/corner/login/"
SIGNUP = "/accounts/elsewhere/signup/"


@pytest.fixture
def shop(settings: Any) -> Iterator[Company]:
    """A company that the site names."""
    with company() as server:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [server.app], "OAUTH_PKCE_ENABLED": True}}
        settings.ROOT_URLCONF = "tests.newsroom.urls_with_others"
        yield server


def go(client: Client, path: str = LOGIN) -> Any:
    """Press the button, be sent there, and come back; the answer to that."""
    there = client.post(path)["Location"]
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=5).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def who(client: Client) -> str:
    user = client.get("/").wsgi_request.user
    return user.get_username() if user.is_authenticated else ""


def test_where_none_is_named_there_is_no_trace_of_it(client):
    for page in ("/accounts/login/", "/accounts/signup/"):
        assert "elsewhere" not in client.get(page).content.decode()
    for path in (LOGIN, SIGNUP, "/accounts/elsewhere/"):
        assert client.get(path).status_code == 404, path


def test_a_newcomer_chooses_a_name_and_is_in(shop, client):
    assert "Go on with Corner Shop" in client.get("/accounts/login/").content.decode()
    assert go(client)["Location"] == SIGNUP
    client.post(SIGNUP, {"email": "nell@example.com", "username": "nell"})
    user = User.objects.get(username="nell")
    assert who(client) == "nell"
    assert EmailAddress.objects.get(user=user).verified
    assert (user.first_name, user.last_name, user.has_usable_password()) == ("", "", False)
    assert not SocialToken.objects.exists()
    assert takeout.gather(user)["account"]["elsewhere"][0]["uid"] == "1"
    again = Client()
    go(again)
    assert who(again) == "nell"


def test_nothing_happens_by_a_link_alone(shop, client):
    page = client.get(LOGIN)
    assert (page.status_code, "Go on with Corner Shop?" in page.content.decode()) == (200, True)
    assert shop.codes == {}
    assert client.get("/accounts/oidc/nobody/login/").status_code == 404


@pytest.mark.parametrize("claim", [True, False, "true", "false"])
def test_whoever_claims_anothers_address_is_not_let_into_their_account(shop, client, claim):
    owner = make_user("owner")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    shop.says |= {"email": owner.email, "email_verified": claim}
    go(client)
    client.post(SIGNUP, {"email": owner.email, "username": "thief"})
    assert who(client) == ""
    assert not SocialAccount.objects.exists()
    assert User.objects.filter(email=owner.email).get() == owner
    assert mail.outbox[-1].to == [owner.email]


@pytest.mark.parametrize("claim", [False, "true", "false", None])
def test_an_address_that_is_not_vouched_for_is_confirmed_by_mail(shop, client, claim):
    shop.says["email_verified"] = claim
    go(client)
    client.post(SIGNUP, {"email": "nell@example.com", "username": "nell"})
    assert who(client) == ""
    assert not EmailAddress.objects.get(email="nell@example.com").verified
    assert mail.outbox[-1].to == ["nell@example.com"]


def test_names_are_judged_as_everywhere(shop, client):
    rory()
    go(client)
    for name in ("rory", "r0ry", "Newsroom-Staff", "é"):
        assert client.post(SIGNUP, {"email": "nell@example.com", "username": name}).status_code == 200, name
    assert not User.objects.filter(email="nell@example.com").exists()


def test_it_is_connected_and_disconnected_by_who_is_signed_in(shop):
    owner = stepper()
    client = sure_of(signing_in())
    go(client, f"{LOGIN}?process=connect")
    account = SocialAccount.objects.get(user=owner)
    assert "Corner Shop" in client.get("/accounts/elsewhere/").content.decode()
    other = Client()
    other.force_login(make_user("other"))
    other.post("/accounts/elsewhere/", {"account": account.pk})
    assert SocialAccount.objects.exists()
    client.post("/accounts/elsewhere/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_a_second_step_is_asked_for_here_too(shop):
    _, client = begun()
    go(client, f"{LOGIN}?process=connect")
    later = Client()
    assert go(later)["Location"].startswith("/accounts/second-step/authenticate/")
    assert who(later) == ""


def test_a_company_that_is_down_or_talks_nonsense_is_told_of(shop, client):
    shop.says = {"nonsense": True}
    assert go(client).status_code == 502
    shop.breaks = True
    assert client.post(LOGIN).status_code == 502
    assert client.get(f"{LOGIN}callback/?code=x&state=y").status_code in {200, 401, 403}
    shop.breaks, shop.refuses = False, True
    assert "Nobody was signed in" in client.get(go(client)["Location"]).content.decode()
    assert not User.objects.exists()


def test_the_settings_say_what_is_missing():
    told = {"SOCIAL_PROVIDERS": "google", "SOCIAL_GOOGLE_ID": "us"}
    asked = "from newsroom import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1:])"
    for more, words in (
        ({}, "SOCIAL_GOOGLE_SECRET"),
        ({"SOCIAL_GOOGLE_SECRET": "x"}, "['https://accounts.google.com']"),
        ({"SOCIAL_PROVIDERS": "ours"}, "SOCIAL_OURS_SERVER"),
    ):
        run = [sys.executable, "-c", asked]
        done = subprocess.run(run, env=os.environ | told | more, capture_output=True, text=True, check=False)
        assert words in done.stdout + done.stderr
