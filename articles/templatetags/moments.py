"""Moments as machines read them, and in a second zone: embargoes come from elsewhere."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.formats import date_format

from ..structured import instant

register = template.Library()


register.filter(instant)


@register.filter
def second_zone(moment: datetime) -> str:
    """The moment where most embargoes come from: SECOND_TIME_ZONE."""
    return date_format(moment.astimezone(ZoneInfo(settings.SECOND_TIME_ZONE)), "D j M, H:i T")
