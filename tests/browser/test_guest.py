"""A guest in a real browser, with scripts and without: from the story's button to the desk."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from comments.models import Comment, Discussion
from tests.factories import make_edition


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_guest_says_something_and_confirms_it(new_person: Callable[..., Page], has_scripts: bool) -> None:
    edition = make_edition(prompt="Would you have boarded?")
    Discussion.objects.filter(article=edition.article_id).update(takes_guests=True)
    page = new_person(java_script_enabled=has_scripts)
    page.goto(edition.path)
    page.get_by_role("link", name="Join the discussion").last.click()
    page.get_by_label("Your comment").fill("Not in that weather.")
    page.get_by_label("Your name").fill("Nell Ashby")
    page.get_by_label("Your e-mail address").fill("nell@example.com")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Now look into your mail")).to_be_visible()
    assert not Comment.objects.exists()
    found = re.search(r"/comments/guest/\S+/confirm/", str(mail.outbox[-1].body))
    assert found
    page.goto(found[0])
    expect(page.get_by_text("Not in that weather.")).to_be_visible()
    page.get_by_role("button", name="Yes, post it").click()
    expect(page.get_by_role("heading", name="Thank you. A moderator reads it first")).to_be_visible()
    assert Comment.objects.get().guest_name == "Nell Ashby"
