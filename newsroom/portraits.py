"""Pictures that people have of themselves: one small file each, under a name nobody can guess.

Those of authors are the library's, as are all that stories show.
"""

import secrets
from typing import IO

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import ImageOps

from articles.images.judging import Refused, decode
from articles.images.renditions import store
from comments import shown
from comments.models.remit import MODERATORS_RIGHT
from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from .models import User

__all__ = ["Refused", "discard", "put", "remove", "take_down"]

MAX_BYTES = 5 * 1024 * 1024
# Of each side. Pages show it at 80 pixels and less: two of the screen's to each of theirs is enough.
SIDE = 128
OPTIONS = {"quality": 80, "method": 4}


def put(person: User, file: IO[bytes]) -> None:
    """Give a person the picture in `file`, cut square around its middle, in place of the one before. Raises Refused."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Refused("The picture is over 5 MB.")
    name = f"{User.PORTRAITS}{secrets.token_urlsafe(24)}.webp"
    store(name, ImageOps.fit(decode(data), (SIDE, SIDE)), "WEBP", OPTIONS)
    try:
        _hang(person, name)
    except BaseException:
        discard(name)
        raise


def remove(person: User) -> None:
    """Take one's own picture away. Safe to run twice."""
    _hang(person, "")


@transaction.atomic
def take_down(person: User, *, by: Person, note: str = "") -> bool:
    """Take away the picture of somebody else, on record; returns whether there was one. Raises PermissionDenied."""
    if not by.is_active or not by.has_perm(MODERATORS_RIGHT):
        raise PermissionDenied("You may not moderate.")
    if not _hang(person, ""):
        return False
    said = f"Took the picture down. {note}".strip()
    LogEntry.objects.log_actions(by.pk, [person], CHANGE, said, single_object=True)
    return True


@transaction.atomic
def _hang(person: User, name: str) -> bool:
    """Put a file in place of the one before, which is deleted once that is certain; returns whether there was one."""
    before = User.objects.select_for_update().values_list("portrait", flat=True).get(pk=person.pk)
    User.objects.filter(pk=person.pk).update(portrait=name)
    changed(shown.person(person.pk))
    person.portrait = name
    transaction.on_commit(lambda: discard(before))
    return bool(before)


def discard(name: str) -> None:
    """Delete a picture's file; "" is none."""
    if name:
        default_storage.delete(name)
