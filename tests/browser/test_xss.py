"""A public corpus by every way in, in a real browser: nothing runs, and nothing has to be stopped from running.

The pages are those that tests/security/ways.py made and the site served, with their headers; here they are opened
as the person whose they are, and everything on them is touched.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from newsroom.models import User
from tests.browser.conftest import Complaints
from tests.factories import make_edition
from tests.security import ways
from tests.security.payloads import EVERY, corpus
from tests.security.ways import WAYS

# Where a page holds a few texts only, there would be too many pages.
PAGES = 20
FEW_A_PAGE = {
    "lines of a story",
    "cards",
    "an author",
    "a topic",
    "a section",
    "the other lists",
    "what is searched for",
    "sanctions and what is said of them",
    "reasons to calm a discussion",
}

# Touches all there is as a hand, a key and a screen reader would. A link of the web is not followed, nor one that is
# no address (":"); any other would be.
TOUCH = """() => {
    const leads = ["http:", "https:", "mailto:", ":"], kinds = ["pointerover", "mouseover", "mouseenter", "mousemove",
        "mousedown", "mouseup", "keydown", "touchstart", "wheel", "toggle", "animationend", "transitionend"];
    addEventListener("click", (event) => {
        const link = event.target.closest("a[href], area[href]");
        if (!link || leads.includes(link.protocol)) { event.preventDefault(); event.stopImmediatePropagation(); }
    }, true);
    for (const one of document.querySelectorAll("main *, #container *")) {
        if (one.closest(".cke_top, .cke_bottom")) continue;  // CKEditor's buttons are links to javascript:void
        if (one.tabIndex >= 0) one.focus();
        for (const kind of kinds) one.dispatchEvent(new Event(kind, { bubbles: false }));
        if (one.matches("a[href], area[href]")) one.click();
    }
    for (const one of document.querySelectorAll("details")) one.open = true;
    return [...document.links].filter((one) => !one.closest(".cke") && !leads.includes(one.protocol))
        .map((one) => one.href);
}"""
# A cookie, a global and the page's own words that no payload may lay hands on.
CANARY = "() => [window.canary, document.title, location.pathname].join('|')"
RAW = (
    b"<main><img src=x onerror=alert(1)><input onfocus=alert(2)><a href=javascript:alert(3)>x</a>"
    b"<img src=https://evil.example/x><script>canary = 'dead'</script></main>"
)


class Alarm:
    """What a page did that no page of ours does: a dialog, another page, a request to another site."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.rung: list[str] = []
        self.home = base_url
        context.add_init_script("window.canary = 'alive'")
        context.on("dialog", lambda dialog: (self.rung.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", self.note)
        context.on("page", lambda page: self.rung.append(f"window: {page.url}"))

    def note(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.rung.append(f"request: {request.url}")


def open_served(page: Page, served: ways.Page, alarm: Alarm) -> list[str]:
    """Put the page where it was served from, open it, touch everything; all that went wrong."""
    alarm.rung.clear()
    path = served.path.partition("?")[0]
    headers = {name: value for name, value in served.answer.items() if name not in {"Set-Cookie", "Content-Length"}}
    navigations: list[str] = []
    page.route(
        lambda url: url.partition("?")[0] == f"{alarm.home}{path}",
        lambda route: (
            route.fulfill(status=200, headers=headers, body=served.html)
            if route.request.is_navigation_request()
            else route.fallback()
        ),
    )
    page.goto(path)
    page.on("framenavigated", note := lambda frame: navigations.append(frame.url))
    before = page.evaluate(CANARY)
    links = page.evaluate(TOUCH)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    after = page.evaluate(CANARY)
    page.remove_listener("framenavigated", note)
    page.unroute_all(behavior="ignoreErrors")
    changed = [] if before == after else [f"{before} became {after}"]
    return [*alarm.rung, *(f"link: {link}" for link in links), *(f"navigation: {url}" for url in navigations), *changed]


@pytest.mark.parametrize("with_policy", [False, True])
def test_the_alarm_rings(
    with_policy: bool, new_person: Callable[..., Page], live_server: LiveServer, complaints: Complaints
) -> None:
    """On a page that escapes nothing it runs; where our policy stops it, the console says so."""
    complaints.expect("")
    page = new_person()
    alarm = Alarm(page.context, live_server.url)
    answer = Client().get(make_edition().path)
    answer.content = RAW
    if not with_policy:
        del answer["Content-Security-Policy"]
    found = open_served(page, ways.Page("/tv/raw/", answer), alarm)
    assert any(line.startswith("dialog") for line in found) != with_policy
    assert any(line.startswith("link: javascript:") for line in found)
    assert with_policy or any(line.startswith("request: https://evil.example") for line in found)
    assert any("CSP violation" in line for line in complaints.heard) == with_policy


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("name", WAYS)
def test_no_payload_runs_or_has_to_be_stopped(
    name: str, new_person: Callable[..., Page], live_server: LiveServer, complaints: Complaints
) -> None:
    # Files of pictures that are rows only, and what a page's scripts ask for whose row has changed since.
    complaints.expect("Failed to load resource: the server responded with a status of 4")
    people: dict[str, tuple[Page, Alarm]] = {}
    step = EVERY * PAGES if name in FEW_A_PAGE and EVERY > 1 else EVERY
    for served in WAYS[name](corpus()[::step]):
        if served.by not in people:
            page = new_person(User.objects.get(username=served.by) if served.by else None)
            people[served.by] = page, Alarm(page.context, live_server.url)
        page, alarm = people[served.by]
        assert open_served(page, served, alarm) == [], served.path
