"""With the keyboard alone, and with scripts off: everything a person may do here can still be done."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.workflow import Stage
from comments.models import Comment
from comments.workflow import State
from newsroom.models import User
from tests.browser.test_journey import PHONE, sign_in
from tests.factories import edith, make_article, make_comment, make_edition, make_shown_comment, mo, ravi, rosa

STEPS = 120
FOCUS_SEEN = """() => {
    const at = document.activeElement;
    const drawn = (one) => one && getComputedStyle(one).outlineStyle !== "none";
    const box = at.closest(".select2-container")?.querySelector(".select2-selection");
    const seen = [at, box, at.closest(".cke_chrome")].some(drawn) || getComputedStyle(at).boxShadow !== "none";
    return seen || at === document.body || at.localName === "iframe" ? "" : at.outerHTML.slice(0, 160);
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; every stop on the way must be seen."""
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SEEN) == "", "the focus is nowhere to be seen"
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


@pytest.mark.usefixtures("editor_noise")
def test_a_story_is_written_and_published_by_keyboard(new_person: Callable[..., Page]) -> None:
    article = make_article(headline="Tide tables", by=edith())
    desk = new_person(edith())
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator(".cke_editable").wait_for()
    tab_to(desk, ".cke_editable")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" And then it was high.")
    # Out of the editor again, and on to the buttons.
    tab_to(desk, "#id_prompt")
    desk.keyboard.type("High enough?")
    tab_to(desk, "[name=_move][value=publish]")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("Published: readers have it")
    live = Article.objects.get().live_edition
    assert "And then it was high." in live.html
    assert live.story.prompt == "High enough?"


def test_a_comment_is_written_and_answered_by_keyboard(new_person: Callable[..., Page]) -> None:
    edition = make_edition(headline="Who boards?")
    first = make_shown_comment(edition, by=ravi(), body="I do.")
    reader = new_person(rosa())
    reader.goto(edition.path)
    reader.locator("#discussion form").wait_for()
    tab_to(reader, "#words-new")
    reader.keyboard.type("I do, too.")
    tab_to(reader, "#discussion form button")
    reader.keyboard.press("Enter")
    expect(reader.locator(".comment--new")).to_be_focused()
    tab_to(reader, f"[data-reply='{first.pk}']")
    reader.keyboard.press("Enter")
    reader.keyboard.type("Both of you?")
    tab_to(reader, ".thread form .button")
    reader.keyboard.press("Enter")
    expect(reader.locator("#discussion")).to_contain_text("Both of you?")
    assert Comment.objects.filter(author=rosa(), state=State.HELD).count() == 2


def test_the_queue_is_ruled_on_with_tab_and_enter(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    good, bad = make_comment(edition, body="A good one."), make_comment(edition, body="A bad one.")
    desk = new_person(mo())
    desk.goto("/desk/")
    tab_to(desk, "[data-approve] button")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).not_to_contain_text("A good one.")
    tab_to(desk, ".reject summary")
    desk.keyboard.press("Enter")
    tab_to(desk, "[type=radio]")
    desk.keyboard.press("Space")
    tab_to(desk, ".reject__form button")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("Nothing waits")
    assert [Comment.objects.get(pk=one.pk).state for one in (good, bad)] == [State.SHOWN, State.REJECTED]


def test_a_reader_does_everything_without_scripts(new_person: Callable[..., Page]) -> None:
    edition = make_edition(headline="Who boards?")
    first = make_shown_comment(edition, by=ravi(), body="I do.")
    page = new_person(viewport=PHONE, java_script_enabled=False)
    page.goto("/accounts/signup/")
    page.get_by_label("E-mail").fill("nell@example.com")
    page.get_by_label("User name").fill("nell")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    link = re.search(r"http://\S+/confirm-email/\S+", mail.outbox[-1].body).group()
    page.goto(re.sub(r"^http://[^/]+", "", link))
    page.get_by_role("button", name="Yes, confirm it").click()
    if page.locator("[name=login]").count():
        page.locator("[name=login]").fill("nell")
        page.locator("[name=password]").fill("correct horse battery")
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()

    page.goto(edition.path)
    page.locator(f"#comment-{first.pk}").get_by_role("link", name="Reply").click()
    page.get_by_role("textbox").fill("Wait for me.")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A moderator reads it first")
    page.goto("/accounts/")
    page.locator(".own__withdraw summary").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator(".own")).to_contain_text("You took it back")
    assert Comment.objects.get(author=User.objects.get(username="nell")).parent == first


def test_a_moderator_rules_without_scripts(new_person: Callable[..., Page]) -> None:
    comment = make_comment(make_edition())
    page = new_person(mo(), viewport=PHONE, java_script_enabled=False)
    page.goto("/desk/")
    page.locator(".reject summary").click()
    page.get_by_label("Advertising or spam").check()
    page.get_by_role("button", name="Reject it").click()
    comment.refresh_from_db()
    assert comment.state == State.REJECTED


def test_a_story_is_written_and_published_without_scripts(new_person: Callable[..., Page]) -> None:
    article = make_article(headline="")
    page = new_person(edith(), viewport=PHONE, java_script_enabled=False)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Headline").fill("By hand")
    page.get_by_label("Body").fill("<p>Typed as it is.</p><script>alert(1)</script>")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published: readers have it")
    live = Article.objects.get().live_edition
    assert live.html == "<p>Typed as it is.</p>"
    assert Article.objects.get().stage != Stage.IN_REVIEW


def test_pages_of_those_who_sign_in_by_keyboard(new_person: Callable[..., Page]) -> None:
    page = new_person()
    sign_in(page, rosa())
    page.goto("/accounts/")
    tab_to(page, ".account-nav__out button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("[data-account]")).to_have_text("Sign in")
