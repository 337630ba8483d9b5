"""How fast the site is under load: `make bench`, or `python -m tests.bench.speed TABLE [options]`.

Every page by every way (see stage.py), in rounds, beside a Django project of one view and a file that were measured in
the same round. The servers share one processor, whoever asks has another.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from tests.services.site import HOST, ROOT

from . import meter
from .stage import PICTURE, PROXY, STATIC, Stage, Way, clients_core, commit, machine, options, stage, start, ways
from .wrk import CONNECTIONS, Load, Request, find_wrk, load

WARM = 1
BARE, FILE = "a Django project of one view", "a file of 40 KB"


@dataclass(frozen=True)
class Page:
    """Something to ask for; `session` is that of whoever asks, and `posts` is for comments, which are sent."""

    name: str
    path: str
    session: str = ""
    posts: str = ""

    @property
    def is_public(self) -> bool:
        return not self.session and not self.posts


@dataclass
class Cell:
    """A page by a way, and what was found in each round; `queries` of one request, where there are any."""

    page: Page
    way: Way
    gzip: bool
    loads: list[Load] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    queries: int | None = None

    @property
    def name(self) -> str:
        return f"{self.page.name}, gzip" if self.gzip else self.page.name

    @property
    def is_failed(self) -> bool:
        return any(one.refused or one.failed for one in self.loads)


def main(arguments: argparse.Namespace) -> int:
    find_wrk()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-", ignore_cleanup_errors=True) as temporary:
        data = arguments.keep.resolve() if arguments.keep else Path(temporary)
        data.mkdir(parents=True, exist_ok=True)
        # Other users, as which PostgreSQL and nginx may run, have to get to what is theirs in it.
        data.chmod(0o755)
        with stage(data, stories=arguments.stories, readers=arguments.readers) as made, ways(made) as open_ways:
            cells = [cell for cell in cells_of(made, open_ways) if arguments.only in f"{cell.way.name}: {cell.name}"]
            memory_before = {way.name: meter.megabytes(way.web) for way in open_ways}
            count_queries(made, cells)
            measure(made, cells, arguments)
            memory = {way.name: (memory_before[way.name], meter.megabytes(way.web)) for way in open_ways}
            text = page_of(made, cells, memory, arguments)
    arguments.table.write_text(text, encoding="utf-8")
    print(text)
    return 1 if any(cell.is_failed for cell in cells) else 0


# --- What is measured ----------------------------------------------------------------------------------


def pages(made: Stage) -> list[Page]:
    paper = made.paper
    editor, moderator = paper["editor"], paper["moderator"]
    return [
        Page("a view of ours that says one line", "/bench/constant/"),
        Page("the same, for any cache to keep", "/bench/kept/"),
        Page("front page", "/"),
        Page("section", paper["section"]),
        Page("story with 20 comments", paper["pages"]["few"]),
        Page("story with 200", paper["pages"]["some"]),
        Page("story with 10,000", paper["pages"]["many"]),
        Page("search", "/search/?q=studio"),
        Page("feed", "/feed/"),
        Page("posting, one hot story", f"/comments/{paper['hot'][0]}/new/", posts="hot"),
        Page("posting, many stories", f"/comments/{paper['often'][0]}/new/", posts="often"),
        Page("the desk's list of stories", "/admin/articles/article/", session=editor),
        Page("the form of a story", paper["edit"], session=editor),
        Page("the moderators' queue", "/desk/", session=moderator),
    ]


def cells_of(made: Stage, open_ways: list[Way]) -> list[Cell]:
    """By each way first what all is compared with. Only pages for everybody are asked for compressed, too."""
    write_readers(made)
    cells = []
    for way in open_ways:
        file = PICTURE if way.name == "behind nginx" else STATIC
        cells += [Cell(page, way, gzip=False) for page in (Page(BARE, "/bench/constant/"), Page(FILE, file))]
        for page in pages(made):
            cells += [Cell(page, way, gzip=gzip) for gzip in ((False, True) if page.is_public else (False,))]
    return cells


def write_readers(made: Stage) -> None:
    """Who may post where, for wrk."""
    for name in ("hot", "often"):
        lines = [" ".join(map(str, made.paper[name])), *made.paper["readers"]]
        (made.data / f"{name}.txt").write_text("\n".join(lines))


def request_of(made: Stage, cell: Cell, turn: int) -> Request:
    """What wrk sends; posting goes on with the next reader."""
    port = cell.way.bare[0] if cell.page.name == BARE else cell.way.port
    headers = dict(PROXY)
    if cell.gzip:
        headers["Accept-Encoding"] = "gzip"
    if cell.page.session:
        headers["Cookie"] = f"__Host-session={cell.page.session}"
    url = f"http://127.0.0.1:{port}{cell.page.path}"
    if not cell.page.posts:
        return Request(url, headers)
    headers |= {"Accept": "application/json", "Referer": f"https://{HOST}/"}
    return Request(url, headers, "post.lua", (str(made.data / f"{cell.page.posts}.txt"), str(turn)))


# --- Measuring -----------------------------------------------------------------------------------------


def measure(made: Stage, cells: list[Cell], arguments: argparse.Namespace) -> None:
    """One round after another over all cells, so that a machine which is busy for a while is so for all."""
    core, turn = clients_core(), 0
    for cell in tqdm([cell for _ in range(arguments.rounds) for cell in cells], unit="cell", file=sys.stderr):
        roots = cell.way.roots if cell.page.name != BARE else [cell.way.bare[1]]
        turn += load(request_of(made, cell, turn), WARM, core=core).answered + CONNECTIONS
        before = meter.settled(roots)
        found = load(request_of(made, cell, turn), arguments.seconds, core=core)
        spent = meter.settled(roots) - before
        turn += found.answered + CONNECTIONS
        cell.loads.append(found)
        cell.milliseconds.append(1000 * spent / found.begun)


def count_queries(made: Stage, cells: list[Cell]) -> None:
    """Of each page, with and without the page cache."""
    counted = {page.name: page for page in pages(made)}
    for cache, reader in (("off", made.paper["readers"][-1]), ("on", made.paper["readers"][-2])):
        asked = [
            {"path": page.path, "session": page.session or (page.posts and reader), "posts": bool(page.posts)}
            for page in counted.values()
        ]
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.queries"],
            cwd=ROOT,
            env=made.environment | {"PAGE_CACHE": cache},
            input=json.dumps(asked),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        numbers = dict(zip(counted, json.loads(told.stdout), strict=True))
        for cell in cells:
            if (cell.way.name == "without the page cache") == (cache == "off"):
                cell.queries = numbers.get(cell.page.name)


# --- The table -----------------------------------------------------------------------------------------


def rows(cells: list[Cell]) -> Iterator[str]:
    """Each way's pages; ratios are of the same round."""
    by_name = {cell.name: cell for cell in cells}
    for cell in cells:
        rates = [one.rate for one in cell.loads]
        ratios = [ratio(rates, by_name.get(name)) for name in (BARE, FILE)]
        found = [
            f"{statistics.median(rates):,.0f}",
            f"{min(rates):,.0f}–{max(rates):,.0f}",
            f"{statistics.median(one.p50 for one in cell.loads):.1f}",
            f"{statistics.median(one.p99 for one in cell.loads):.1f}",
            f"{statistics.median(cell.milliseconds):.2f}",
            *ratios,
            "–" if cell.queries is None else str(cell.queries),
            f"{statistics.median(one.kilobytes for one in cell.loads):.1f}",
        ]
        yield f"| {cell.name}{' (with errors)' if cell.is_failed else ''} | {' | '.join(found)} |"


def ratio(rates: list[float], beside: Cell | None) -> str:
    if beside is None or not all(other.rate for other in beside.loads):
        return "–"
    shares = [100 * rate / other.rate for rate, other in zip(rates, beside.loads, strict=True)]
    return f"{statistics.median(shares):.3g} %"


def page_of(
    made: Stage, cells: list[Cell], memory: dict[str, tuple[float, float]], arguments: argparse.Namespace
) -> str:
    text = HEAD.format(
        date=datetime.now(tz=UTC).date(),
        machine=machine(),
        commit=commit(),
        command=f"make bench ARGS='{' '.join(sys.argv[2:])}'" if sys.argv[2:] else "make bench",
        connections=CONNECTIONS,
        stories=made.paper["stories"],
        readers=len(made.paper["readers"]),
        **{name: getattr(arguments, name) for name in ("seconds", "rounds")},
    )
    for name, (fresh, used) in memory.items():
        if mine := [cell for cell in cells if cell.way.name == name]:
            told = f"Memory of the web server and its workers (PSS): {fresh:.0f} MB before, {used:.0f} MB after."
            text += "\n".join([f"\n## {name.capitalize()}\n", COLUMNS, *rows(mine), f"\n{told}\n"])
    return text


COLUMNS = """| page | a second | from–to | p50, ms | p99, ms | CPU, ms | of one view | of a file | queries | KB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""
HEAD = """# Speed

How many requests a second the site answers, as `{command}` wrote it on {date} at commit {commit}, on one machine:
{machine}. {stories:,} stories, {readers:,} readers who are signed in; gunicorn with `deploy/gunicorn.conf.py` (two
workers), PostgreSQL, Redis, the worker and nginx with `deploy/nginx.conf` share one core; wrk with {connections}
connections has another. Plain HTTP on this machine. {rounds} rounds over the whole table, {seconds} seconds each after
a second to warm up: the median, and the slowest and the fastest round.

“CPU” is what all servers together spent on a request, and the steadiest figure here. “Of one view” compares with a
Django project that has one view and no middleware, under the same gunicorn; “of a file” with a file of 40 KB: behind
nginx it is nginx that gives it out, otherwise WhiteNoise. Both were measured in the same round. Queries are those of a
page that was asked for before. KB are those of an answer with its headers. Comments are posted through every screen
and within every limit, each in words of its own, by one reader after another.
"""


if __name__ == "__main__":
    asked = options(__doc__)
    asked.add_argument("--readers", type=int, default=4000)
    asked.add_argument("--only", default="", help="words of the cells to measure, as “behind nginx: front”")
    start(main, asked)
