"""Reading a discussion on pages of its own: all of it, a conversation, and one comment where it stands.

With `?part` each answers with the list alone, for the script that puts it into the page.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.story import Card
from newsroom.lib.http import kept_page
from newsroom.lib.numbers import LARGEST, number

from .. import reading
from ..ballot import ballot
from ..models import Comment
from ..orders import Place
from .posting import live_edition_or_404


@require_safe
@kept_page("order", "after", "part")
def discussion(request: HttpRequest, article_id: int) -> HttpResponse:
    """A page of threads: `?order=` and, for the next page, `?after=`."""
    story = live_edition_or_404(article_id).card
    place = Place.parse(request.GET.get("order", ""), request.GET.get("after", ""))
    if place is None:
        raise Http404
    context = {"story": story, "discussion": reading.of_story(story, place=place), "is_first": place.after is None}
    return render(request, "comments/_page.html" if "part" in request.GET else "comments/discussion.html", context)


@require_safe
@kept_page()
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment's own address: the conversation around it."""
    found, story = public_or_404(pk)
    branch = reading.around(found, ballot(story.answers, found.discussion.vote_counts))
    return render(request, "comments/comment.html", context_of(found, story, branch) | {"comment": found})


@require_safe
@kept_page("after", "part")
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """The replies in a conversation, `?after=` the one of that number; the head may be gone."""
    after = number(request.GET.get("after", "") or "0", LARGEST)
    if after is None:
        raise Http404
    heads = Comment.objects.filter(root=None).with_people().select_related("discussion")
    root = get_object_or_404(heads, pk=pk)
    story = live_edition_or_404(root.discussion.article_id).card
    branch = reading.replies_after(root, after, ballot(story.answers, root.discussion.vote_counts))
    if root.is_tombstone and not branch.head.replies:
        raise Http404
    name = "comments/_replies.html" if "part" in request.GET else "comments/replies.html"
    return render(request, name, context_of(root, story, branch))


def public_or_404(pk: int) -> tuple[Comment, Card]:
    """A comment that readers see, with its story. Raises Http404."""
    rows = Comment.objects.public().with_people().select_related("discussion")
    found = get_object_or_404(rows, pk=pk)
    return found, live_edition_or_404(found.discussion.article_id).card


def context_of(comment: Comment, story: Card, branch: reading.Branch) -> dict[str, object]:
    return {"story": story, "branch": branch, "is_open": comment.discussion.is_open}
