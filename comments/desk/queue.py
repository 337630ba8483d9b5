"""The queue of held comments, and the two rulings on them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles.models import Edition

from .. import moderation
from ..models import Comment
from ..workflow import Reason
from .access import moderators_only

PAGE = 25


@require_safe
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Held comments, the longest waiting first, with what each answers and the story it is about."""
    waiting = Comment.objects.awaiting()
    comments = list(waiting.with_people().select_related("discussion", "parent__author__author")[:PAGE])
    stories = stories_of(comments)
    for comment in comments:
        comment.story = stories.get(comment.discussion.article_id)  # type: ignore[attr-defined]
    context = {"comments": comments, "total": waiting.count(), "reasons": Reason.choices}
    return render(request, "desk/queue.html", context)


def stories_of(comments: list[Comment]) -> dict[int, object]:
    """The live stories that comments are about, by article id, in one query."""
    articles = {comment.discussion.article_id for comment in comments}
    editions = Edition.objects.live().filter(article__in=articles).as_cards()
    return {edition.article_id: edition.card for edition in editions}


@require_POST
@moderators_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let readers see a comment."""
    return rule(request, pk, lambda comment, version: moderation.approve(comment, version=version, by=request.user))


@require_POST
@moderators_only
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment from readers, for a reason its author is told."""
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")[:500]
    return rule(
        request,
        pk,
        lambda comment, version: moderation.reject(comment, version=version, by=request.user, reason=reason, note=note),
    )


def rule(request: HttpRequest, pk: int, verb: Callable[[Comment, int], object]) -> HttpResponse:
    """Apply a ruling to the comment as the moderator saw it, say what happened, and go back to the queue."""
    comment = get_object_or_404(Comment, pk=pk)
    version = request.POST.get("version", "")
    try:
        decision = verb(comment, int(version) if version.isascii() and version.isdigit() else 0)
    except (moderation.Overtaken, moderation.ReasonMissing) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{decision.get_after_display()}: {comment.author_name}’s comment.")  # type: ignore[attr-defined]
    return redirect("desk:queue")
