"""Putting the story of a card, or its author, on one's own list, and taking it off again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from newsroom.lib.http import wants_json
from newsroom.lib.people import signed_in

from .. import watching
from ..posting import Refused
from .access import moderators_only, theirs
from .ruling import back, refused


@require_POST
@moderators_only
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch `what`, a story or a person; with `off` no longer."""
    comment = get_object_or_404(theirs(request), pk=pk)
    verb = watching.unwatch if request.POST.get("off") else watching.watch
    try:
        offer = verb(comment, request.POST.get("what", ""), by=signed_in(request))
    except Refused as problem:
        return refused(request, str(problem), 422)
    if wants_json(request):
        return JsonResponse({"said": offer.said, "label": offer.label, "off": "1" if offer.is_watched else ""})
    messages.success(request, f"{offer.said}.")
    return redirect(back(request))
