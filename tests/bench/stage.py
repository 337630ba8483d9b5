"""The site as `make serve` starts it, and beside it what it is compared with, all on one processor, ready for load.

Three ways lead to the site: straight to gunicorn without the page cache, the same with it, and through nginx. All is
plain HTTP on this machine alone, with the header by which a proxy says that the visitor came over TLS.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.services import Missing
from tests.services.postgres import postgres
from tests.services.redis import redis
from tests.services.serve import GUNICORN, WORKER, key, prepare
from tests.services.site import HOST, ROOT, around, free_port, production, programs, running

from . import meter

SERVERS, CLIENTS = 0, 1  # the processors of the servers, and of those who ask
PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
# The same file twice: where nginx gives it out, and where the site does.
PICTURE, STATIC = "/media/pictures/bench/still.webp", "/static/bench/still.webp"
FILE_SIZE = 40_000
PATIENCE = 60.0


@dataclass(frozen=True)
class Way:
    """How one gets to the site: by this port, and through these processes, which come before the database's."""

    name: str
    port: int
    web: tuple[int, ...]
    bare: tuple[int, int]  # the port and the process of the Django project that is nothing but a view

    @property
    def roots(self) -> list[int]:
        """All that works for a request."""
        return [*self.web, *meter.named("postgres"), *meter.named("redis-server")]


@dataclass(frozen=True)
class Stage:
    """What is there to be measured."""

    data: Path
    environment: dict[str, str]
    paper: dict[str, Any]


@contextmanager
def stage(data: Path, *, stories: int, readers: int) -> Iterator[Stage]:
    """Database, cache and worker, with a paper in them, on processor SERVERS where there are two."""
    # Asked to end, leave no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {SERVERS})
    with ExitStack() as servers:
        environment = production(
            data,
            SECRET_KEY=key(data),
            DJANGO_SETTINGS_MODULE="tests.bench.settings",
            DATABASE_URL=servers.enter_context(postgres(data / "postgres")),
            CACHE_URL=servers.enter_context(redis()),
            TASKS="worker",
            EMAIL_URL="dummymail://",
            LOG_LEVEL="WARNING",
        )
        prepare(environment)
        for path in (PICTURE, STATIC):
            write_file(data / path.removeprefix("/"))
        servers.enter_context(running(WORKER, environment))
        yield Stage(data, environment, filled(data, environment, stories, readers))


def write_file(path: Path) -> None:
    """What nothing makes smaller."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(FILE_SIZE))


def filled(data: Path, environment: dict[str, str], stories: int, readers: int) -> dict[str, Any]:
    """The paper, made now unless it is there."""
    where = data / "paper.json"
    if not where.exists():
        words = ["-m", "tests.bench.paper", str(where), str(stories), str(readers)]
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    return json.loads(where.read_text())


@contextmanager
def ways(of: Stage) -> Iterator[list[Way]]:
    """The ways to the site; the one with the page cache only where there is a page cache."""
    ports = [free_port() for _ in range(5)]
    straight, kept, bare, *front = ports
    with ExitStack() as servers:
        empty = servers.enter_context(running([*GUNICORN, *bound(bare), "tests.bench.bare"], of.environment))
        beside = (bare, empty.pid)
        off = servers.enter_context(web(of, "off", bound(straight)))
        found = [Way("without the page cache", straight, (off.pid,), beside)]
        on = servers.enter_context(web(of, "on", [*bound(kept), "--bind", f"unix:{of.data}/gunicorn.sock"]))
        if has_page_cache():
            found.append(Way("with the page cache", kept, (on.pid,), beside))
        nginx = servers.enter_context(proxy(of.data, (front[0], front[1])))
        found.append(Way("behind nginx", front[1], (nginx.pid, on.pid), beside))
        for port in (bare, straight, kept, front[1]):
            wait_for(port)
        yield found


def has_page_cache() -> bool:
    """Whether the code that is measured has one; a paper that is kept may be older than it."""
    return "PageCache" in (ROOT / "newsroom" / "settings.py").read_text()


def bound(port: int) -> list[str]:
    return ["--bind", f"127.0.0.1:{port}"]


def web(of: Stage, cache: str, bind: list[str]):
    """gunicorn, with the page cache on or off."""
    return running([*GUNICORN, *bind, "newsroom.wsgi"], of.environment | {"PAGE_CACHE": cache})


@contextmanager
def proxy(data: Path, ports: tuple[int, int], *, to: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """nginx with deploy/nginx.conf, on the second port; it believes us, as it would a CDN, where visitors call from.

    `to` is where the site is, if not at its socket.
    """
    lines = [line for line in around(data, ports).splitlines() if not line.strip().startswith("ssl_")]
    text = "\n".join(lines).replace(" ssl http2", "").replace("$scheme", "https")
    text = text.replace("http {", "http {\n    set_real_ip_from 127.0.0.1;\n    real_ip_header X-Forwarded-For;")
    text = text.replace(f"unix:{data}/gunicorn.sock", to) if to else text
    (data / "nginx.conf").write_text(text)
    command = [str(programs()[0]), "-e", "stderr", "-p", str(data), "-c", str(data / "nginx.conf")]
    with running(command, dict(os.environ), errors=None) as nginx:
        yield nginx


def wait_for(port: int) -> None:
    """Until somebody answers there, with whatever."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            get(port, "/livez/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nobody answered on port {port} within {PATIENCE:.0f} seconds.")


def get(port: int, path: str, timeout: float = 30) -> tuple[int, bytes]:
    """The status and the body of a page, as a proxy would ask for it."""
    line = HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        line.request("GET", path, headers=PROXY)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def clients_core() -> int | None:
    return CLIENTS if (os.cpu_count() or 1) > CLIENTS else None


def commit() -> str:
    """Of the code that is measured."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude", "*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "unknown"


def machine() -> str:
    """The processor and how many there are."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{model}, {os.cpu_count()} cores"


def options(what: str | None) -> argparse.ArgumentParser:
    """What can be asked of every benchmark under load."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("table", type=Path)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="a folder for the paper, which is used again the next time")
    return parser


def start(main: Callable[[argparse.Namespace], int], parser: argparse.ArgumentParser) -> None:
    """Measure what was asked for, and end; where a server is missing, say which."""
    try:
        sys.exit(main(parser.parse_args()))
    except Missing as missing:
        sys.exit(str(missing))
