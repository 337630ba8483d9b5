"""Every correction of a story that readers have, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page
from newsroom.lib.paging import CURSORS, page_of

from .. import shown
from ..models import Correction

PAGE = 30


@require_safe
@kept_page(*CURSORS)
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections of the paper; what is withdrawn, or of a story that is gone, is not among them."""
    page = page_of(Correction.objects.public(), request.GET.dict(), size=PAGE, order=("at", "pk"))
    # Each stands under the headline of its story.
    shows(shown.CORRECTIONS, *(shown.story(row.article_id) for row in page.rows))
    return render(request, "articles/corrections.html", {"page": page})
