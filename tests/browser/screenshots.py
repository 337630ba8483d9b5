"""Photograph every page of pages.py, on the demo paper with the extremes of paper.py added: `make screenshots`.

`python -m tests.browser.screenshots DIRECTORY [PART ...]`: a picture for each page, size and light. The paper is
made for this and goes away afterwards.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from pytest_django.live_server_helper import LiveServer  # noqa: E402
from tqdm import tqdm  # noqa: E402

from newsroom.models import User  # noqa: E402
from tests.browser.conftest import CHROMIUM_OPTIONS, session_cookie  # noqa: E402
from tests.browser.looking import LOOKS, turn  # noqa: E402
from tests.browser.pages import EMPTY, PARTS, Sheet, open_sheet  # noqa: E402
from tests.browser.paper import lay_out  # noqa: E402
from tests.factories import edith, make_demo, mo  # noqa: E402
from tests.services.chromium import find_chromium  # noqa: E402

# A picture below the fold waits until one scrolls there.
FETCH_ALL = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => 0);
})).then(() => 0)"""


def main(directory: Path, parts: list[str]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    with served() as url, chromium() as browser:
        if not parts:
            edith(), mo()
            photograph(browser, url, EMPTY, {}, directory)
            User.objects.all().delete()
        make_demo()
        addresses = lay_out()
        sheets = [sheet for part in parts or PARTS for sheet in PARTS[part]]
        photograph(browser, url, sheets, addresses, directory)


@contextmanager
def served() -> Iterator[str]:
    """The site in this process, as tests have it."""
    setup_test_environment(debug=False)
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    try:
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(settings.TEST_DATA_DIR, ignore_errors=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


def photograph(browser: Browser, url: str, sheets: list[Sheet], addresses: dict[str, str], directory: Path) -> None:
    """`story-390-light.png` and so on, each the whole page."""
    for sheet in tqdm(sheets, unit="page", file=sys.stderr):
        context = browser.new_context(base_url=url)
        if sheet.by:
            context.add_cookies([session_cookie(User.objects.get(username=sheet.by), url)])
        page = context.new_page()
        open_sheet(page, sheet, addresses)
        for size, scheme, _ in LOOKS:
            turn(page, size, scheme)
            page.evaluate(FETCH_ALL)
            page.screenshot(path=directory / f"{sheet.name}-{size['width']}-{scheme}.png", full_page=True)
        context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
