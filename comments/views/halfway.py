"""Whoever acts is signed in. Words of somebody whose session has ended wait until they have signed in again."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone

from newsroom.lib.http import View, wants_json

KEPT = "words_halfway"
LASTS, LONGEST = timedelta(hours=1), 20_000
SIGNED_OUT = "You were signed out meanwhile. Nothing is lost: sign in and go on."
BACK = "You were signed out meanwhile. Here are your words again; nothing has been sent yet."


def signed_in_only(view: View) -> View:
    """Others are led to where one signs in, and back; a script is told with 401 and that address."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if wants_json(request) and not request.user.is_authenticated:
            said = {"errors": {}, "message": SIGNED_OUT, "sign_in": resolve_url("account_login")}
            return JsonResponse(said, status=401)
        return login_required(view)(request, *args, **kwargs)

    return asked


def keeps_words(*fields: str) -> Callable[[View], View]:
    """What was sent in these fields is there again for an hour, up to many times what is taken: see words_for()."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method != "POST" or request.user.is_authenticated or wants_json(request):
                return view(request, *args, **kwargs)
            words = {name: request.POST[name][:LONGEST] for name in fields if request.POST.get(name)}
            request.session[KEPT] = {"page": request.path, "at": timezone.now().timestamp(), "words": words}
            return redirect_to_login(request.get_full_path())

        return kept

    return decorate


def words_for(request: HttpRequest) -> dict[str, str]:
    """What was sent to this page by whoever has signed in since, by field. Given, and told of, once."""
    kept = request.session.get(KEPT)
    if not kept or kept["page"] != request.path:
        return {}
    del request.session[KEPT]
    if not kept["words"] or timezone.now().timestamp() - kept["at"] > LASTS.total_seconds():
        return {}
    messages.info(request, BACK)
    return kept["words"]
