"""Addresses that are keys: links in our mail by which whoever holds one does one thing, signed in or not."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .http import personal_page

View = Callable[..., HttpResponseBase]


def url_of(page: str, value: Any, *, salt: str) -> str:
    """The whole address of a page for a value that can be written as JSON; `salt` says what the link is for."""
    return settings.SITE_URL + reverse(page, args=[signing.dumps(value, salt=salt)])


def value_of(token: str, *, salt: str, lasts: timedelta | None = None) -> Any:
    """What a link was made for; None for one that is not ours, is for something else, or lasts no more."""
    try:
        return signing.loads(token, salt=salt, max_age=lasts)
    except signing.BadSignature:
        return None


def one_click(leave: str) -> dict[str, str]:
    """What a mail carries so that mail programs offer to leave with one press (RFC 8058)."""
    return {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def page_behind_a_key(view: View) -> View:
    """A page that works without cookies, and so without tokens, is kept nowhere, and tells its address to nobody.

    Programs that look at mail follow links: such a page asks, and does what it is for when something is sent to it.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(personal_page(kept)))
