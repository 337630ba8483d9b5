"""A story at its address: the live edition, a redirect to it, 410, or 404."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.http import kept_page, may_frame

from ..body.embeds import FRAME_SOURCES
from ..models import Address, Article, Edition
from ..models.slots import with_slots

# Stories offered in place of one that is gone.
ONWARD = 3


@require_safe
@kept_page()
@may_frame(FRAME_SOURCES)
def article(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """What readers have at this path now."""
    edition = Edition.objects.live().at(request.path).first()
    if edition is None:
        return gone(request, get_object_or_404(Address, path=request.path))
    if edition.path != request.path:
        return redirect(request, edition)
    return render(request, "articles/article.html", {"story": with_slots(edition.story)})


def redirect(request: HttpRequest, edition: Edition) -> HttpResponse:
    """On to where the story is now; a path that only a future edition will use is not told of."""
    if not Edition.objects.begun().filter(article_id=edition.article_id, path=request.path).exists():
        raise Http404
    return HttpResponsePermanentRedirect(edition.path)


def gone(request: HttpRequest, address: Address) -> HttpResponse:
    """410 with its note for a retracted story, at any path readers had; 404 for all else."""
    begun = Article.objects.get(pk=address.article_id).editions.begun()
    last = begun.order_by("live_at").last()
    if last is None or last.ended_as != Edition.EndedAs.RETRACTED:
        raise Http404
    if not begun.filter(path=address.path).exists():
        raise Http404
    context = {"note": last.end_note, "headline": last.headline_elsewhere}
    return render(request, "410.html", context | onward(last), status=410)


def onward(edition: Edition) -> dict[str, object]:
    """The newest stories of the section of one that is gone. One query."""
    others = Edition.objects.live().filter(section=edition.section_id).newest_first().as_cards()[:ONWARD]
    return {"section": edition.section_link, "cards": [other.card for other in others], "counts": {}}
