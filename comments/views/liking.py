"""Liking a comment: a page that asks, without JavaScript; the same address at once with it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page, wants_json
from newsroom.lib.people import signed_in

from .. import liking
from ..models import Like
from ..posting import Refused
from .halfway import signed_in_only
from .reading import public_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def like(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then like the comment or, with `undo`, take that back."""
    comment, story = public_or_404(pk)
    person = signed_in(request)
    if request.method != "POST":
        is_liked = Like.objects.filter(comment=comment, person=person).exists()
        return render(request, "comments/like.html", {"story": story, "comment": comment, "is_liked": is_liked})
    verb = liking.unlike if "undo" in request.POST else liking.like
    try:
        count = verb(comment, by=person)
    except Refused as refused:
        if wants_json(request):
            return JsonResponse({"message": str(refused)}, status=409)
        context = {"story": story, "comment": comment, "refused": str(refused)}
        return render(request, "comments/like.html", context, status=409)
    if wants_json(request):
        return JsonResponse({"count": count})
    return redirect(comment)
