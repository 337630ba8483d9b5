"""What stands around every page: the paper's name, its sections, and the pages of the house."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models.house_page import frame


def masthead(request: HttpRequest) -> dict[str, object]:
    """Context for every template; the one query is made only where either is shown."""
    around = SimpleLazyObject(frame)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "sections": SimpleLazyObject(lambda: around.sections),
        "house_pages": SimpleLazyObject(lambda: around.pages),
    }
