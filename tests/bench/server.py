"""Which web server: gunicorn beside granian, at their best and when things go wrong: `make bench-server`.

`python -m tests.bench.server TABLE [options]`: the same two processes for the same site, on one processor; rounds in
turn. Then, behind nginx and without it: reloads under load, a worker killed, a hundred clients that are slow.
"""

import argparse
import importlib.util
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from tests.services import Missing, wheel_directory
from tests.services.serve import GUNICORN
from tests.services.site import free_port, running

from . import faults, meter
from .stage import PROXY, Stage, clients_core, commit, machine, options, proxy, stage, start, wait_for
from .wrk import CONNECTIONS, Load, Request, find_wrk, load

GRANIAN_WHEEL = "granian==2.8.7"
WORKERS, THREADS, SLOW = 2, 8, 100
GRANIAN = [
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--workers", str(WORKERS)),
    # As long as gunicorn gives what has begun; a new worker has 3.5 seconds, as usual, before the old one is stopped.
    *("--respawn-failed-workers", "--workers-kill-timeout", "20", "--log-level", "error"),
]
LARGE_FILE = "/static/ckeditor/ckeditor/ckeditor.js"


@dataclass(frozen=True)
class Server:
    """A web server with its options; `shown` stands in the table, `is_tried` whether things go wrong for it."""

    shown: str
    command: list[str]
    is_tried: bool = False

    def on(self, port: int, application: str) -> list[str]:
        where = ["--bind", f"127.0.0.1:{port}"] if "gunicorn" in self.command else ["--port", str(port)]
        return [*self.command, *where, application]


def granian(threads: int, mode: str) -> list[str]:
    return [*GRANIAN, "--blocking-threads", str(threads), "--runtime-mode", mode]


def servers() -> list[Server]:
    """What can be had; raises Missing without granian."""
    if not wheel_directory(GRANIAN_WHEEL):
        raise Missing(f"granian is missing, and pip cannot fetch {GRANIAN_WHEEL}")
    fast = [Server("gunicorn, its parser in C", [*GUNICORN, "--http-parser", "fast"])]
    return [
        Server("gunicorn", [*GUNICORN, "--http-parser", "python"], is_tried=True),
        # Not fetched: gunicorn would use it at once, wherever it is started from this environment.
        *(fast if importlib.util.find_spec("gunicorn_h1c") else []),
        Server(f"granian, st, {THREADS} threads", granian(THREADS, "st")),
        Server(f"granian, mt, {THREADS} threads", granian(THREADS, "mt"), is_tried=True),
        Server("granian, st, 1 thread", granian(1, "st")),
    ]


def main(arguments: argparse.Namespace) -> int:
    find_wrk()
    tried = servers()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-", ignore_cleanup_errors=True) as temporary:
        data = arguments.keep.resolve() if arguments.keep else Path(temporary)
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o755)
        with stage(data, stories=arguments.stories, readers=100) as made:
            text = HEAD.format(
                date=datetime.now(tz=UTC).date(),
                commit=commit(),
                machine=machine(),
                connections=CONNECTIONS,
                threads=THREADS,
                **vars(arguments),
            )
            text += "\n".join([*speeds(made, tried, arguments), *wrongs(made, tried, arguments), CHOICE])
    arguments.table.write_text(text, encoding="utf-8")
    print(text)
    return 0


# --- At their best -------------------------------------------------------------------------------------


@dataclass
class Run:
    """A server with one of the things it is asked for."""

    server: Server
    name: str
    url: str
    process: int
    loads: list[Load] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        rates = [one.rate for one in self.loads]
        found = [
            f"{statistics.median(rates):,.0f}",
            f"{min(rates):,.0f}–{max(rates):,.0f}",
            f"{statistics.median(one.p50 for one in self.loads):.1f}",
            f"{statistics.median(one.p99 for one in self.loads):.1f}",
            f"{statistics.median(self.milliseconds):.2f}",
            str(sum(one.refused + one.failed for one in self.loads)),
            f"{meter.megabytes([self.process]):.0f}",
        ]
        return f"| {self.name} | {self.server.shown} | {' | '.join(found)} |"


def speeds(made: Stage, tried: list[Server], arguments: argparse.Namespace) -> Iterator[str]:
    """The first table."""
    with ExitStack() as started:
        runs = [run for server in tried for run in runs_of(made, server, started)]
        for run in tqdm([run for _ in range(arguments.rounds) for run in runs], unit="run", file=sys.stderr):
            measure(run, arguments.seconds)
        yield from (
            "| asked for | server | a second | from–to | p50, ms | p99, ms | CPU, ms | errors | memory, MB |",
            "|---|---|---:|---:|---:|---:|---:|---:|---:|",
        )
        yield from map(str, sorted(runs, key=lambda run: [one.name for one in runs].index(run.name)))


def runs_of(made: Stage, server: Server, started: ExitStack) -> list[Run]:
    """Both projects under this server: the one that is a view and nothing else, and ours."""
    bare, site = free_port(), free_port()
    empty = started.enter_context(running(server.on(bare, "tests.bench.bare:application"), made.environment))
    ours = started.enter_context(serving(made, server, site))
    wait_for(bare)
    return [
        Run(server, "one view, no middleware", f"http://127.0.0.1:{bare}/bench/constant/", empty.pid),
        Run(server, "a line, through all middleware", f"http://127.0.0.1:{site}/bench/constant/", ours.pid),
        Run(server, "a story with 200 comments", f"http://127.0.0.1:{site}{made.paper['pages']['some']}", ours.pid),
    ]


@contextmanager
def serving(made: Stage, server: Server, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The site without its page cache."""
    command = server.on(port, "newsroom.wsgi:application")
    with running(command, made.environment | {"PAGE_CACHE": "off"}) as process:
        wait_for(port)
        yield process


def measure(run: Run, seconds: int) -> None:
    core, request = clients_core(), Request(run.url, PROXY)
    roots = [run.process, *meter.named("postgres"), *meter.named("redis-server")]
    load(request, 1, core=core)
    before = meter.settled(roots)
    found = load(request, seconds, core=core)
    run.loads.append(found)
    run.milliseconds.append(1000 * (meter.settled(roots) - before) / found.begun)


# --- When things go wrong ------------------------------------------------------------------------------


def wrongs(made: Stage, tried: list[Server], arguments: argparse.Namespace) -> Iterator[str]:
    """The second table and the third."""
    chosen = [server for server in tried if server.is_tried]
    yield from ("", "## Reloaded and killed\n", *LOST)
    for server in chosen:
        for name, harm in (("three reloads", reload), ("two workers killed", kill)):
            for shown, behind in (("nginx", True), ("nobody", False)):
                with scene(made, server, behind=behind) as (port, process):
                    yield harmed(server, f"{name} | {shown}", port, process.pid, harm, arguments.seconds)
    yield from ("", f"## {SLOW} slow clients\n", *SLOWED)
    for server in chosen:
        for name, (begin, write) in kinds().items():
            for shown, behind in (("nginx", True), ("nobody", False)):
                with scene(made, server, behind=behind) as (port, _):
                    yield slowed(server, f"{name} | {shown}", port, begin, write, arguments.seconds)


@contextmanager
def scene(made: Stage, server: Server, *, behind: bool) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The site under this server, and the port that visitors have: that of nginx, or its own."""
    port, front = free_port(), (free_port(), free_port())
    with ExitStack() as started:
        process = started.enter_context(serving(made, server, port))
        if behind:
            started.enter_context(proxy(made.data, front, to=f"127.0.0.1:{port}"))
            wait_for(front[1])
        yield (front[1] if behind else port), process


def harmed(server: Server, name: str, port: int, process: int, harm: Callable[[int], float], seconds: int) -> str:
    """Load for as long as it takes, while harm is done every `seconds`."""
    times = 3 if harm is reload else 2
    request = Request(f"http://127.0.0.1:{port}/bench/constant/", PROXY)
    found: list[Load] = []

    def ask() -> None:
        found.append(load(request, seconds * (times + 1), core=clients_core()))

    with faults.looking(port, "/bench/constant/") as looks, faults.in_background(ask):
        longest, back = 0.0, 0.0
        for _ in range(times):
            time.sleep(seconds)
            began = time.monotonic()
            back = max(back, harm(process))
            longest = max(longest, looks.out_of_order_since(began))
    lost = found[0].refused, found[0].failed
    shown = [f"{found[0].answered:,}", *map(str, lost), f"{looks.failed} of {len(looks.found)}"]
    shown += [f"{looks.longest * 1000:.0f}", f"{longest:.1f}", f"{back:.1f}"]
    return f"| {name} | {server.shown} | {' | '.join(shown)} |"


def workers(process: int) -> set[int]:
    """Children that serve: those that have grown to what the site needs."""
    return {pid for pid in meter.tree(process) - {process} if meter.proportional(pid) > 20_000}


def reload(process: int) -> float:
    """New workers for old; returns the seconds until all are new."""
    old, began = workers(process), time.monotonic()
    os.kill(process, signal.SIGHUP)
    return until(lambda: len(workers(process) - old) >= WORKERS and not workers(process) & old, began)


def kill(process: int) -> float:
    """One worker is gone at once; returns the seconds until there is another."""
    old, began = workers(process), time.monotonic()
    os.kill(min(old), signal.SIGKILL)
    return until(lambda: len(workers(process)) >= WORKERS, began)


def until(done: Callable[[], bool], began: float, patience: float = 60) -> float:
    while not done() and time.monotonic() - began < patience:
        time.sleep(0.05)
    return time.monotonic() - began


def kinds() -> dict[str, tuple[str, bool]]:
    """How one can be slow."""
    return {
        "headers that drip": faults.heads(),
        "forms that drip": faults.bodies(),
        "a large file, read in drops": faults.readers(LARGE_FILE),
    }


def slowed(server: Server, name: str, port: int, begin: str, write: bool, seconds: int) -> str:
    """Somebody looks while the slow ones are at work: three times the time of other measurements."""
    with faults.slow_clients(port, SLOW, begin, write=write):
        time.sleep(1)
        with faults.looking(port, "/bench/constant/") as looks:
            time.sleep(3 * seconds)
    shown = [str(len(looks.found)), str(looks.failed), f"{looks.median * 1000:.1f}", f"{looks.longest * 1000:.0f}"]
    return f"| {name} | {server.shown} | {' | '.join(shown)} |"


LOST = (
    "| harm | in front | server | answered | answers of 4xx and 5xx | broken connections | looks that failed "
    "| longest look, ms | out of order, s | workers back, s |",
    "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
)
SLOWED = (
    "| slow with | in front | server | looks | failed | p50, ms | longest, ms |",
    "|---|---|---|---:|---:|---:|---:|",
)
HEAD = """# The web server

gunicorn beside granian for the same site, as `make bench-server` wrote it on {date} at commit {commit}, on one
machine: {machine}. Two workers each, of {threads} threads unless said otherwise (granian: `--blocking-threads`; “st”
and “mt” are its runtime modes); servers and database share one core, wrk with {connections} connections has another.
Without the page cache; {rounds} rounds of {seconds} seconds, in turn: the median, and the slowest and the fastest
round. Memory is that of the server with its workers (PSS).

"""

CHOICE = """
A look is a request on a new connection every 20 ms; one that takes longer than five seconds has failed. “Out of order”
is from the harm to the end of the last look that failed or took more than a second, “workers back” until as many are
there as before. All this counts for the worst of the times. A server that refuses does so quickly: many of its answers
are then refusals.

## What was chosen

gunicorn. granian needs less of the processor for a request, which shows where the answer is a line and hardly where a
page is made; pages for all come from a cache in front of it. It does not wait until a new worker can serve: it gives it
a fixed time (`--respawn-interval`) and then stops the old one, so on a machine that is busy a reload turns visitors
away, and so does a worker that dies. gunicorn’s workers share one listening socket: what comes meanwhile waits there.
Slow headers take gunicorn’s threads when nobody is in front of it, slow forms take those of both; nginx, which takes in
the whole of a request first, keeps them from either. So neither may face the network alone.
"""


if __name__ == "__main__":
    start(main, options(__doc__))
