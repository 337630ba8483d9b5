"""Picking a comment out, and pinning one of the staff: a page that asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page, wants_json
from newsroom.lib.people import signed_in

from .. import picking
from ..posting import Refused
from .halfway import signed_in_only
from .reading import public_or_404

SAID = {"pick": "Picked", "unpick": "No pick any more", "pin": "Pinned", "unpin": "No longer pinned"}
VERBS = {"pick": picking.pick, "unpick": picking.unpick, "pin": picking.pin, "unpin": picking.unpin}


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then do what was pressed."""
    if not request.user.has_perm(picking.RIGHT):
        raise PermissionDenied("You may not pick comments.")
    comment, story = public_or_404(pk)
    if not picking.may_pick(signed_in(request), comment.discussion_id):
        raise PermissionDenied("Others pick comments in this section.")
    context = {"story": story, "comment": comment, "is_pinned": comment.discussion.pinned_id == comment.pk}
    verb = VERBS.get(request.POST.get("act", ""))
    if verb is None:
        return render(request, "comments/pick.html", context)
    try:
        verb(comment, by=signed_in(request))
    except Refused as refused:
        if wants_json(request):
            return JsonResponse({"message": str(refused)}, status=422)
        return render(request, "comments/pick.html", context | {"refused": str(refused)}, status=409)
    if wants_json(request):
        return JsonResponse({"said": SAID[verb.__name__]})
    return redirect(comment)
