"""Public renditions of pictures, for a laptop; in production the web server or the store serves them."""

from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

YEAR = 31_536_000
# Longer than any name of ours, shorter than file systems refuse.
LONGEST = 120


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})  # type: ignore[arg-type]
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file under pictures/, and none besides: originals are private."""
    if len(name) > LONGEST:
        raise Http404
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "pictures"))
    if name.endswith(".avif"):  # which not every system knows
        response.headers["Content-Type"] = "image/avif"
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
