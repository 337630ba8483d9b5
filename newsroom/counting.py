"""What readers read and discuss most, put on the front page: both apps know a half of it."""

from datetime import timedelta

from django.utils import timezone

from articles import fronts
from articles.layout import Place
from comments.models import Discussion

TALKED_OF_SINCE = timedelta(hours=48)


def fill_fronts() -> int:
    """Fill the places of the front page that readers fill; returns with how many stories. Safe to run twice."""
    talked_of = Discussion.objects.talked_of(timezone.now() - TALKED_OF_SINCE).values_list("article", flat=True)
    return fronts.fill_read() + fronts.fill(Place.DISCUSSED, talked_of[: fronts.DEPTH])
