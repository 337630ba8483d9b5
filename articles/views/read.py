"""A story's page says that it is being read."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from newsroom.lib.http import personal_page

from ..readership import note

PREFETCHING = ("Sec-Purpose", "Purpose")


@csrf_exempt
@require_POST
@personal_page
def read(request: HttpRequest, article_id: int) -> HttpResponse:
    """204, whether it counts or not: nobody learns which stories there are.

    It changes nothing in anybody's name, so it needs no token; other sites' pages are not counted.
    """
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    is_seen = not any("prefetch" in request.headers.get(name, "") for name in PREFETCHING)
    if is_ours and is_seen:
        address = get_adapter().get_client_ip(request) or ""
        note(article_id, address=address, browser=request.headers.get("User-Agent", "")[:300])
    return HttpResponse(status=204)
