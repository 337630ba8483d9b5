"""Calendar feeds: one person's private address of the calendar, for the calendar on their phone."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """The one address of one person. Only a hash of its token is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}, made {self.made_at:%Y-%m-%d %H:%M}"
