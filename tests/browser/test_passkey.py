"""A passkey in a real browser, with a device that the browser pretends to have."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from newsroom.models import User
from tests.browser.looking import objections
from tests.factories import rosa

PASSWORD = "correct horse battery"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> Callable[[bool], None]:
    """Give the browser a device; the answer switches whether its owner is there."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    device = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def owner(is_there: bool) -> None:
        chromium.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": is_there})

    return owner


def reader() -> User:
    user = rosa()
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_reader_makes_a_passkey_and_signs_in_with_it(new_person: Callable[..., Page]) -> None:
    page = new_person(reader())
    owner = with_device(page)
    page.goto("/accounts/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What do you call it?").fill("My telephone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/accounts/second-step/webauthn/")
    expect(page.get_by_role("heading", name="My telephone")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/accounts/name/")
    owner(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="No passkey was used.")).to_be_visible()
    assert list(objections(page, {})) == []
    owner(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your name")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail or user name").fill("rosa")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Rosa Reads")).to_be_visible()


def test_without_a_script_the_password_is_left(new_person: Callable[..., Page]) -> None:
    page = new_person(java_script_enabled=False)
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
