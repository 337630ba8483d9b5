"""A story behind a share link: for one person without an account, kept nowhere, found by no search engine."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.http import may_frame, personal_page

from .. import sharing
from ..body.embeds import FRAME_SOURCES


@require_safe
@personal_page
@may_frame(FRAME_SOURCES)
def share(request: HttpRequest, token: str) -> HttpResponse:
    """The story; a link that ended, was revoked or never was looks like any unknown address."""
    link = sharing.find(token)
    if link is None:
        raise Http404
    context = {"story": sharing.shown_by(link), "more": [], "link": link}
    response = render(request, "articles/shared.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
