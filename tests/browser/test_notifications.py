"""Somebody is answered: the number beside the name, the list behind it, and how often it comes by mail, by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from comments.models import Following, Notification
from newsroom.models import User
from tests.browser.looking import PHONE, objections
from tests.factories import make_edition, make_shown_comment, mo, ravi


def test_an_answer_is_told_listed_and_mailed_as_often_as_wanted(new_person: Callable[..., Page]) -> None:
    edition = make_edition(headline="Harbour Lights")
    make_shown_comment(edition, by=ravi(), body="I was on that ferry.")
    # That his first comments were let through.
    Notification.objects.all().delete()
    other = new_person(mo())
    other.goto(edition.path)
    # The script has taken over.
    other.locator("#discussion form").wait_for()
    other.get_by_role("link", name="Reply to Ravi Regular").click()
    form = other.locator(".thread form")
    form.locator("textarea").fill("So was I.")
    form.get_by_role("button", name="Post reply").click()
    expect(other.locator(".comment--new")).to_contain_text("So was I.")

    reader = new_person(ravi(), viewport=PHONE)
    reader.goto(edition.path)
    account = reader.get_by_role("link", name="Ravi Regular, 1 new for you")
    account.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Notifications")
    expect(reader.locator(".told__one--new")).to_contain_text("mo answered you")
    assert not list(objections(reader, {}))

    reader.get_by_label("Once a day").focus()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_have_text("Saved.")
    assert User.objects.get(username="ravi").talk_mail == "never"

    reader.get_by_role("link", name="mo answered you").click()
    expect(reader.locator(".comment--chosen")).to_contain_text("So was I.")
    reader.goto(edition.path)
    reader.get_by_role("link", name="Follow", exact=True).click()
    reader.get_by_label("Everything that is said").check()
    reader.get_by_role("button", name="Save").click()
    expect(reader.get_by_role("link", name="Following")).to_be_visible()
    assert Following.objects.get().mode == "follow"
    expect(reader.locator(".masthead__account .chip")).to_have_count(0)
