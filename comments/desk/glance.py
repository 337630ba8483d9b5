"""The script says which card a moderator has before them, and is told who else is at it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from newsroom.lib.people import signed_in

from .. import glancing
from .access import moderators_only, theirs


@require_POST
@moderators_only
def glance(request: HttpRequest, pk: int) -> HttpResponse:
    """As JSON, in a sentence; "" when nobody else is. `opened` says that severe words were unfolded."""
    comment = get_object_or_404(theirs(request), pk=pk)
    other = glancing.glance(comment, by=signed_in(request), opened="opened" in request.POST)
    return JsonResponse({"said": other.sentence if other else ""})
