"""Files that no picture has: what an upload left behind that was killed in the middle."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from newsroom.lib.storage import PART

from ..models import Image
from .renditions import names_in


def strays(before: datetime) -> Iterator[str]:
    """Their names in storage, of those written before a moment; what is younger may be an upload that still runs."""
    keys = set(Image.objects.values_list("key", flat=True))
    originals = set(Image.objects.values_list("original", flat=True))
    for name in names_in("originals/"):
        if f"originals/{name}" not in originals:
            yield from _if_older(f"originals/{name}", before)
    for key in folders_in("pictures/"):
        for name in names_in(f"pictures/{key}/"):
            if key not in keys or name.endswith(PART):
                yield from _if_older(f"pictures/{key}/{name}", before)


def folders_in(folder: str) -> list[str]:
    """The folders of a folder in storage; none where there is no such folder."""
    try:
        return default_storage.listdir(folder)[0]
    except FileNotFoundError:
        return []


def _if_older(name: str, before: datetime) -> Iterator[str]:
    try:
        if default_storage.get_modified_time(name) < before:
            yield name
    except FileNotFoundError:
        return
