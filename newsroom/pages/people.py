"""What a reader has said, on a page for everybody: a name, and shown comments of stories that readers have now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Author, EditionByline
from comments.models import Comment
from comments.reading import with_stories
from newsroom.lib.http import no_index, public_page
from newsroom.lib.paging import page_of

from ..models import User

PAGE = 20
ORDER = ("posted_at", "pk")


@require_safe
@public_page
@no_index
def person(request: HttpRequest, username: str) -> HttpResponse:
    """A commenter's comments, newest first.

    Whoever is unknown, has left, or has said nothing that can be read now, is not there: all three answer alike.
    """
    who = get_object_or_404(User.objects.select_related("author"), username=username, is_active=True)
    said = Comment.objects.public().filter(author=who)
    page = page_of(said.select_related("discussion"), request.GET.dict(), size=PAGE, order=ORDER)
    if not page.rows:
        raise Http404
    with_stories(page.rows)
    context = {"person": who, "page": page, "count": said.count(), "byline": byline_of(who)}
    return render(request, "people/person.html", context)


def byline_of(who: User) -> Author | None:
    """Who this is among the authors, once readers have a story of theirs."""
    author = getattr(who, "author", None)
    return author if author and EditionByline.objects.filter(author=author).live().exists() else None
