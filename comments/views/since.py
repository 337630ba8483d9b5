"""What has come since a page was loaded, and how far one has read; both for the script."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from articles import shown as stories_shown
from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page, no_index, personal_page
from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .. import marking, shown
from ..models import Comment, Discussion
from .halfway import signed_in_only
from .posting import live_edition_or_404

# How many of the newest are told apart, and for how many seconds everybody may be told the same.
TOLD, FRESH = 50, 10


@require_safe
@kept_page(max_age=FRESH)
@no_index
def since(request: HttpRequest, article_id: int) -> HttpResponse:
    """As JSON, the same for all: how many comments are shown, and the numbers of the newest, greatest first."""
    edition = live_edition_or_404(article_id)
    row = Discussion.objects.filter(article__id=article_id).first()
    shows(stories_shown.story(edition.article_id), shown.talk(row.pk) if row else shown.beginning(article_id))
    newest = Comment.objects.shown().filter(discussion=row).order_by("-seq").values_list("seq", flat=True)
    return JsonResponse({"count": row.shown_count if row else 0, "newest": list(newest[:TOLD]) if row else []})


@require_POST
@personal_page
@signed_in_only
def seen(request: HttpRequest, article_id: int) -> HttpResponse:
    """Note that the comments up to `seq` were before this reader. Nonsense is no number, and notes nothing."""
    edition = live_edition_or_404(article_id)
    row = Discussion.objects.filter(article=edition.article_id).first()
    seq = number(request.POST.get("seq", ""), LARGEST)
    if row and seq is not None:
        marking.seen(row, by=signed_in(request), seq=seq)
    return HttpResponse(status=204)
