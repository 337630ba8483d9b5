"""Sending a comment: once, and when it cannot be sent the words stay, one is told so, and they go out later."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.browser.conftest import Complaints
from tests.factories import make_edition, ravi

WORDS = "The ferry was late, and I liked it."


@pytest.fixture
def form(new_person: Callable[..., Page]) -> Page:
    """Ravi has the form in place, with something typed."""
    edition = make_edition()
    page = new_person(ravi())
    page.goto(edition.path)
    page.locator("#discussion textarea").fill(WORDS)
    return page


def refusal(page: Page) -> None:
    """What is said is announced, and the words are there and not called wrong."""
    expect(page.locator("#discussion [role=alert]")).to_contain_text("Your words are kept here")
    expect(page.locator("#discussion textarea")).to_have_value(WORDS)
    expect(page.locator("#discussion textarea")).not_to_have_attribute("aria-invalid", "true")


def posted(page: Page) -> None:
    expect(page.locator("[data-thread]")).to_contain_text(WORDS)
    expect(page.locator("#discussion textarea")).to_have_value("")
    assert Comment.objects.filter(body=WORDS).count() == 1


def test_without_a_network_the_words_stay_and_go_out_by_themselves(form: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    form.context.set_offline(True)
    form.get_by_role("button", name="Post", exact=True).click()
    refusal(form)
    expect(form.locator("#discussion [role=alert]")).to_contain_text("offline")
    form.context.set_offline(False)
    posted(form)


def test_a_server_that_fails_costs_no_words_and_a_button_tries_again(form: Page, complaints: Complaints) -> None:
    complaints.expect("status of 503")
    form.route("**/new/", lambda route: route.fulfill(status=503, body="<h1>Down</h1>"), times=2)
    form.get_by_role("button", name="Post", exact=True).click()
    refusal(form)
    form.get_by_role("button", name="Try again").press("Enter")
    refusal(form)
    form.reload()
    expect(form.locator("#discussion textarea")).to_have_value(WORDS)
    form.get_by_role("button", name="Post", exact=True).click()
    posted(form)


def test_an_answer_lost_on_the_way_makes_no_second_comment(form: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_FAILED")

    def lose(route) -> None:
        route.fetch()
        route.abort()

    form.route("**/new/", lose, times=1)
    form.get_by_role("button", name="Post", exact=True).click()
    refusal(form)
    form.get_by_role("button", name="Try again").click()
    posted(form)


COMPOSING = """(words) => words.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, isComposing: true, bubbles: true }))"""


def test_enter_with_control_posts_once_and_not_in_the_middle_of_a_word(form: Page) -> None:
    words = form.locator("#words-new")
    words.evaluate(COMPOSING)
    words.press("Control+Enter")
    words.press("Control+Enter")
    posted(form)
