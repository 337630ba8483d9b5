"""The list of stories in use: many at once with one refused, a view kept, the trash; with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Edition
from tests.browser.conftest import Complaints
from tests.factories import edith, make_article, rory

LIST = "/admin/articles/article/"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])


@pytest.fixture
def sit_down(new_person: Callable[..., Page]) -> Callable[..., Page]:
    """`sit_down(user, scripts)`: somebody before the list, on a phone."""

    def arrive(user, scripts: bool) -> Page:
        page = new_person(user, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
        page.goto(LIST)
        return page

    return arrive


@SCRIPTS
def test_many_are_published_and_the_one_that_cannot_be_is_named(sit_down, complaints: Complaints, scripts):
    make_article(headline="Whole"), make_article(headline="Whole too"), make_article(headline="Bare", section=None)
    complaints.expect("status of 409")
    page = sit_down(edith(), scripts)
    for headline in ("Whole", "Whole too", "Bare"):
        page.get_by_label(f"Select {headline}", exact=True).check()
    page.get_by_label("With those chosen").select_option("Publish now …")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish now: 3 stories")
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 stories published, 1 not")
    expect(page.locator(".refused li")).to_have_count(1)
    expect(page.locator(".refused li")).to_contain_text("The story needs a section.")
    assert Edition.objects.live().count() == 2
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#result_list .seen-live")).to_have_count(2)


@SCRIPTS
def test_a_view_is_kept_found_again_and_removed(sit_down, scripts):
    make_article(headline="A ferry at last"), make_article(headline="Something else")
    page = sit_down(rory(), scripts)
    page.get_by_label("Search").fill("ferry last")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".title")).to_have_text(["A ferry at last"])
    page.get_by_role("link", name="Keep this view under a name").click()
    page.get_by_label("Name").fill("Ferries")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator(".title")).to_have_count(2)
    page.get_by_role("link", name="Ferries").click()
    expect(page.get_by_role("navigation", name="Views").locator("[aria-current]")).to_have_text("Ferries")
    expect(page.locator(".title")).to_have_count(1)
    page.get_by_role("link", name="Rename, share or remove").click()
    page.get_by_role("button", name="Remove this view").click()
    expect(page.get_by_role("link", name="Ferries")).to_have_count(0)


@SCRIPTS
def test_a_story_is_put_in_the_trash_and_back(sit_down, complaints: Complaints, scripts):
    complaints.expect("inline event handler")
    complaints.expect("CSP violation: script-src-attr inline")
    article = make_article(headline="Away and back", body="<p>Still here.</p>")
    page = sit_down(rory(), scripts)
    page.get_by_role("link", name="Away and back").click()
    page.get_by_role("link", name="Put in the trash").click()
    page.get_by_role("button", name="Put in the trash").click()
    expect(page.locator(".messagelist")).to_contain_text("lies in the trash for 30 days")
    expect(page.locator(".title")).to_have_count(0)
    page.get_by_role("link", name="Look at it there").click()
    expect(page.locator(".in-trash")).to_contain_text("Still here.")
    page.get_by_role("button", name="Put back").click()
    expect(page.locator(".messagelist")).to_contain_text("The story is back")
    assert Article.objects.visible_to(rory()).get() == article


def test_the_keyboard_reaches_what_the_list_offers(sit_down):
    make_article(headline="One"), make_article(headline="Two")
    page = sit_down(edith(), True)
    page.locator("#action-toggle").focus()
    page.keyboard.press("Space")
    expect(page.locator(".action-counter")).to_have_text("2 of 2 selected")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".action-counter")).to_have_text("1 of 2 selected")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") in {"One", "Two"}
