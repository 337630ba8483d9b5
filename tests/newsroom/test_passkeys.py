"""Signing in by passkey, alone and after a password; the names of passkeys, and that they are one's own."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from newsroom.models import User
from tests.factories import make_user, rosa
from tests.newsroom.device import Device
from tests.newsroom.test_second_step import AT, PASSWORD, is_in, signing_in, stepper

pytestmark = pytest.mark.django_db

ADD, LOGIN = f"{AT}webauthn/add/", f"{AT}webauthn/login/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()


def sure_of(client: Client) -> Client:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def added(client: Client, name: str = "My telephone") -> Device:
    """A device whose passkey has just been added to the account that is signed in."""
    device = Device()
    options = client.get(ADD).context["js_data"]["creation_options"]
    answer = client.post(ADD, {"name": name, "credential": json.dumps(device.create(dict(options)))})
    assert answer.status_code == 302, answer.context["form"].errors
    return device


def begun() -> tuple[Device, Client]:
    stepper()
    client = sure_of(signing_in())
    return added(client), client


def by_passkey(device: Device, next_url: str = "", **changed: Any) -> Client:
    client = Client()
    options = client.get(LOGIN, headers=JSON).json()["request_options"]
    client.post(LOGIN, {"credential": json.dumps(device.get(options) | changed), "next": next_url})
    return client


def test_a_passkey_lets_its_owner_in_without_a_password():
    device, client = begun()
    assert Authenticator.objects.filter(type="recovery_codes").exists()
    assert any("asskey" in message.body or "ey" in message.subject for message in mail.outbox)
    assert "My telephone" in client.get(f"{AT}webauthn/").content.decode()
    newcomer = by_passkey(device)
    assert is_in(newcomer)
    assert newcomer.get("/accounts/").context["user"].username == "stepper"


def test_with_one_the_password_alone_lets_nobody_in():
    device, _ = begun()
    client = signing_in()
    assert not is_in(client)
    options = client.get(f"{AT}authenticate/").context["js_data"]["request_options"]
    client.post(f"{AT}authenticate/", {"credential": json.dumps(device.get(dict(options)))})
    assert is_in(client)


def test_it_says_that_it_is_still_one_beside_the_codes_of_an_app():
    device, client = begun()
    assert client.get(f"{AT}totp/activate/").status_code == 200
    later = by_passkey(device)
    page = later.get(f"{AT}webauthn/reauthenticate/")
    options = page.context["js_data"]["request_options"]
    answer = later.post(f"{AT}webauthn/reauthenticate/", {"credential": json.dumps(device.get(dict(options)))})
    assert answer.status_code == 302
    assert later.get(ADD).status_code == 200


def test_anothers_device_and_a_used_answer_let_nobody_in():
    device, _ = begun()
    assert not is_in(by_passkey(Device()))
    stranger = Device()
    stranger.owner, stranger.id = device.owner, device.id
    assert not is_in(by_passkey(stranger))
    assert not is_in(by_passkey(Device("evil.example")))
    client = Client()
    answer = json.dumps(device.get(client.get(LOGIN, headers=JSON).json()["request_options"]))
    client.post(LOGIN, {"credential": answer})
    client.post("/accounts/logout/")
    client.post(LOGIN, {"credential": answer})
    assert not is_in(client)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "1",
        "[]",
        "{}",
        '"x"',
        '{"id": 1}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "signature": "AA",'
        ' "attestationObject": "AA", "authenticatorData": "AA", "userHandle": "!"}}',
        '{"id": "\\u0000", "response": {"userHandle": "MQ"}}',
        json.dumps({"id": "x" * 30_000}),
    ],
)
def test_nonsense_is_refused_wherever_a_passkey_is_asked_for(credential):
    _, client = begun()
    for where in (ADD, LOGIN, f"{AT}webauthn/reauthenticate/"):
        client.get(where, headers=JSON)
        assert client.post(where, {"credential": credential}).status_code in {200, 302}, where
    halfway = signing_in()
    halfway.get(f"{AT}authenticate/")
    assert halfway.post(f"{AT}authenticate/", {"credential": credential}).status_code == 200
    assert not is_in(halfway)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone():
    _, client = begun()
    key = Authenticator.objects.get(type="webauthn")
    make_user("other", password=PASSWORD)
    other = User.objects.get(username="other")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    for what in ("edit", "remove"):
        assert (
            sure_of(signing_in("other")).post(f"{AT}webauthn/keys/{key.pk}/{what}/", {"name": "x"}).status_code == 404
        )
    assert client.post(f"{AT}webauthn/keys/{key.pk}/edit/", {"name": "x" * 61}).status_code == 200
    client.post(f"{AT}webauthn/keys/{key.pk}/edit/", {"name": "The key on my ring"})
    assert Authenticator.objects.get(pk=key.pk).wrap().name == "The key on my ring"
    client.post(f"{AT}webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.exists()
    assert is_in(signing_in())


@pytest.mark.parametrize("path", ["", "add/", "keys/1/edit/", "keys/1/remove/", "reauthenticate/"])
def test_it_asks_who_one_is(client, path):
    assert client.get(f"{AT}webauthn/{path}")["Location"].startswith("/accounts/login/")
    client.force_login(rosa())
    assert client.get(f"{AT}webauthn/{path}").status_code in {200, 302, 403, 404}
