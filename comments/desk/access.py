"""The one door of the desk. Every view of it goes through here; a test tries every address."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from ..models import Comment
from ..models.comment import CommentQuerySet
from ..models.remit import MODERATORS_RIGHT
from ..views.halfway import signed_in_only


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Signed-out people are asked to sign in, a script is told so; everyone without the right is refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(MODERATORS_RIGHT):
            raise PermissionDenied("The desk is for moderators.")
        return view(request, *args, **kwargs)

    return personal_page(signed_in_only(wrapped))


def theirs(request: HttpRequest) -> CommentQuerySet:
    """The comments that whoever makes this request decides on. There are no others for them, here at the desk."""
    return Comment.objects.moderated_by(signed_in(request))
