"""Public renditions of pictures, for a laptop; in production the web server or the store serves them."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

YEAR = 31_536_000


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})  # type: ignore[arg-type]
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file under pictures/, and none besides: originals are private."""
    response = serve(request, f"pictures/{name}", document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
