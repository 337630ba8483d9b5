"""Reading a discussion on pages of its own: all of it, and one comment in its thread."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.http import public_page

from .. import reading
from ..models import Comment
from .posting import live_edition_or_404


@require_safe
@public_page
def discussion(request: HttpRequest, article_id: int) -> HttpResponse:
    """A page of threads, the newest first; `?before=` goes on to older ones."""
    story = live_edition_or_404(article_id).card
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 10):
        raise Http404
    shown = reading.of_story(story, before=int(before) if before else None)
    return render(request, "comments/discussion.html", {"story": story, "discussion": shown})


@require_safe
@public_page
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment's own address: the thread it stands in."""
    found = get_object_or_404(Comment.objects.public().with_people().select_related("discussion"), pk=pk)
    story = live_edition_or_404(found.discussion.article_id).card
    context = {
        "story": story,
        "comment": found,
        "threads": reading.branch(found),
        "is_open": found.discussion.is_open,
    }
    return render(request, "comments/comment.html", context)
