"""Two processes' page caches over one Redis, asked as a server asks them; and what each page would be without."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from newsroom.caching import middleware
from newsroom.caching.middleware import PageCache, address_of
from newsroom.caching.page import Page

Asked = Callable[[str], HttpResponse]


class Process:
    """What one web process is to a reader, with all that it keeps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.made: list[str] = []
        # The threads that made them.
        self.makers: set[str] = set()
        self.get_response = get_response
        self.cache = PageCache(self.render)
        # From here on it knows what happens.
        self.cache.keeper.known.catch_up()

    def render(self, request: HttpRequest) -> HttpResponse:
        self.made.append(request.get_full_path())
        self.makers.add(threading.current_thread().name)
        return self.get_response(request)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.cache(RequestFactory().get(path, headers=headers))

    def kept(self, path: str) -> Page | None:
        """The page that it has in memory, whatever has become of it since."""
        address = address_of(RequestFactory().get(path))
        return self.cache.keeper.memory.get(address.key) if address else None


@pytest.fixture
def handler(settings: Settings) -> BaseHandler:
    """The site without a page cache."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".PageCache")]
    return WSGIHandler()


@pytest.fixture
def bare(handler: BaseHandler) -> Asked:
    """A page as it is now, made for this question alone."""
    return lambda path: handler.get_response(RequestFactory().get(path))


@pytest.fixture
def shared_log(settings: Settings, redis_url: str) -> Iterator[None]:
    settings.CACHE_URL, settings.PAGE_CACHE = redis_url, "shared"
    settings.PAGE_CACHE_GOOD_FOR = 0.0
    middleware.the_log.cache_clear()
    yield
    middleware.the_log.cache_clear()


@pytest.fixture
def two(shared_log: None, handler: BaseHandler) -> tuple[Process, Process]:
    """Two processes with one Redis."""
    return Process(handler.get_response), Process(handler.get_response)
