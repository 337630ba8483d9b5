"""Headers that every response carries and Django has no setting for."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
)


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say what no page of ours needs, and that our files are for our pages.

    What does not say that it may be kept, may not: pages of accounts among them, which others give us.
    “Not modified” has no Content-Security-Policy: it would take the place of the one that the page itself came with.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            response.headers.pop("Content-Security-Policy", None)
        return response

    return middleware
