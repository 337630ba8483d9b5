"""How pages tell browsers and caches what they are: the same for everyone, or for one person only."""

from collections.abc import Callable, Collection
from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin

from .facts import noting

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A page that is the same for every reader: may be kept, must be asked about before it is shown again."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return wrapped


def kept_page(*parameters: str, max_age: int = 0) -> Callable[[View], View]:
    """A public page that the page cache keeps: it says what it shows (`facts.shows`), and looks at no other parameters.

    For `max_age` seconds browsers need not ask about it again.
    """
    asked_again = {} if max_age else {"must_revalidate": True}

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            request.GET = only(parameters, request.GET)  # type: ignore[assignment]
            with noting() as names:
                response = view(request, *args, **kwargs)
            response.shows = frozenset(names)  # type: ignore[attr-defined]
            patch_cache_control(response, public=True, max_age=max_age, **asked_again)
            return response

        wrapped.keeps = parameters  # type: ignore[attr-defined]
        return wrapped

    return decorate


def only(names: Collection[str], given: QueryDict) -> QueryDict:
    """The parameters of these names."""
    if given.keys() <= set(names):
        return given
    left = QueryDict(mutable=True)
    for name in names:
        if name in given:
            left.setlist(name, given.getlist(name))
    return left


def no_index(view: View) -> View:
    """A page that search engines should not list."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def may_frame(sources: list[str]) -> Callable[[View], View]:
    """A page that may put these sites in a frame, and in all else keeps to the policy of every page."""

    def decorate(view: View) -> View:
        return csp_update({"frame-src": sources})(view)

    return decorate


def may_be_framed(view: View) -> View:
    """A page that pages of this site, and no others, may put in a frame."""
    return xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(view))


def personal_page(view: View) -> View:
    """A page for one person: kept nowhere, found by no search engine."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks; browsers ask for HTML first."""
    return request.headers.get("Accept", "").startswith("application/json")
