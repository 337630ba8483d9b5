"""What this process knows of the facts of the last minute, and what they mean for a page."""

import threading
import time
from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum

from .log import EVERYTHING, MANY, Fact, Log
from .page import LIFE, Page, Position

# Seconds between two times that a page is made because of what was added; and those for which readers may lack it, in
# which there is the time to make it.
LATE, LATEST = 1.0, 1.1


class Verdict(Enum):
    """Whether a page may be given: it says what is; it lacks something, but not for long; it may not."""

    FRESH = "fresh"
    LATE = "late"
    STALE = "stale"


class Known:
    """The facts that this process has read, by name."""

    def __init__(self, log: Log, good_for: float) -> None:
        self.position = Position()
        # When it began to read, in seconds: what was made before may lack a fact that it does not know.
        self.since = 0.0
        self._log, self._good_for = log, good_for
        self._read_at = float("-inf")
        self._changed: dict[str, Position] = {}
        self._added: dict[str, list[Position]] = {}
        self._swept_at = time.monotonic()
        self._lock = threading.Lock()

    def catch_up(self, *, now: bool = False) -> None:
        """Read what was told since, unless that was just done. Raises Away; then all that is kept is to be dropped."""
        if self.since and not now and time.monotonic() - self._read_at < self._good_for:
            return
        asked_at = time.monotonic()
        if not self.since:
            self._begin()
        while facts := self._log.read(self.position):
            self._take(facts)
            if len(facts) < MANY:
                break
        self._read_at = asked_at

    def told(self, name: str) -> Position:
        """When something was last told of a name, as far back as is known."""
        return self._changed.get(name, Position())

    def forget(self) -> None:
        """Begin anew when next asked: something may have been missed."""
        with self._lock:
            self.since, self._read_at = 0.0, float("-inf")
            self._changed, self._added = {}, {}

    def verdict(self, page: Page, now: float) -> Verdict:
        """What the facts known mean for a page at a moment (seconds)."""
        if not (0 < self.since <= page.made_at and now - LIFE < page.made_at <= now + 1):
            return Verdict.STALE
        if page.looked == self.position:
            lacks_since = page.lacks_since
        else:
            position = self.position
            if any(self._changed.get(name, Position()) > page.position for name in (EVERYTHING, *page.names)):
                return Verdict.STALE
            lacks_since = page.lacks_since = self._lacks_since(page)
            page.looked = position
        if lacks_since is None:
            return Verdict.FRESH
        return Verdict.LATE if now - lacks_since < LATEST else Verdict.STALE

    def _lacks_since(self, page: Page) -> float | None:
        """When the first fact came that the page lacks, in seconds."""
        first = None
        for name in page.names:
            if places := self._added.get(name):
                index = bisect_right(places, page.position)
                if index < len(places) and (first is None or places[index] < first):
                    first = places[index]
        return first.at / 1000 if first else None

    def _begin(self) -> None:
        with self._lock:
            if not self.since:
                self.position, self.since = self._log.begin(), time.time()

    def _take(self, facts: Iterable[Fact]) -> None:
        with self._lock:
            for fact in facts:
                if fact.position <= self.position:
                    continue
                for name in fact.names:
                    if fact.may_wait:
                        self._added.setdefault(name, []).append(fact.position)
                    else:
                        self._changed[name] = fact.position
                self.position = fact.position
            if time.monotonic() - self._swept_at > LIFE:
                self._sweep()

    def _sweep(self) -> None:
        """Forget what is older than any page."""
        oldest = Position(self.position.at - 2000 * LIFE)
        self._changed = {name: place for name, place in self._changed.items() if place > oldest}
        left = {name: places[bisect_right(places, oldest) :] for name, places in self._added.items()}
        self._added = {name: places for name, places in left.items() if places}
        self._swept_at = time.monotonic()
