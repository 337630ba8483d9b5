"""The keeper of pages: finds one that may be given, has one made where there is none, and makes late ones anew.

However many ask for a page that is not there, one makes it and the others wait for it: in this process by a latch, in
others by a claim in Redis. What is only late is given as it is, and made anew behind the readers' backs.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple, TypedDict

from django.db import close_old_connections
from django.http import HttpResponse

from newsroom.lib.facts import TIMETABLE

from .log import Away
from .page import LIFE, Page
from .stale import LATE, Known, Verdict
from .stores import Memory, Shared
from .timetable import Timetable

logger = logging.getLogger(__name__)

# Seconds that a reader waits for a page that somebody else makes, before they make their own.
WAIT = 5.0
# Seconds between two looks whether another process has made it.
LOOK = 0.005
# How often a page is made again because something was told while it was made.
ROUNDS = 3
# The age in seconds at which a page that is still asked for is made anew, before it is too old.
AGED = 0.75 * LIFE


class Address(NamedTuple):
    """What a page is kept under: all that makes it another one."""

    scheme: str
    host: str
    path: str
    query: str

    @property
    def key(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}?{self.query}"


@dataclass
class Latch:
    """Somebody makes a page; `is_kept` tells whether it was one to keep."""

    done: threading.Event = field(default_factory=threading.Event)
    is_kept: bool = False


class Terms(TypedDict):
    """What caches in front of the site are told: for how many seconds a page is fresh, and whether by its names."""

    fresh: int
    with_names: bool


Make = Callable[[Address], HttpResponse]


class Keeper:
    """Pages, what is known of what became stale, and who makes which."""

    def __init__(self, known: Known, memory: Memory, shared: Shared, make: Make, terms: Terms) -> None:
        self.known, self.memory, self.shared, self._make, self._terms = known, memory, shared, make, terms
        self.timetable = Timetable()
        self._latches: dict[str, Latch] = {}
        self._lock = threading.Lock()
        self._renewer = Renewer(self.renew)

    def find(self, address: Address) -> Page | None:
        """A page from this process's memory that may be given now. Raises Away."""
        self._catch_up()
        page, now = self.memory.get(address.key), time.time()
        if page is None:
            return None
        verdict = self.verdict(page, now)
        if verdict is Verdict.STALE:
            self.memory.drop(address.key)
            return None
        if verdict is Verdict.LATE or now - page.made_at > AGED:
            self._renewer.order(address, self._due(page, now))
        return page

    def verdict(self, page: Page, now: float) -> Verdict:
        """Whether a page may be given: what was told, and what the clock says."""
        if page.timed_by is not self.timetable.edges:
            page.until, page.timed_by = self.timetable.first(page), self.timetable.edges
            page.tell_others(until=self.timetable.sure_until(page), **self._terms)
        return Verdict.STALE if now >= page.until else self.known.verdict(page, now)

    def find_or_make(self, address: Address) -> Page | HttpResponse | None:
        """A page; or the answer where it is none to keep; or None where everybody had better make their own."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            page = self.find(address) or self._adopt(address)
            if page:
                return page
            with self._lock:
                latch = self._latches.get(address.key)
                is_ours = latch is None
                latch = self._latches.setdefault(address.key, Latch())
            if is_ours:
                return self._lead(address, latch)
            latch.done.wait(max(0.0, until - time.monotonic()))
            if not latch.is_kept:
                return None
        return None

    def _lead(self, address: Address, latch: Latch) -> Page | HttpResponse:
        """Make a page for all that wait for it."""
        try:
            made = self._made_by_one(address)
            latch.is_kept = isinstance(made, Page)
            return made
        finally:
            with self._lock:
                del self._latches[address.key]
            latch.done.set()

    def _made_by_one(self, address: Address) -> Page | HttpResponse:
        """A page that no other process makes at the same time, unless that takes too long."""
        until = time.monotonic() + WAIT
        while not (receipt := self.shared.claim(address.key)) and time.monotonic() < until:
            time.sleep(LOOK)
            self._catch_up()
            if page := self._adopt(address):
                return page
        try:
            # Somebody may have made it between our look and our claim.
            return self.find(address) or self._adopt(address) or self._make_and_keep(address)
        finally:
            if receipt:
                self.shared.release(address.key, receipt)

    def _make_and_keep(self, address: Address) -> Page | HttpResponse:
        for _ in range(ROUNDS):
            self._catch_up(now=True)
            made_at, since, position = time.time(), self.known.since, self.known.position
            response = self._make(address)
            if not may_be_kept(response):
                return response
            page = Page.of(response, position=position, made_at=made_at)
            self._catch_up(now=True)
            if since == self.known.since and self.verdict(page, time.time()) is not Verdict.STALE:
                self.memory.put(address.key, page)
                self.shared.put(address.key, page)
                return page
        return response

    def _adopt(self, address: Address) -> Page | None:
        """A page that another process has made, if it may be given now."""
        page = self.shared.get(address.key)
        if page is None or self.verdict(page, time.time()) is Verdict.STALE:
            return None
        mine = self.memory.get(address.key)
        if mine is None or mine.made_at < page.made_at:
            self.memory.put(address.key, page)
        return page

    def renew(self, address: Address) -> None:
        """Make a page anew that lacks something or grows old, unless another process has done so."""
        self._catch_up(now=True)
        page, now = self._adopt(address) or self.memory.get(address.key), time.time()
        verdict = self.verdict(page, now) if page else Verdict.STALE
        if page and verdict is not Verdict.STALE and (due := self._due(page, now)) > now:
            if verdict is Verdict.LATE:
                self._renewer.order(address, due)
        elif receipt := self.shared.claim(address.key):
            try:
                self._make_and_keep(address)
            finally:
                self.shared.release(address.key, receipt)
        else:
            self._renewer.order(address, now + LOOK)

    def _due(self, page: Page, now: float) -> float:
        """When a page is to be made anew: never more than once a second."""
        return page.made_at + (LATE if self.verdict(page, now) is Verdict.LATE else AGED)

    def _catch_up(self, *, now: bool = False) -> None:
        """Know what was told, and what the clock will change. Raises Away, with nothing kept any more."""
        try:
            self.known.catch_up(now=now)
        except Away:
            self.known.forget()
            self.memory.clear()
            raise
        self.timetable.renew(self.known.told(TIMETABLE))


def may_be_kept(response: HttpResponse) -> bool:
    """Whether an answer is a page for everybody: it says what it shows, and nothing in it is anybody's own."""
    control, vary = response.get("Cache-Control", ""), response.get("Vary", "")
    is_for_all = "public" in control and "cookie" not in vary.lower() and not response.cookies
    return response.status_code == 200 and is_for_all and hasattr(response, "shows")


class Renewer:
    """Makes pages anew one after the other, in a thread of its own that is there while there is anything to do."""

    def __init__(self, renew: Callable[[Address], None]) -> None:
        self._renew = renew
        self._due: list[tuple[float, Address]] = []
        self._ordered: set[Address] = set()
        self._ready = threading.Condition()
        self._is_running = False

    def order(self, address: Address, at: float) -> None:
        """Have a page made anew at a moment; ordered twice it is made once."""
        if address in self._ordered:
            return
        with self._ready:
            if address in self._ordered:
                return
            self._ordered.add(address)
            heappush(self._due, (at, address))
            self._ready.notify()
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="pages", daemon=True).start()

    def _run(self) -> None:
        while address := self._next():
            try:
                self._renew(address)
            except Away:
                pass  # Pages are made as they are asked for, until Redis is back.
            except Exception:
                # Readers who ask for this page will make it themselves; the next page is none the worse.
                logger.exception("A page could not be made anew: %s", address.key)
            finally:
                close_old_connections()

    def _next(self) -> Address | None:
        with self._ready:
            while self._due:
                wait = self._due[0][0] - time.time()
                if wait <= 0:
                    address = heappop(self._due)[1]
                    self._ordered.discard(address)
                    return address
                self._ready.wait(wait)
            self._is_running = False
            return None
