"""The log of facts: what became stale and when, for every process to read. In Redis, or in this process alone.

Who appends tells all; who keeps pages reads on from where they were. Nobody waits for anybody to have read it. What a
process could not append, as it died between the commit and the log, leaves pages as they were until they are too old.
"""

import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, Protocol, cast

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .page import LIFE, Position

# Seconds to wait for Redis, and to leave it alone once it has not answered.
PATIENCE, PAUSE = 0.3, 2.0
# How many facts one question brings; how many wait while Redis is away, before they count as one about everything.
MANY = 10_000
EVERYTHING = "everything"
# How many the log holds: more than can be told while a page lives.
KEPT = 100_000


class Fact(NamedTuple):
    """What these names stand for is not what it was; where it `may_wait`, for a second."""

    position: Position
    names: tuple[str, ...]
    may_wait: bool


Rows = list[tuple[bytes, dict[bytes, bytes]]]


class Away(Exception):
    """The log cannot be read now: whatever is kept may be stale."""


class Log(Protocol):
    """Where facts are told and read."""

    def append(self, names: Iterable[str], *, may_wait: bool) -> None: ...

    def begin(self) -> Position:
        """A place before which nothing is read. Raises Away."""

    def read(self, after: Position) -> list[Fact]:
        """The facts after a place, in order. Raises Away."""


class OwnLog:
    """For a site of one process: the facts of the last minutes, in memory."""

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._lock = threading.Lock()

    def append(self, names: Iterable[str], *, may_wait: bool) -> None:
        with self._lock:
            last = self._facts[-1].position if self._facts else Position()
            now = int(time.time() * 1000)
            position = Position(now, 0) if now > last.at else Position(last.at, last.number + 1)
            self._facts = [fact for fact in self._facts if fact.position.at > now - 2000 * LIFE]
            self._facts.append(Fact(position, tuple(names), may_wait))

    def begin(self) -> Position:
        return Position()

    def read(self, after: Position) -> list[Fact]:
        facts = self._facts
        if not facts or facts[-1].position <= after:
            return []
        return [fact for fact in facts if fact.position > after]


class SharedLog:
    """For a site of several processes: a stream in Redis, whose numbers are the places."""

    KEY = "newsroom:facts"
    # Another one after Redis has lost what it had: so it is noticed, though it answers.
    EPOCH = "newsroom:epoch"

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._epoch: object = None
        self._unsent: list[tuple[tuple[str, ...], bool]] = []
        self._away_until = 0.0
        self._lock = threading.Lock()

    def append(self, names: Iterable[str], *, may_wait: bool) -> None:
        """Tell everybody; what cannot be told now is told before anything else is, by this process."""
        with self._lock:
            self._unsent.append((tuple(names), may_wait))
            if len(self._unsent) > MANY:
                self._unsent = [((EVERYTHING,), False)]
        # While it cannot be told, the pages of others get a minute old at most; ours are not served before it has been.
        with suppress(Away):
            self._send()

    def begin(self) -> Position:
        with self._asking():
            self._redis.set(self.EPOCH, secrets.token_hex(8), nx=True)
            self._epoch = self._redis.get(self.EPOCH)
            seconds, micro = self._redis.time()
        return Position(seconds * 1000 + micro // 1000 - 1, 2**63)

    def read(self, after: Position) -> list[Fact]:
        if self._unsent:
            self._send()
        with self._asking():
            ask = self._redis.pipeline(transaction=False)
            ask.xread({self.KEY: f"{after.at}-{after.number}"}, count=MANY)
            ask.get(self.EPOCH)
            found, epoch = ask.execute()
        if epoch != self._epoch:
            raise Away
        if not found:
            return []
        [(_, rows)] = cast("list[tuple[bytes, Rows]]", found)
        return [fact_of(place, values) for place, values in rows]

    def _send(self) -> None:
        with self._lock, self._asking():
            while self._unsent:
                names, may_wait = self._unsent[0]
                values: dict[Any, Any] = {"names": " ".join(names), "may_wait": int(may_wait)}
                self._redis.xadd(self.KEY, values, maxlen=KEPT, approximate=True)
                del self._unsent[0]

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Ask Redis; where it does not answer, it is left alone for a while. Raises Away."""
        if time.monotonic() < self._away_until:
            raise Away
        try:
            yield
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + PAUSE
            raise Away from error


def fact_of(place: bytes, values: dict[bytes, bytes]) -> Fact:
    at, _, number = place.partition(b"-")
    names = tuple(values[b"names"].decode().split())
    return Fact(Position(int(at), int(number)), names, values[b"may_wait"] == b"1")


def open_redis(url: str) -> Redis:
    """Redis, asked once and not for long: a connection that broke is no reason to try again, but to forget."""
    return Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0), retry_on_error=[]
    )
