"""Every correction of a story that readers have, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.http import public_page
from newsroom.lib.paging import page_of

from ..models import Correction

PAGE = 30


@require_safe
@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections of the paper; what is withdrawn, or of a story that is gone, is not among them."""
    page = page_of(Correction.objects.public(), request.GET.dict(), size=PAGE, order=("at", "pk"))
    return render(request, "articles/corrections.html", {"page": page})
