"""What other sites show of a story that has no picture."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ..images.drawing import shared_picture
from ..models import Edition

HOUR = 3600


@require_safe
def drawn(request: HttpRequest, article_id: int) -> HttpResponse:
    """The live story's headline, drawn; 404 for one that readers have not got."""
    edition = get_object_or_404(Edition.objects.live().as_cards(), article=article_id)
    link = edition.section_link
    words = edition.abroad.social_title
    response = HttpResponse(shared_picture(words, link.name, link.colour, settings.SITE_NAME), content_type="image/png")
    patch_cache_control(response, public=True, max_age=HOUR)
    return response
