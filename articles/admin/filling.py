"""Putting a draft's fields into what a browser sent of the writing page, as if they had been typed there."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils import timezone

from ..draft import Draft

BYLINES = "byline_set"


def fill(sent: QueryDict, draft: Draft, names: Iterable[str], *, version: int) -> QueryDict:
    """What was sent, with these fields as `draft` has them, to be saved as the version after `version`."""
    data = sent.copy()
    data["read_version"] = str(version)
    for name in names:
        if name == "topics":
            data.setlist("about", [str(pk) for pk in draft.topics])
        elif name == "bylines":
            fill_bylines(data, draft)
        elif name == "printed_at":
            fill_moment(data, draft)
        else:
            value = getattr(draft, name)
            data[name] = "" if value is None else str(value)
    return data


def fill_bylines(data: QueryDict, draft: Draft) -> None:
    """The lines of the byline, from the first; what the page had of them goes."""
    for key in [key for key in data if key.startswith(f"{BYLINES}-")]:
        del data[key]
    data[f"{BYLINES}-TOTAL_FORMS"], data[f"{BYLINES}-INITIAL_FORMS"] = str(len(draft.bylines)), "0"
    for place, part in enumerate(draft.bylines):
        data[f"{BYLINES}-{place}-author"], data[f"{BYLINES}-{place}-role"] = str(part.author), str(part.role)


def fill_moment(data: QueryDict, draft: Draft) -> None:
    """The printed date, whose field is a date and a time in the site's zone."""
    at = timezone.localtime(draft.printed_at) if draft.printed_at else None
    data["printed_at_0"] = f"{at:%Y-%m-%d}" if at else ""
    data["printed_at_1"] = f"{at:%H:%M:%S}" if at else ""
