"""Public files of pictures, on a laptop and wherever the web server or the store has not got one yet."""

import re

from csp.decorators import csp_replace
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.images.renditions import needed
from articles.models import Image

YEAR = 31_536_000
# What a name on the ladder looks like, of today's focal point or of another day's.
NAME = re.compile(r"[a-z0-9-]{1,40}\.(webp|avif|jpg)")
TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg"}
# What stands where a picture is lost: a frame with nothing in it.
LOST = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">'
    b'<path fill="#8883" d="M0 0h160v90H0z"/><path fill="none" stroke="#8889" stroke-width="2" d="M64 30h32v30H64z'
    b'M64 54l10-11 8 8 5-5 9 9"/></svg>'
)


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})  # type: ignore[arg-type]
def picture(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A public file of a picture, made now if nobody has made it; none of one whose rights are over.

    Where the original is lost as well there is an empty frame, which nobody keeps.
    """
    image = image_of(key)
    match = NAME.fullmatch(name)
    if image is None or match is None or image.is_expired:
        raise Http404
    if not needed(image, name):
        return lost(image, name)
    path = image.folder + name
    changed_at = int(default_storage.get_modified_time(path).timestamp())
    response = get_conditional_response(request, last_modified=changed_at) or FileResponse(
        default_storage.open(path), content_type=TYPES[match[1]], headers={"Last-Modified": http_date(changed_at)}
    )
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def image_of(key: str) -> Image | None:
    """The picture whose files lie in this folder."""
    return Image.objects.filter(key=key).first()


def lost(image: Image, name: str) -> HttpResponse:
    """The frame for a file that should be there. Raises Http404 for one that should not."""
    if name not in {rung.name for rung in image.rungs}:
        raise Http404
    return HttpResponse(LOST, status=404, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})
