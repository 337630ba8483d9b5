"""What fragments can call: pieces that a page has by the hundred, in Jinja2, as that compiles them to Python.

They are in templates/fragments/; `{% fragment %}` puts one into another template.
"""

from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.utils import dateformat, timezone
from jinja2 import Environment, StrictUndefined

from articles.body import pieces
from articles.structured import instant
from comments.templatetags.addresses import address


def environment(*, autoescape: bool, undefined: object, **options: Any) -> Environment:
    """Where text is escaped unless it is known to be safe, and a name that is missing is an error, always."""
    made = Environment(autoescape=True, undefined=StrictUndefined, **options)
    made.globals |= {"address": address, "picture": pieces.image}
    made.filters |= {"instant": instant, "moment": moment}
    return made


def moment(at: datetime, form: str) -> str:
    """A moment in the zone of the site, as Django’s `date` filter would write it."""
    return _written(at, form, timezone.get_current_timezone())


@lru_cache(maxsize=4096)
def _written(at: datetime, form: str, zone: tzinfo) -> str:
    return dateformat.format(at.astimezone(zone), form)
