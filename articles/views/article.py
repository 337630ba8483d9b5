"""A story at its address: the live edition, a redirect to it, 410, or 404."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.http import may_frame, public_page

from ..body.embeds import FRAME_SOURCES
from ..models import Address, Article, Edition
from ..models.slots import with_slots

MORE = 3


@require_safe
@public_page
@may_frame(FRAME_SOURCES)
def article(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """What readers have at this path now."""
    address = Address.objects.filter(path=request.path).first()
    if address is None:
        raise Http404
    edition = Edition.objects.live().filter(article_id=address.article_id).first()
    if edition is None:
        return gone(request, address)
    if edition.path != request.path:
        return redirect(address, edition)
    context = {"story": with_slots(edition.story), "more": more_in_section(edition)}
    return render(request, "articles/article.html", context)


def redirect(address: Address, edition: Edition) -> HttpResponse:
    """On to where the story is now; a path that only a future edition will use is not told of."""
    if not Edition.objects.begun().filter(article_id=address.article_id, path=address.path).exists():
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
    return render(request, "410.html", {"note": last.end_note, "headline": last.headline_elsewhere}, status=410)


def more_in_section(edition: Edition) -> list:
    """The newest other stories of its section."""
    others = Edition.objects.live().filter(section=edition.section_id).exclude(article=edition.article_id)
    return [other.card for other in others.newest_first().as_cards()[:MORE]]
