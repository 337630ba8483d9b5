"""The writing page's helpers in a real browser: counts, buttons that say when, the preview beside the words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from tests.browser.looking import PHONE, objections
from tests.browser.test_history import admin_of
from tests.browser.test_journey import write
from tests.factories import edith, make_article, make_edition, make_picture

pytestmark = pytest.mark.usefixtures("editor_noise")


@pytest.fixture
def desk(new_person: Callable[..., Page]) -> Callable[..., Page]:
    """`desk(article, **options)`: Edith at the story's page, once the editor is there."""

    def sit_down(article: Article, **options: object) -> Page:
        page = new_person(edith(), **options)
        page.goto(admin_of(article))
        page.locator(".cke_editable").wait_for()
        return page

    return sit_down


def preview_of(page: Page) -> Locator:
    return page.frame_locator(".preview iframe:not([data-coming])").locator("body")


def test_the_headline_is_counted_as_it_grows(desk: Callable[..., Page]) -> None:
    page = desk(make_article(headline="Eleven here"))
    count = page.locator("#id_headline_count")
    expect(count).to_have_text("11 of 110")
    page.get_by_label("Headline").press_sequentially("!")
    expect(count).to_have_text("12 of 110")
    page.get_by_label("Headline").fill("x" * 111)
    expect(count).to_contain_text("111 of 110 characters: the rest may be cut elsewhere")


def test_a_button_says_when(desk: Callable[..., Page]) -> None:
    page = desk(make_article())
    button = page.locator("button[value=schedule]")
    expect(button).to_have_text("Schedule")
    page.get_by_label("Publish at").fill("2031-08-14T09:05")
    expect(button).to_have_text("Schedule for Thu, 14 Aug 2031 09:05")
    page.get_by_label("Publish at").fill("")
    expect(button).to_have_text("Schedule")


def test_the_preview_follows_the_words_and_saves_nothing(desk: Callable[..., Page]) -> None:
    article = make_article(headline="Before", lead_image=make_picture().pk)
    page = desk(article)
    page.route("**/autosave/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(preview_of(page).get_by_role("heading", level=1)).to_have_text("Before")
    page.get_by_label("Headline").fill("After")
    write(page, "Typed just now.")
    expect(preview_of(page).get_by_role("heading", level=1)).to_have_text("After")
    expect(preview_of(page)).to_contain_text("Typed just now.")
    assert Article.objects.get().headline == "Before"


def test_the_preview_has_three_widths_and_stays_where_it_is(desk: Callable[..., Page]) -> None:
    page = desk(make_article(body="<p>One more paragraph.</p>" * 60))
    page.get_by_role("button", name="Preview", exact=True).click()
    frame = page.locator(".preview iframe:not([data-coming])")
    for name, width in {"Desk": 1280, "Tablet": 768, "Phone": 390}.items():
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        assert frame.evaluate("frame => frame.contentWindow.innerWidth") == pytest.approx(width, abs=2)
    frame.evaluate("frame => frame.contentWindow.scrollTo({ top: 400, behavior: 'instant' })")
    page.get_by_label("Headline").fill("After")
    expect(preview_of(page).get_by_role("heading", level=1)).to_have_text("After")
    assert frame.evaluate("frame => frame.contentWindow.scrollY") == pytest.approx(400, abs=40)


def test_nothing_in_the_preview_leads_away(desk: Callable[..., Page]) -> None:
    page = desk(make_article(headline="Stay"))
    page.get_by_role("button", name="Preview", exact=True).click()
    preview_of(page).get_by_role("link").first.click()
    expect(preview_of(page).get_by_role("heading", level=1)).to_have_text("Stay")


def test_the_keyboard_opens_and_closes_the_preview(desk: Callable[..., Page]) -> None:
    page = desk(make_article())
    toggle = page.get_by_role("button", name="Preview", exact=True)
    toggle.press("Enter")
    expect(page.get_by_role("heading", name="Preview")).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    expect(toggle).to_be_focused()


def test_search_and_shares_are_drawn_as_they_will_look(desk: Callable[..., Page]) -> None:
    page = desk(make_edition(headline="The butler did it", dek="A dek").article)
    page.get_by_text("Spoilers", exact=True).click()
    page.get_by_text("Search and sharing", exact=True).click()
    page.get_by_text("How it will look elsewhere").click()
    part = {
        name: page.locator(f"[data-part={name}]") for name in ("search-title", "social-title", "search-description")
    }
    expect(part["search-title"]).to_have_text("The butler did it")
    page.get_by_label("What it gives away").select_option("ending")
    page.get_by_label("Spoiler-free title").fill("How it ends")
    expect(part["search-title"]).to_have_text("How it ends")
    expect(part["social-title"]).to_have_text("How it ends")
    page.get_by_label("Search title").fill("Who did it?")
    page.get_by_label("Search description").fill("We asked everyone.")
    expect(part["search-title"]).to_have_text("Who did it?")
    expect(part["search-description"]).to_have_text("We asked everyone.")
    expect(part["social-title"]).to_have_text("How it ends")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
def test_no_one_objects_to_the_preview(desk: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = desk(make_edition(headline="Looked at", dek="A dek").article, viewport=viewport)
    page.get_by_text("Search and sharing", exact=True).click()
    page.get_by_text("How it will look elsewhere").click()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(preview_of(page)).to_contain_text("Looked at")
    assert list(objections(page, {"iframe": "the readers' page, examined by itself"})) == []


def test_without_scripts_the_preview_is_a_page_of_its_own(new_person: Callable[..., Page]) -> None:
    page = new_person(edith(), java_script_enabled=False)
    page.goto(admin_of(make_article(headline="Plain")))
    page.get_by_label("Headline").fill("Plainer")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plainer")
