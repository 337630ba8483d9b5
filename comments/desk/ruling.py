"""The rulings: what a moderator's press of a button does. The comment is ruled on as it was read."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from newsroom.lib.http import wants_json
from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import branches, moderation
from ..models import Comment, Decision
from ..workflow import RULINGS
from .access import moderators_only, theirs

PROBLEMS = (moderation.Overtaken, moderation.ReasonMissing)


@require_POST
@moderators_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let readers see a comment."""
    return rule(
        request, pk, lambda comment, version: moderation.approve(comment, version=version, by=signed_in(request))
    )


@require_POST
@moderators_only
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a comment that readers see where it is."""
    return rule(request, pk, lambda comment, version: moderation.keep(comment, version=version, by=signed_in(request)))


@require_POST
@moderators_only
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment from readers until somebody has decided."""
    return rule(request, pk, lambda comment, version: moderation.hold(comment, version=version, by=signed_in(request)))


@require_POST
@moderators_only
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment from readers, alone or with all that stands below it, for a reason its author is told."""
    said = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "").replace("\x00", "")[:500]}
    verb = branches.remove if "branch" in request.POST else moderation.reject
    return rule(request, pk, lambda comment, version: verb(comment, version=version, by=signed_in(request), **said))


@require_POST
@moderators_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a decision, with all that followed from it."""
    decision = get_object_or_404(Decision.objects.select_related("comment__author"), pk=pk, comment__in=theirs(request))
    return answer(request, decision.comment, lambda: branches.undo(decision, by=signed_in(request)))


def rule(request: HttpRequest, pk: int, verb: Callable[[Comment, int], Decision]) -> HttpResponse:
    """Apply a ruling to the comment as the moderator saw it."""
    comment = get_object_or_404(theirs(request).select_related("author"), pk=pk)
    return answer(request, comment, lambda: verb(comment, number(request.POST.get("version", "")) or 0))


def answer(request: HttpRequest, comment: Comment, act: Callable[[], Decision]) -> HttpResponse:
    """Do it and say what happened: to a script in JSON, to others on the page they came from."""
    try:
        decision = act()
    except PROBLEMS as problem:
        return refused(request, str(problem), 422 if isinstance(problem, moderation.ReasonMissing) else 409)
    can_be_undone = decision.ruling in RULINGS
    if wants_json(request):
        undo_url = reverse("desk:undo", args=[decision.pk]) if can_be_undone else ""
        return JsonResponse({"said": decision.done, "version": decision.version + 1, "undo_url": undo_url})
    page, way = reverse("desk:comment", args=[comment.pk]), "See it, or undo this" if can_be_undone else "See it"
    words = '{}. It is {}’s comment. <a href="{}">{}</a>'
    messages.success(request, format_html(words, decision.done, comment.author_name, page, way))
    return redirect(back(request))


def refused(request: HttpRequest, message: str, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    messages.error(request, message)
    return redirect(back(request))


def back(request: HttpRequest) -> str:
    """The page of the desk that one came from, at the card that stands now where the comment stood."""
    address, place = request.POST.get("back", ""), number(request.POST.get("place", "")) or 0
    desk = reverse("desk:queue")
    return (address if address.startswith(desk) else desk) + (f"#card-{place}" if place else "")
