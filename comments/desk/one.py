"""One comment at the desk, in whatever state: what was decided on it, and what may be decided now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.people import signed_in

from .. import branches
from ..models import Comment, Decision
from ..moderation import Overtaken
from ..reading import with_stories
from ..workflow import Reason, State
from .access import moderators_only


@require_safe
@moderators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment with its story, its decisions and the rulings that are possible."""
    comments = Comment.objects.with_people().select_related("discussion", "parent__author", "author")
    [comment] = with_stories([get_object_or_404(comments, pk=pk)])
    decisions = list(comment.decisions.with_followers())
    last = decisions[0] if decisions else None
    context = {
        "comment": comment,
        "decisions": decisions,
        "answers": Comment.objects.filter(pk__in=branches.below(comment), state__in=(State.SHOWN, State.HELD)).count(),
        "undoable": last if last and comment.state == State.REJECTED and last.after == State.REJECTED else None,
        "reasons": Reason.choices,
    }
    return render(request, "desk/comment.html", context)


@require_POST
@moderators_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a rejection, with all that went with it."""
    decision = get_object_or_404(Decision.objects.select_related("comment"), pk=pk)
    try:
        branches.undo(decision, by=signed_in(request))
    except Overtaken as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Undone: it is what it was before.")
    return redirect("desk:comment", decision.comment_id)
