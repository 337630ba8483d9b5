"""Readers with no more than a keyboard, or without scripts, on their whole way through the paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.views import lists
from comments.models import Comment
from comments.workflow import State
from tests.browser.test_journey import PASSWORD, PHONE, sign_in
from tests.factories import (
    correct,
    make_edition,
    make_picture,
    make_section,
    make_shown_comment,
    make_topic,
    mo,
    ravi,
    rosa,
)

# What is drawn around the focus: how wide, whether it has a colour, and whether the place is on the screen at all.
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const clear = (colour) => /rgba\\(.*, 0\\)|transparent/.test(colour);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);
    const ringed = style.boxShadow !== "none";
    const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth;
    const middle = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
    const above = document.elementFromPoint(...middle);
    const line = at.getClientRects()[0];
    const first = line && document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const covered = ![above, first].some((one) => one && at.contains(one));
    window.stops = window.stops || [];
    const number = window.stops.indexOf(at);
    if (number < 0) window.stops.push(at);
    return {
        what: at.outerHTML.slice(0, 140), drawn: outlined || ringed, shown, covered,
        number: number < 0 ? window.stops.length - 1 : number,
    };
}"""
MATCHES = "(selector) => document.activeElement.matches(selector)"
# More stops than any page here has.
STOPS = 150


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; at every stop on the way it is on the screen, and drawn."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        look(page)
        if page.evaluate(MATCHES, selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def look(page: Page) -> None:
    found = page.evaluate(FOCUS)
    if found:
        assert found["drawn"], f"no focus is drawn around {found['what']}"
        assert found["shown"], f"the focus is off the screen: {found['what']}"
        assert not found["covered"], f"something lies over the focus: {found['what']}"


def enter(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


@pytest.fixture
def paper(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small paper whose newest story has everything; returns the story's path."""
    monkeypatch.setattr(lists, "PAGE", 3)
    topic = make_topic("Ferries").pk
    for number in range(8):
        make_edition(headline=f"Ferry number {number}", topics=(topic,))
    make_edition(headline="A ferry in a film", section=make_section("film").pk)
    one, two = (make_picture(title, alt=f"{title} at sea").pk for title in ("The bow", "The stern"))
    edition = make_edition(
        headline="Who boards the last ferry?",
        body="<p>Somebody does.</p>"
        '<details class="spoiler"><summary>Who?</summary><p>It was the purser.</p></details>'
        f'<div data-gallery="{one},{two}"></div>',
        lead_image=make_picture("The quay").pk,
        trailer_url="https://www.youtube.com/watch?v=abc",
        topics=(topic,),
        prompt="Would you?",
    )
    correct(edition, "There were two pursers.")
    make_shown_comment(edition, by=ravi(), body="I would.")
    return edition.path


# --- With the keyboard alone -----------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_front_page_to_a_comment_with_the_keyboard_alone(
    new_person: Callable[..., Page], paper: str, scheme: str
) -> None:
    reader = rosa()
    page = new_person(color_scheme=scheme)
    sign_in(page, reader)
    page.context.clear_cookies()

    page.goto("/")
    enter(page, f"main a[href='{paper}']")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who boards the last ferry?")

    enter(page, "details.spoiler summary")
    expect(page.get_by_text("It was the purser.")).to_be_visible()

    enter(page, "[data-join]")
    page.wait_for_url("**/accounts/login/**")
    if not page.evaluate(MATCHES, "input[name=login]"):
        tab_to(page, "input[name=login]")
    page.keyboard.type(reader.username)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    enter(page, "main form button[type=submit]")
    page.wait_for_url(re.compile(r"^[^?]+/comments/\d+/new/"))
    tab_to(page, "textarea")
    page.keyboard.type("So would I.")
    enter(page, "main form button[type=submit]")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A moderator reads it first")
    assert Comment.objects.get(author=reader).state == State.HELD


def test_the_way_past_the_masthead_is_the_first_stop_and_works(new_person: Callable[..., Page], paper: str) -> None:
    page = new_person()
    for path in ("/", paper, "/tv/", "/search/?q=ferry", "/archive/", "/accounts/login/"):
        page.goto(path)
        page.evaluate("document.activeElement.blur()")
        tab_to(page, "a.skip")
        box = page.locator("a.skip").bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["height"] >= 24
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main, footer').contains(document.activeElement)"), path


@pytest.mark.parametrize("path", ["/", "{story}", "/tv/", "/search/?q=ferry", "/archive/", "/corrections/"])
def test_every_stop_of_a_page_is_seen_and_none_is_a_trap(
    new_person: Callable[..., Page], paper: str, path: str
) -> None:
    """Forth to the end of the page and back to its beginning, the same stops in the other order."""
    page = new_person(viewport=PHONE)
    page.goto(path.format(story=paper))
    page.evaluate("document.activeElement.blur()")
    forth = walk(page, "Tab")
    assert len(forth) > 10
    assert forth == list(range(len(forth)))
    back = walk(page, "Shift+Tab")
    assert back[-1] == 0
    assert len(back) >= len(forth) - 1


def walk(page: Page, key: str) -> list[int]:
    """The numbers of all stops until the focus leaves the page, or comes round to where it began."""
    stops: list[int] = []
    for _ in range(STOPS):
        page.keyboard.press(key)
        look(page)
        found = page.evaluate(FOCUS)
        if found is None or (stops and found["number"] == stops[0] and len(stops) > 1):
            return stops
        assert found["number"] not in stops, f"a trap: {found['what']}"
        stops.append(found["number"])
    raise AssertionError("the page has no end")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("* { outline: none !important; box-shadow: none !important }", "no focus is drawn"),
        ("a:focus { position: fixed !important; inset-block-start: -99rem !important }", "off the screen"),
        ("body::after { content: ''; position: fixed; inset: 0; z-index: 99 }", "something lies over"),
    ],
)
def test_a_focus_that_nobody_sees_is_told_of(page: Page, paper: str, rule: str, told: str) -> None:
    page.goto("/")
    # As the style sheets themselves: the page's policy lets no other style in.
    page.evaluate("(rule) => [...document.styleSheets].at(0).insertRule(rule, 0)", rule)
    with pytest.raises(AssertionError, match=told):
        tab_to(page, "footer a")


def test_a_trap_is_told_of(page: Page, paper: str) -> None:
    page.goto("/")
    page.evaluate(
        """() => document.addEventListener("keydown", (event) => {
            if (document.activeElement.matches(".masthead__account")) event.preventDefault();
        })"""
    )
    with pytest.raises(AssertionError, match="a trap"):
        walk(page, "Tab")


# --- Without scripts -------------------------------------------------------------------------------


@pytest.fixture
def plain(new_person: Callable[..., Page], paper: str) -> Page:
    """A reader on a phone without scripts, on the front page."""
    page = new_person(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    return page


def test_a_story_is_read_whole_without_scripts(plain: Page, paper: str) -> None:
    plain.locator(f"main a[href='{paper}']").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Who boards the last ferry?")
    hidden = plain.get_by_text("It was the purser.")
    expect(hidden).not_to_be_visible()
    plain.locator("details.spoiler summary").click()
    expect(hidden).to_be_visible()
    gallery = plain.get_by_role("group", name="Gallery")
    for picture in gallery.get_by_role("img").all():
        expect(picture).to_be_visible()
    assert gallery.get_by_role("img").count() == 2
    expect(plain.get_by_text("There were two pursers.")).to_be_visible()
    expect(plain.get_by_text("I would.", exact=True)).to_be_visible()
    trailer = plain.get_by_role("link", name=re.compile("Watch it on YouTube"))
    expect(trailer).to_have_attribute("href", "https://www.youtube.com/watch?v=abc")
    expect(trailer).to_be_visible()
    with plain.expect_response(re.compile("/media/pictures/")) as answered:
        gallery.get_by_role("link").first.click()
    assert answered.value.ok


def test_a_story_is_passed_on_without_scripts(plain: Page, paper: str) -> None:
    plain.goto(paper)
    share = plain.get_by_role("group", name="Share this story")
    expect(share.get_by_role("link", name="Link to this story")).to_have_attribute("href", re.compile(f"{paper}$"))
    mail = share.get_by_role("link", name="E-mail it").get_attribute("href")
    assert mail
    assert mail.startswith("mailto:?subject=Who%20boards")
    assert paper.strip("/").replace("/", "%2F") in mail


def test_a_list_is_walked_to_its_end_and_back_without_scripts(plain: Page) -> None:
    plain.get_by_role("navigation", name="Sections", exact=True).get_by_role("link", name="TV").click()
    seen: list[list[str]] = []
    while True:
        seen.append(plain.locator(".roll .card__headline").all_inner_texts())
        older = plain.get_by_role("link", name="Older stories")
        if not older.count():
            break
        older.click()
        plain.wait_for_url(re.compile("before="))
        expect(plain.locator(".roll .card__headline").first).not_to_have_text(seen[-1][0])
    assert [len(page) for page in seen] == [3, 3, 3, 1]
    assert len({headline for page in seen for headline in page}) == 10
    for _ in seen[1:]:
        plain.get_by_role("link", name="Newer stories").click()
    expect(plain.locator(".roll .card__headline")).to_have_text(seen[0])


def test_search_is_narrowed_and_paged_without_scripts(plain: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.finding.PAGE", 4)
    plain.get_by_role("link", name="Search").first.click()
    plain.get_by_role("searchbox").fill("ferry")
    plain.get_by_role("button", name="Search").click()
    expect(plain.locator(".search__count")).to_contain_text("10 stories")
    first = plain.locator(".result h3").all_inner_texts()
    plain.get_by_role("link", name="Page 2").click()
    expect(plain.locator(".search__page")).to_have_text("Page 2 of 3")
    second = plain.locator(".result h3").all_inner_texts()
    assert not set(first) & set(second)
    plain.get_by_role("navigation", name="Narrow it down").get_by_role("link", name="TV").click()
    expect(plain.locator(".search__count")).to_contain_text("9 stories")
    plain.get_by_role("navigation", name="Order").get_by_role("link", name="Newest").click()
    expect(plain.locator(".result h3").first).to_have_text("Who boards the last ferry?")
    plain.get_by_role("link", name="Take off Section TV").click()
    expect(plain.locator(".search__count")).to_contain_text("10 stories")


def test_corrections_and_the_archive_are_reached_without_scripts(plain: Page, paper: str) -> None:
    plain.get_by_role("link", name="Corrections").click()
    plain.get_by_role("link", name="Who boards the last ferry?").click()
    expect(plain).to_have_url(re.compile(f"{paper}$"))
    plain.get_by_role("link", name="Archive").click()
    plain.locator(".archive-months a").first.click()
    plain.locator(".river__day a").first.click()
    plain.get_by_role("link", name="A ferry in a film").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("A ferry in a film")


def test_a_comment_and_a_reply_are_posted_without_scripts(plain: Page, paper: str) -> None:
    reader = mo()
    sign_in(plain, reader)
    plain.goto(paper)
    plain.get_by_role("link", name="Join the discussion").first.click()
    if not plain.get_by_role("textbox").count():
        plain.locator("[data-join]").click()
    plain.get_by_role("textbox").fill("I have, once.")
    plain.get_by_role("button", name="Post comment").click()
    plain.get_by_role("link", name="The whole discussion").click()
    expect(plain.locator("#discussion")).to_contain_text("I have, once.")
    plain.locator("#discussion .comment", has_text="I would.").get_by_role("link", name="Reply").click()
    plain.get_by_role("textbox").fill("Why?")
    plain.get_by_role("button", name="Post reply").click()
    plain.get_by_role("link", name="The whole discussion").click()
    expect(plain.locator(".thread--replies")).to_contain_text("Why?")
    assert Comment.objects.filter(author=reader, state=State.SHOWN).count() == 2
