"""People with real browsers: a page whose console complains fails its test."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Self

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from newsroom.models import User
from tests.conftest import skip_or_fail
from tests.services import Missing
from tests.services.chromium import find_chromium

# Playwright's synchronous API keeps an event loop running in this thread, which Django takes for
# asynchronous code and refuses to open the database; no view of ours is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing beyond this machine has a name: a page that asks for it complains, and the test fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
# Runs in every page before its own scripts.
LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP violation: ${event.effectiveDirective} ${event.blockedURI} on ${location.pathname}`));
"""


class Complaints:
    """What browsers complained of during a test, and what the test foretold."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.expected: list[str] = []

    def expect(self, words: str) -> None:
        """Let pass what holds these words, such as "status of 422"."""
        self.expected.append(words)

    def unexpected(self) -> list[str]:
        return [line for line in self.heard if not any(words in line for words in self.expected)]

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self.note)
        context.on("weberror", lambda problem: self.heard.append(f"{problem.error}"))
        context.add_init_script(LISTEN_FOR_VIOLATIONS)

    def note(self, message: ConsoleMessage) -> None:
        # A browser asks for a favicon by itself, where a page (the admin's) names none, and sooner or later.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.heard.append(f"{message.text} ({message.location['url']})")


class Requests:
    """Those the site is answering: a page that is closed still says goodbye, and the tables are emptied next."""

    QUIET = 0.1  # seconds without a request
    PATIENCE = 5.0

    def __enter__(self) -> Self:
        self.open, self.last = 0, time.monotonic()
        request_started.connect(self.begin)
        request_finished.connect(self.end)
        return self

    def __exit__(self, *_: object) -> None:
        request_started.disconnect(self.begin)
        request_finished.disconnect(self.end)

    def begin(self, **_: object) -> None:
        self.open, self.last = self.open + 1, time.monotonic()

    def end(self, **_: object) -> None:
        self.open, self.last = self.open - 1, time.monotonic()

    def wait_until_quiet(self) -> None:
        deadline = self.last = time.monotonic()
        deadline += self.PATIENCE
        while time.monotonic() < deadline and (self.open > 0 or time.monotonic() - self.last < self.QUIET):
            time.sleep(0.02)


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("browser")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """A headless Chromium for the whole run."""
    # Under an event loop Django opens another connection, which does not know what migrations put in the
    # database; tests/conftest.py wants that back after every test that commits.
    migrated_rows = connection._test_serialized_contents
    with sync_playwright() as playwright:
        try:
            program = find_chromium(playwright)
        except Missing as missing:
            skip_or_fail(missing)
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        connection._test_serialized_contents = migrated_rows
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """`complaints.expect("status of 422")` lets pass what a test provokes; anything else fails it."""
    complaints = Complaints()
    yield complaints
    assert not complaints.unexpected(), "the browser complained"


@pytest.fixture
def editor_noise(complaints: Complaints) -> None:
    """The bundled editor's inline handlers are blocked, as they should be; the shim does their work."""
    complaints.expect("inline event handler")
    complaints.expect("CSP violation: script-src-attr inline")


@pytest.fixture
def new_person(browser: Browser, live_server: LiveServer, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """`new_person(user=None, **options)`: somebody with a browser of their own, on a blank page.

    `user` is signed in already. The options are Playwright's for a new context, such as
    `viewport={"width": 390, "height": 844}`, `color_scheme="dark"`, `java_script_enabled=False`.
    """
    contexts: list[BrowserContext] = []

    def arrive(user: User | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        complaints.listen(context)
        if user:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    with Requests() as requests:
        yield arrive
        for context in contexts:
            leave(context)
        requests.wait_until_quiet()


def session_cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def leave(context: BrowserContext) -> None:
    """Hear what the pages still have to say, then close them."""
    for page in context.pages:
        page.evaluate("0")
    context.close()


@pytest.fixture
def page(new_person: Callable[..., Page]) -> Page:
    """A visitor who is not signed in, on a desktop screen."""
    return new_person()
