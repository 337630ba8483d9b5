"""Measure four kinds of page of the demo paper with Lighthouse, as a phone on a slow line gets them: `make lighthouse`.

`python -m tests.browser.lighthouse LIGHTHOUSE TABLE [RUNS]`: LIGHTHOUSE is the program's folder. The site is a real
one (tests/services/site.py), and goes away afterwards. A page below its goal makes the exit status 1.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import sync_playwright
from tqdm import tqdm

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("TEST_DATABASE_URL", None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from articles.models import Edition  # noqa: E402
from comments import moderation, posting, reading  # noqa: E402
from comments.models import Comment  # noqa: E402
from comments.workflow import State  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.factories import make_demo  # noqa: E402
from tests.services.chromium import find_chromium  # noqa: E402
from tests.services.site import HOST, programs, site  # noqa: E402

RUNS = 5
TRIES = 3
COMMENTS = 100
KB = 1000
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
NUMBERS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
Report = dict[str, Any]


@dataclass(frozen=True)
class Sight:
    """A page to look at; `waived` are goals it need not reach."""

    name: str
    path: str
    waived: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What was measured of one page: a list of runs for each score, and for each number."""

    scores: dict[str, list[int]]
    numbers: dict[str, list[float]]
    sizes: list[float]
    version: str
    speeds: list[float]

    def score(self, category: str) -> int:
        return int(statistics.median(self.scores[category]))

    def missed(self, sight: Sight) -> list[str]:
        """The goals that the median is below."""
        return [name for name, goal in GOALS.items() if name not in sight.waived and self.score(name) < goal]


def main(lighthouse: Path, table: Path, runs: int = RUNS) -> int:
    programs()  # before anything that takes its time
    call_command("migrate", verbosity=0)
    make_demo()
    sights = [
        Sight("front page", "/"),
        Sight("a section", "/film/"),
        Sight(f"a story with {COMMENTS} comments", talked_about()),
        # Search results are `noindex`, which Lighthouse holds against a page.
        Sight("search results", "/search/?q=review", waived=("seo",)),
    ]
    with site(Path(settings.TEST_DATA_DIR)) as port, sync_playwright() as playwright:
        look = Look(lighthouse, find_chromium(playwright), port)
        turns = tqdm([sight for _ in range(runs) for sight in sights], unit="page", file=sys.stderr)
        reports = [(sight, look.at(sight.path)) for sight in turns]
    found = {sight: read([report for seen, report in reports if seen == sight]) for sight in sights}
    table.write_text(page_of(found))
    print("\n".join(rows(found)))
    for sight, report in reports[: len(sights)]:
        for line in complaints(report, sight):
            print(f"{sight.name}: {line}")
    missed = [f"{sight.name}: {', '.join(short)}" for sight in sights if (short := found[sight].missed(sight))]
    print("Below the goal: " + "; ".join(missed) if missed else f"Every goal is reached: {table}")
    return 1 if missed else 0


# --- The story that everybody discusses ----------------------------------------------------------------


def talked_about() -> str:
    """The path of the story with most comments, now with COMMENTS of them on its first page."""
    edition = max(Edition.objects.live(), key=lambda one: reading.of_story(one.card).count)
    discussion = posting.open_for(edition)
    words = cycle(Comment.objects.shown().exclude(discussion=discussion).order_by("pk").values_list("body", flat=True))
    people = cycle(User.objects.filter(is_staff=False).order_by("pk"))
    for body, by, parent in islice(zip(words, people, parents(edition), strict=False), COMMENTS):
        if reading.of_story(edition.card).count == COMMENTS:
            break
        say(edition, by, body, parent)
    return edition.path


def parents(edition: Edition) -> Iterator[Comment | None]:
    """What the next comment answers: first nothing, until a page is full of threads, then each thread in its turn."""
    heads = Comment.objects.filter(discussion__article=edition.article_id).heads().shown()
    for _ in range(reading.ROOTS - heads.count()):
        yield None
    yield from cycle(heads)


def say(edition: Edition, by: User, body: str, parent: Comment | None) -> None:
    """One comment more that readers see."""
    comment = posting.post(edition, posting.Words(body), by=by, key=uuid.uuid4(), parent=parent)
    if comment.state == State.HELD:
        moderation.approve(comment, version=comment.version, by=User.objects.get(username="mo"))


# --- Lighthouse ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """How one looks: with this program and this browser, at the site behind this port."""

    lighthouse: Path
    chromium: Path
    port: int

    def at(self, path: str) -> Report:
        """One run's report, with Lighthouse's own settings: a phone, and a line that is reckoned slow.

        A browser that does not come up in time measures nothing and is started again; raises RuntimeError after TRIES.
        """
        for _ in range(TRIES):
            report = self.once(path)
            if report and not report.get("runtimeError"):
                return report
            print(f"{path}: no result, once more", file=sys.stderr)
        raise RuntimeError(f"Lighthouse could not measure {path}.")

    def once(self, path: str) -> Report:
        """The report, or nothing."""
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-quic",
            "--ignore-certificate-errors",
            f'--host-resolver-rules="MAP {HOST} 127.0.0.1:{self.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"',
        ]
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            command = ["node", str(self.lighthouse / "cli" / "index.js"), f"https://{HOST}{path}", "--quiet"]
            command += ["--output=json", f"--output-path={file.name}", "--no-enable-error-reporting"]
            command += [f"--only-categories={','.join(GOALS)}", f"--chrome-flags={' '.join(flags)}"]
            subprocess.run(command, check=False, env=os.environ | {"CHROME_PATH": str(self.chromium)})
            return json.loads(Path(file.name).read_text() or "{}")


def read(reports: list[Report]) -> Found:
    """The scores, of 100; the numbers in Lighthouse's units (milliseconds; shift in none); what was sent, in KB."""
    return Found(
        {name: [round(report["categories"][name]["score"] * 100) for report in reports] for name in GOALS},
        {name: [report["audits"][name]["numericValue"] for report in reports] for name in NUMBERS},
        [report["audits"]["total-byte-weight"]["numericValue"] / KB for report in reports],
        reports[0]["lighthouseVersion"],
        [report["environment"]["benchmarkIndex"] for report in reports],
    )


def complaints(report: Report, sight: Sight) -> Iterator[str]:
    """What cost points, and what might cost some elsewhere."""
    for name, category in report["categories"].items():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["score"] is not None and audit["score"] < 1 and (reference["weight"] or name != "performance"):
                yield f"{name}: {audit['id']} {audit.get('displayValue', '')}".rstrip()


# --- The table -----------------------------------------------------------------------------------------


def rows(found: dict[Sight, Found]) -> Iterable[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|---|{'---:|' * (len(COLUMNS) - 1)}"
    for sight, page in found.items():
        first, largest, blocked, shift = (statistics.median(page.numbers[name]) for name in NUMBERS)
        scores = ["–" if name in sight.waived else str(page.score(name)) for name in GOALS]
        scores.insert(1, str(min(page.scores["performance"])))
        times = [f"{first / 1000:.2f} s", f"{largest / 1000:.2f} s", f"{blocked:.0f} ms", f"{shift:.3f}"]
        cells = [sight.name, *scores, *times, f"{statistics.median(page.sizes):.0f} KB"]
        yield f"| {' | '.join(cells)} |"


def page_of(found: dict[Sight, Found]) -> str:
    one = next(iter(found.values()))
    speeds = [speed for page in found.values() for speed in page.speeds]
    head = HEAD.format(version=one.version, runs=len(one.sizes))
    foot = FOOT.format(slowest=round(min(speeds)), fastest=round(max(speeds)))
    return "\n".join([head, *rows(found), foot])


COLUMNS = (
    *("page", "performance", "lowest", "accessibility", "best practices", "SEO"),
    *("first paint", "largest", "blocked", "shift", "sent"),
)
HEAD = """# Lighthouse

What Lighthouse {version} says of four kinds of page of the demo paper, as `make lighthouse` wrote it: gunicorn and
nginx with the files of `deploy/`, TLS, `DEBUG` off, Chromium, Lighthouse’s own mobile setting (a phone of the middle
sort, 1.6 Mbit/s, 150 ms). Each number is the median of {runs} runs; “lowest” is the worst performance of them.
"""
FOOT = """
Times are Lighthouse’s reckoning for that phone. “Shift” is how far things moved while the page loaded, “blocked” how
long the page could not answer a tap, “sent” all that came over the line. Search results are not to be indexed: no
score for SEO. A machine that is busy blocks for longer: Lighthouse found the speed of this one to be from {slowest} to
{fastest} (its `benchmarkIndex`).
"""

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])))
