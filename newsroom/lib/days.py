"""Days, in the site's zone."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """When a day begins. A bound of the time itself, and not of its day, is what an index knows."""
    return timezone.make_aware(datetime.combine(day, time.min))
