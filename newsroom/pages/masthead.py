"""What the masthead of every page shows: the paper's name and its sections."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section


def masthead(request: HttpRequest) -> dict[str, object]:
    """Context for every template; the query is made only where the sections are shown."""
    sections = SimpleLazyObject(lambda: [section.link for section in Section.objects.all()])
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "sections": sections}
