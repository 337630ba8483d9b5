"""What somebody typed and could not send: shown to them again, to be copied, whatever became of their session."""

import re
from collections.abc import Callable
from functools import update_wrapper

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from newsroom.lib.http import personal_page

# What is in a form beside words: tokens, switches, numbers of rows. A password is never shown to anybody.
NOT_WORDS = re.compile(r"^_|csrfmiddlewaretoken|password|version|login|next|-(id|article|\w+_FORMS)$|__prefix__")
LONGEST = 200_000

View = Callable[..., HttpResponseBase]


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """(field, words) of all that was sent and is more than a word; no more than a story holds."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), value[:LONGEST])
        for name, value in request.POST.items()
        if isinstance(value, str) and " " in value.strip() and not NOT_WORDS.search(name)
    ]


def gives_words_back(view: View) -> View:
    """A view of the admin: what is sent to it by somebody whose session has ended comes back to them as a page.

    Not in their session, where a comment waits: a story may be too long for it. A page with scripts says by its `_turn`
    that it counts the changes; it has the words itself and offers them again after signing in.
    """

    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        is_lost = request.method == "POST" and not request.user.is_authenticated
        if is_lost and request.POST.get("_turn", "0") == "0" and (words := typed(request)):
            return signed_out(request, words)
        return view(request, *args, **kwargs)

    return update_wrapper(kept, view)


@personal_page
def signed_out(request: HttpRequest, words: list[tuple[str, str]]) -> HttpResponse:
    """401, with the words and the way back to the page they were meant for."""
    return render(request, "unsent.html", {"words": words, "back": back_to(request)}, status=401)


@personal_page
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that had grown too old, or came from elsewhere; nothing of it was done."""
    return render(request, "403_csrf.html", {"words": typed(request)}, status=403)


def back_to(request: HttpRequest) -> str:
    """The query that leads back to the page whose form was sent."""
    page = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    path = page.partition(request.get_host())[2] if is_ours else request.path
    return urlencode({REDIRECT_FIELD_NAME: path})
