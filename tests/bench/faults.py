"""What goes wrong on purpose while a site is asked for pages: clients that are slow; and somebody who looks at it."""

import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .stage import PROXY, clients_core, get

PAUSE = 0.02  # seconds between two looks
LONG = 1.0  # a look that takes so long finds the site out of order
STEP = 0.5  # seconds between two bytes of a slow client
SMALL = 4096  # bytes that a slow reader has room for


@dataclass
class Looks:
    """What somebody found who asked again and again, each time on a new connection: when, in how long, and if well."""

    found: list[tuple[float, float, bool]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return sum(not well for _, _, well in self.found)

    @property
    def longest(self) -> float:
        return max((took for _, took, _ in self.found), default=0.0)

    @property
    def median(self) -> float:
        return statistics.median(took for _, took, _ in self.found)

    def out_of_order_since(self, moment: float) -> float:
        """Seconds from that moment to the end of the last look that failed, or took long."""
        bad = [when + took for when, took, well in self.found if when + took >= moment and (not well or took > LONG)]
        return max(bad, default=moment) - moment


@contextmanager
def looking(port: int, path: str) -> Iterator[Looks]:
    """Somebody looks while the block lasts."""
    looks, over = Looks(), threading.Event()

    def look() -> None:
        beside()
        while not over.wait(PAUSE):
            begin = time.monotonic()
            try:
                well = get(port, path, timeout=5)[0] == 200
            except OSError:
                well = False
            looks.found.append((begin, time.monotonic() - begin, well))

    with in_background(look):
        yield looks
        over.set()


@contextmanager
def in_background(what: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=what, daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def beside() -> None:
    """Take this thread from the servers' processor."""
    if (core := clients_core()) is not None:
        os.sched_setaffinity(0, {core})


# --- Clients that are slow -----------------------------------------------------------------------------

LINES = "".join(f"{name}: {value}\r\n" for name, value in PROXY.items())
TOKEN = "c" * 32


def heads() -> tuple[str, bool]:
    """A request whose headers never end; and that it is bytes that drip, out of the client."""
    return f"GET / HTTP/1.1\r\n{LINES}X-Slow: ", True


def bodies() -> tuple[str, bool]:
    """A form that never ends, for a view that wants all of it."""
    form = f"Referer: https://{PROXY['Host']}/\r\nCookie: __Host-csrf={TOKEN}\r\nContent-Length: 1000\r\n"
    form += "Content-Type: application/x-www-form-urlencoded\r\n"
    return f"POST /bench/constant/ HTTP/1.1\r\n{LINES}{form}\r\nbody=", True


def readers(path: str) -> tuple[str, bool]:
    """A large file that is taken in drops."""
    return f"GET {path} HTTP/1.1\r\n{LINES}\r\n", False


@contextmanager
def slow_clients(port: int, count: int, begin: str, *, write: bool) -> Iterator[None]:
    """So many of a kind, while the block lasts; one whom the server has hung up on calls again."""
    over = threading.Event()

    def drip() -> None:
        beside()
        clients = [call(port, begin) for _ in range(count)]
        while not over.wait(STEP):
            clients = [client if goes_on(client, write=write) else again(client, port, begin) for client in clients]
        for client in clients:
            client.close()

    with in_background(drip):
        yield
        over.set()


def call(port: int, begin: str) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    client.settimeout(1)
    try:
        client.connect(("127.0.0.1", port))
        client.sendall(begin.encode())
    except OSError:
        pass  # the server takes nobody now: `goes_on` will find so
    client.setblocking(False)
    return client


def goes_on(client: socket.socket, *, write: bool) -> bool:
    """One byte more, out or in; False where the server has hung up."""
    try:
        if write:
            client.send(b"x")
        received = client.recv(64 if not write else SMALL)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return bool(received) and not write


def again(client: socket.socket, port: int, begin: str) -> socket.socket:
    client.close()
    return call(port, begin)
