"""The rulings: what a moderator's press of a button does. The comment is ruled on as it was read."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from newsroom.lib.people import signed_in

from .. import branches, moderation
from ..models import Comment, Decision
from .access import moderators_only

PROBLEMS = (moderation.Overtaken, moderation.ReasonMissing)


def number(text: str) -> int:
    """The row or place that a request names, 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


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
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment from readers, alone or with all that stands below it, for a reason its author is told."""
    said = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")[:500]}
    verb = branches.remove if "branch" in request.POST else moderation.reject
    return rule(request, pk, lambda comment, version: verb(comment, version=version, by=signed_in(request), **said))


def rule(request: HttpRequest, pk: int, verb: Callable[[Comment, int], Decision]) -> HttpResponse:
    """Apply a ruling to the comment as the moderator saw it, say what happened, and go back."""
    comment = get_object_or_404(Comment, pk=pk)
    try:
        decision = verb(comment, number(request.POST.get("version", "")))
    except PROBLEMS as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{decision.get_after_display()}: {comment.author_name}’s comment.")
    return redirect(back(request))


@require_POST
@moderators_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a decision, with all that followed from it."""
    decision = get_object_or_404(Decision.objects.select_related("comment"), pk=pk)
    try:
        branches.undo(decision, by=signed_in(request))
    except PROBLEMS as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Undone: it is what it was before.")
    return redirect(back(request))


def back(request: HttpRequest) -> str:
    """The page of the desk that one came from, at the card that stands now where the comment stood."""
    address, place = request.POST.get("back", ""), number(request.POST.get("place", ""))
    desk = reverse("desk:queue")
    return (address if address.startswith(desk) else desk) + (f"#card-{place}" if place else "")
