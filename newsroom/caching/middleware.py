"""The page cache, before all other middleware: who asks for a public page gets it finished.

A page is made for nobody: the question that it answers has an address and nothing else, no cookie among it, and no
parameter that the page does not list. So nothing in it can be anybody's own.
"""

from collections.abc import Callable, Collection
from functools import cache
from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from .keeper import Address, Keeper, Terms
from .log import Away, Log, OwnLog, SharedLog, open_redis
from .page import Page
from .stale import Known
from .stores import Alone, InRedis, Memory

ASKING = frozenset({"GET", "HEAD"})
# Characters of a query: words to search for, some of them outside ASCII, and what others add to our addresses.
LONGEST = 4_000
PORTS = {"http": "80", "https": "443"}


@cache
def the_log() -> Log | None:
    """Where this process tells what has changed: in Redis, or to itself alone; nowhere without a page cache."""
    if settings.PAGE_CACHE == "off":
        return None
    return OwnLog() if settings.PAGE_CACHE == "alone" else SharedLog(open_redis(settings.CACHE_URL))


def note_facts(sender: object, names: tuple[str, ...], may_wait: bool, **kwargs: object) -> None:
    """Write down what was told. Connected in newsroom/apps.py."""
    if log := the_log():
        log.append(names, may_wait=may_wait)


class PageCache:
    """Answers from the pages that are kept, and lets pass what is none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        log = the_log()
        if log is None:
            raise MiddlewareNotUsed
        self.get_response = get_response
        shared = Alone() if isinstance(log, OwnLog) else InRedis(open_redis(settings.CACHE_URL))
        terms: Terms = {"fresh": settings.CDN_FRESH, "with_names": settings.CDN_NAMES}
        known = Known(log, settings.PAGE_CACHE_GOOD_FOR)
        self.keeper = Keeper(known, Memory(settings.PAGE_CACHE_SIZE), shared, self.make, terms)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ASKING:
            return self.get_response(request)
        address = address_of(request)
        if address is None:
            return self.get_response(request)
        try:
            page: Page | HttpResponse | None = self.keeper.find(address)
            if page is None and parameters_of(address.path) is not None:
                page = self.keeper.find_or_make(address)
        except Away:
            page = None
        if isinstance(page, Page):
            return page.answer(request)
        return page if page and request.method == "GET" else self.get_response(request)

    def make(self, address: Address) -> HttpResponse:
        """The page at an address, made by all that comes after this, for nobody."""
        return self.get_response(question(address))


def address_of(request: HttpRequest) -> Address | None:
    """What a request asks for, without what its page does not look at; None for what is surely not kept."""
    query = ""
    if asked := request.META.get("QUERY_STRING", ""):
        names = parameters_of(request.path_info) if len(asked) <= LONGEST else None
        if names is None:
            return None
        query = urlencode([(name, value) for name in sorted(names) for value in request.GET.getlist(name)])
    host = request.META.get("HTTP_HOST") or request.META["SERVER_NAME"]
    return Address(request.scheme or "", host.lower(), request.path_info, query)


def parameters_of(path: str) -> Collection[str] | None:
    """The parameters that the page at a path looks at, if it is one to keep; else None."""
    try:
        return getattr(resolve(path).func, "keeps", None)
    except Resolver404:
        return None


def question(address: Address) -> WSGIRequest:
    """A request that has an address, and comes from nobody."""
    name, _, port = address.host.partition(":")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address.path.encode().decode("latin-1"),
        "QUERY_STRING": address.query,
        "SERVER_NAME": name,
        "SERVER_PORT": port or PORTS[address.scheme],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": address.host,
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
    }
    if settings.SECURE_PROXY_SSL_HEADER and address.scheme == "https":
        header, value = settings.SECURE_PROXY_SSL_HEADER
        environ[header] = value
    return WSGIRequest(environ)
