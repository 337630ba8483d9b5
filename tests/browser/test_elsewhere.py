"""Signing in at another company in a real browser, which watches where forms lead."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from playwright.sync_api import Page, expect

from newsroom.models import User
from tests.browser.looking import objections
from tests.services.company import company


def test_a_reader_comes_in_through_another_company(new_person: Callable[..., Page], settings: Any) -> None:
    with company() as shop:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [shop.app]}}
        settings.ROOT_URLCONF = "tests.newsroom.urls_with_others"
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": [SELF, shop.url]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}
        page = new_person(viewport={"width": 390, "height": 844})
        page.goto("/accounts/login/?next=/accounts/name/")
        assert list(objections(page, {})) == []
        page.get_by_role("button", name="Go on with Corner Shop").click()
        expect(page.get_by_role("heading", name="Nearly there")).to_be_visible()
        assert list(objections(page, {})) == []
        page.get_by_label("User name").fill("nell")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("heading", name="Your name")).to_be_visible()
        page.get_by_role("link", name="Elsewhere").click()
        expect(page.get_by_role("button", name="Disconnect Corner Shop")).to_be_visible()
        assert list(objections(page, {})) == []
        assert User.objects.get().username == "nell"
