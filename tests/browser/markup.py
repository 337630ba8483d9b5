"""Check the markup of every page of pages.py and of the demo paper with the Nu HTML checker: `make html`.

`python -m tests.browser.markup VNU_JAR TABLE`: each page as it was served, not as scripts left it, is given to the
checker; the table says what it found. Any error that is not known to be another's makes the exit status 1.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response
from tqdm import tqdm

from tests.browser.screenshots import chromium, served, session_cookie  # sets Django up: it comes first

from django.core.management import call_command  # isort: skip

from articles.models import Edition  # isort: skip
from newsroom.models import User  # isort: skip
from tests.browser.pages import EMPTY, PARTS, Sheet, open_sheet  # isort: skip
from tests.browser.paper import lay_out  # isort: skip
from tests.factories import edith, make_demo, mo  # isort: skip

# What is passed over, by its message and what is marked: with the reason. All of it stands in the admin.
KNOWN = (
    (r"“hidden” must not have an “autocomplete”", r"", "Firefox would fill the form's version in again after a reload"),
    (
        r"“for” attribute of the “label”",
        r"for=.id_read_version",
        "Django draws a label for a hidden field, and hides both",
    ),
    (
        r"“option” without attribute “label” must not be empty",
        r"value=..>",
        "Django's list that is searched as one types",
    ),
    (
        r"A table row was 2 columns wide",
        r"",
        "Django's list of models beside every page has three headings, and two columns",
    ),
)
BLIND = re.compile(r"Trailing slash on void elements")  # said of every <input /> that Django draws; it changes nothing


@dataclass
class Found:
    """What the checker says of one page."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)


def main(jar: Path, table: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        count = write_pages(Path(folder))
        found = check(jar, Path(folder))
    names = sorted(found)
    for name in names:
        for kind in ("errors", "warnings"):
            for message, times in Counter(getattr(found[name], kind)).items():
                print(f"{name}: {kind[:-1]}: {message}" + (f" ({times} times)" if times > 1 else ""))
    table.write_text(report(found))
    errors = sum(len(found[name].errors) for name in names)
    print(f"{count} pages, {errors} errors, {sum(len(found[name].warnings) for name in names)} warnings: {table}")
    return 1 if errors else 0


# --- The pages ---------------------------------------------------------------------------------------


def write_pages(folder: Path) -> int:
    """Every page into a file of its own, named as it is in pages.py, or `demo-` and its address."""
    call_command("migrate", verbosity=0)
    with served() as url, chromium() as browser:
        edith(), mo()
        write(browser, url, EMPTY, {}, folder)
        User.objects.all().delete()
        make_demo()
        demo = list(demo_sheets())
        write(browser, url, demo, {}, folder)
        write(browser, url, [sheet for part in PARTS.values() for sheet in part], lay_out(), folder)
    return len(list(folder.iterdir()))


def demo_sheets() -> Iterator[Sheet]:
    """The stories of the demo paper as readers have them."""
    yield Sheet("demo-front", "/")
    for path in Edition.objects.live().newest_first().values_list("path", flat=True):
        yield Sheet(f"demo-{path.strip('/').replace('/', '-')}", path)


def write(browser: Browser, url: str, sheets: list[Sheet], addresses: dict[str, str], folder: Path) -> None:
    for sheet in tqdm(sheets, unit="page", file=sys.stderr):
        context = browser.new_context(base_url=url)
        if sheet.by:
            context.add_cookies([session_cookie(User.objects.get(username=sheet.by), url)])
        (folder / f"{sheet.name}.html").write_text(source_of(context.new_page(), sheet, addresses))
        context.close()


def source_of(page: Page, sheet: Sheet, addresses: dict[str, str]) -> str:
    """What the site sent for the page that is on screen in the end."""
    sent: list[Response] = []
    page.on("response", lambda answer: sent.append(answer) if is_page(answer) else None)
    open_sheet(page, sheet, addresses)
    return sent[-1].text()


def is_page(answer: Response) -> bool:
    """Whether it is a page of its own: no redirect, and no player in a frame."""
    is_whole = answer.request.is_navigation_request() and answer.frame.parent_frame is None
    return is_whole and answer.status not in range(300, 400)


# --- The checker -------------------------------------------------------------------------------------


def check(jar: Path, folder: Path) -> dict[str, Found]:
    """What the checker finds, by page."""
    command = ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {path.stem: Found() for path in folder.iterdir()}
    for message in json.loads(answer.stdout)["messages"]:
        note(found[Path(message["url"]).stem], message, Path(message["url"]).stem)
    return found


def note(page: Found, message: dict[str, str], name: str) -> None:
    words = message["message"]
    if BLIND.search(words):
        return
    reason = reason_for(words, message.get("extract", "")) if name.startswith("admin") else ""
    if reason:
        page.known[reason] += 1
    elif message["type"] == "error":
        page.errors.append(f"{words} at {message.get('extract', '')!r}")
    else:
        page.warnings.append(words)


def reason_for(words: str, extract: str) -> str:
    """Why a message is passed over, or ""."""
    return next((why for known, mark, why in KNOWN if re.search(known, words) and re.search(mark, extract)), "")


def report(found: dict[str, Found]) -> str:
    """The table, and below it what is known to be others', with the reason."""
    rows = [f"| {name} | {len(page.errors)} | {len(page.warnings)} |" for name, page in sorted(found.items())]
    known = sum((page.known for page in found.values()), Counter())
    others = [f"- {reason}: {times} times" for reason, times in sorted(known.items())]
    return "\n".join([HEAD, *rows, "", *([KNOWN_HEAD, "", *others, ""] if others else [])])


HEAD = """# Markup

What the [Nu HTML checker](https://validator.github.io/validator/) says of every page, as `make html` wrote it: the
pages of `tests/browser/pages.py`, signed in where that is needed, and the stories of the demo paper.

| page | errors | warnings |
|---|---:|---:|"""
KNOWN_HEAD = "Passed over, each for its reason (the messages are in `tests/browser/markup.py`):"

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
