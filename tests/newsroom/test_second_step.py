"""Signing in with a second step: codes that an app makes, and those for when it is lost."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from newsroom.models import User
from tests.factories import make_user, rosa

pytestmark = pytest.mark.django_db

AT = "/accounts/second-step/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_code_is_used():
    cache.clear()


def code_of(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signing_in(who: str = "stepper") -> Client:
    """Somebody who has given the password."""
    client = Client()
    client.post("/accounts/login/", {"login": who, "password": PASSWORD})
    return client


def stepper() -> User:
    user = make_user("stepper", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def turned_on() -> tuple[str, Client]:
    """The secret of an app, and somebody who has just begun to use it."""
    stepper()
    client = signing_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(f"{AT}totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert client.post(f"{AT}totp/activate/", {"code": code_of(secret)})["Location"] == f"{AT}recovery-codes/"
    return secret, client


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_a_password_alone_lets_nobody_in_any_more():
    secret, _ = turned_on()
    client = signing_in()
    assert not is_in(client)
    assert client.get(f"{AT}authenticate/").status_code == 200
    wrong = client.post(f"{AT}authenticate/", {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    assert not is_in(client)
    client.post(f"{AT}authenticate/", {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_counts_once():
    secret, _ = turned_on()
    code = code_of(secret)
    first, second = signing_in(), signing_in()
    for client in (first, second):
        client.post(f"{AT}authenticate/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_a_recovery_code_stands_for_the_app_once():
    _, client = turned_on()
    [code, *others] = client.get(f"{AT}recovery-codes/").context["unused_codes"]
    assert len(others) == 9
    first, second = signing_in(), signing_in()
    for one in (first, second):
        one.post(f"{AT}authenticate/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_guessing_is_slowed_down():
    secret, _ = turned_on()
    client = signing_in()
    for _ in range(10):
        client.post(f"{AT}authenticate/", {"code": "000000"})
    client.post(f"{AT}authenticate/", {"code": code_of(secret)})
    assert not is_in(client)


def test_it_is_turned_off_again():
    _, client = turned_on()
    client.post(f"{AT}totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert is_in(signing_in())


def test_a_superuser_takes_it_from_whoever_has_lost_it_and_sees_no_secret():
    secret, _ = turned_on()
    client = Client()
    client.force_login(make_user("sue", is_staff=True, is_superuser=True))
    row = Authenticator.objects.get(type="totp")
    assert secret not in client.get(f"/admin/mfa/authenticator/{row.pk}/change/").content.decode()
    client.post(f"/admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})
    assert is_in(signing_in())


@pytest.mark.parametrize(
    "path", ["", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"]
)
def test_it_asks_who_one_is(client, path):
    assert client.get(f"{AT}{path}")["Location"].startswith("/accounts/login/")
    client.force_login(rosa())
    assert client.get(f"{AT}{path}").status_code in {200, 302, 404}
    assert not Authenticator.objects.exists()
