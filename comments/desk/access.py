"""The one door of the desk. Every view of it goes through here; a test tries every address."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from newsroom.lib.http import personal_page

from ..views.halfway import signed_in_only


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Signed-out people are asked to sign in, a script is told so; everyone without the right is refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm("comments.moderate_comment"):
            raise PermissionDenied("The desk is for moderators.")
        return view(request, *args, **kwargs)

    return personal_page(signed_in_only(wrapped))
