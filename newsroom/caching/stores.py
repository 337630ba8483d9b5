"""Where pages are kept: in this process, as many as fit, and in Redis for all processes."""

import secrets
import threading
from collections import OrderedDict
from hashlib import blake2b
from typing import Protocol

from django.contrib.staticfiles.storage import staticfiles_storage
from redis import Redis
from redis.exceptions import RedisError

from .page import LIFE, Page

# Milliseconds after which somebody else may make a page that a process has said it makes, as it may have died.
CLAIM = 5_000
# The form in which pages are written down: another number for another one.
FORM = 1


class Memory:
    """Pages by key, up to so many bytes; the one that nobody has asked for longest goes first."""

    def __init__(self, size: int) -> None:
        self._room, self._used = size, 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            page.is_wanted = True
        return page

    def put(self, key: str, page: Page) -> None:
        with self._lock:
            self._drop(key)
            page.is_wanted = False
            self._pages[key] = page
            self._used += page.size
            while self._used > self._room and len(self._pages) > 1:
                self._make_room()

    def _make_room(self) -> None:
        """Drop the first page that nobody has asked for since it was last passed over."""
        key, page = next(iter(self._pages.items()))
        if page.is_wanted:
            page.is_wanted = False
            self._pages.move_to_end(key)
        else:
            self._drop(key)

    def drop(self, key: str) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._used -= page.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._used = 0


class Shared(Protocol):
    """Where other processes find the pages of this one, and say which they make."""

    def get(self, key: str) -> Page | None: ...

    def put(self, key: str, page: Page) -> None: ...

    def claim(self, key: str) -> str:
        """A receipt if this process may make the page now; "" where another does."""

    def release(self, key: str, receipt: str) -> None: ...


class Alone:
    """A site of one process: there is nobody to share with."""

    def get(self, key: str) -> Page | None:
        return None

    def put(self, key: str, page: Page) -> None:
        pass

    def claim(self, key: str) -> str:
        return "alone"

    def release(self, key: str, receipt: str) -> None:
        pass


class InRedis:
    """For a site of several processes. Where Redis does not answer there is nothing, and everybody may make all."""

    # Only who made the claim takes it back.
    RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._release = redis.register_script(self.RELEASE)

    def get(self, key: str) -> Page | None:
        try:
            kept = self._redis.get(name_of("page", key))
            return Page.from_bytes(kept) if isinstance(kept, bytes) else None
        except (RedisError, OSError):
            return None

    def put(self, key: str, page: Page) -> None:
        try:
            self._redis.set(name_of("page", key), page.to_bytes(), ex=LIFE)
        except (RedisError, OSError):
            return

    def claim(self, key: str) -> str:
        receipt = secrets.token_hex(8)
        try:
            is_ours = self._redis.set(name_of("claim", key), receipt, nx=True, px=CLAIM)
        except (RedisError, OSError):
            return receipt
        return receipt if is_ours else ""

    def release(self, key: str, receipt: str) -> None:
        try:
            self._release(keys=[name_of("claim", key)], args=[receipt])
        except (RedisError, OSError):
            return


def name_of(kind: str, key: str) -> str:
    """A key in Redis: of one length, whatever an address has, and of this release, whose pages name its own files."""
    release = getattr(staticfiles_storage, "manifest_hash", "")
    return f"newsroom:{kind}:{blake2b(f'{FORM} {release} {key}'.encode(), digest_size=16).hexdigest()}"
