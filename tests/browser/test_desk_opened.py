"""A person and a branch opened below a card, and a story watched, without leaving the queue."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from comments.models import Remark, Sanction
from tests.browser.conftest import Complaints
from tests.browser.looking import objections
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi, rosa


def test_a_person_and_a_branch_open_below_the_card_and_close_again(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 422")
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi(), body="The head of it.")
    make_comment(edition, by=rosa(), parent=head, body="An answer that waits.")
    page = new_person(mo())
    page.goto("/desk/")
    page.evaluate("window.stays = true")
    opened = page.locator(".opened")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(opened).to_be_focused()
    expect(opened).to_contain_text("The head of it.")
    expect(opened.locator("[aria-current]")).to_contain_text("An answer that waits.")
    page.keyboard.press("a")  # Nothing is ruled on from there.
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(page.locator(".held [data-branch]")).to_be_focused()
    page.keyboard.press("b")
    expect(opened).to_be_focused()
    assert page.get_by_role("link", name="Rosa Reads", exact=True).first.get_attribute("aria-expanded") == "true"
    assert list(objections(page, {})) == []
    opened.get_by_label("Note something").fill("Writes at night.")
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(page.locator(".held h2 a")).to_be_focused()
    page.keyboard.press("b")
    expect(opened.get_by_label("Note something")).to_have_value("Writes at night.")
    opened.get_by_role("button", name="Note it").click()
    expect(opened.locator("li", has_text="Writes at night.")).to_be_visible()
    opened.get_by_text("Do something…").click()
    opened.get_by_label("Warning").check()
    opened.get_by_role("button", name="Do it").click()
    expect(opened).to_contain_text("This field is required.")
    opened.get_by_label("Warning").check()
    opened.get_by_label("Why?").select_option("spam")
    opened.get_by_role("button", name="Do it").click()
    expect(opened).to_contain_text("Warning: Rosa Reads is told by mail.")
    page.locator(".held h2 a").click()
    expect(opened).to_have_count(0)
    expect(page.locator(".watches .chip:visible")).to_have_count(0)
    page.get_by_role("button", name="Watch this story").click()
    expect(page.get_by_role("button", name="Stop watching this story")).to_be_focused()
    expect(page.locator(".watches .chip:visible")).to_have_count(1)
    assert page.evaluate("window.stays") is True
    assert (Remark.objects.count(), Sanction.objects.get().kind) == (1, "warn")
