"""Muting whoever wrote a comment: a page that asks; and taking that back, from the account page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import muting
from ..models import Mute
from ..posting import Refused
from .halfway import signed_in_only
from .reading import public_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then fold what this person says, here and everywhere."""
    comment, story = public_or_404(pk)
    context = {"story": story, "comment": comment}
    if request.method != "POST":
        return render(request, "comments/mute.html", context)
    try:
        muting.mute(comment, by=signed_in(request))
    except Refused as refused:
        return render(request, "comments/mute.html", context | {"refused": str(refused)}, status=409)
    return redirect(f"{story.path}#discussion")


@require_POST
@personal_page
@signed_in_only
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mute of one's own back; one that is gone is taken back already."""
    Mute.objects.filter(person=signed_in(request), pk=pk).delete()
    return redirect("account_home")
