"""What can be done with a picture of the library: change what is said of it, replace its file, delete it."""

import hashlib
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.lib.facts import TIMETABLE
from newsroom.lib.facts import changed as tell
from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from .. import shown
from ..cutting import recompile
from ..models import Image
from .intake import discard_files, discard_folder, finish, fresh_key, make_files
from .judging import MAX_BYTES, Refused, decode
from .renditions import names_in
from .usage import editions_showing, is_used, may_change_holders


class InUse(Exception):
    """A picture that something needs cannot be deleted."""


def changed(image: Image) -> None:
    """Bring what was saved of a picture to all that show it; rights that were prolonged count from now on."""
    if image.lapsed_at and not image.is_expired:
        image.lapsed_at = None
        image.save(update_fields=["lapsed_at"])
    tell(shown.picture(image.pk), TIMETABLE)
    recompile(editions_showing(image))
    enqueue(finish, pk=image.pk)


def lapse() -> int:
    """Take pictures whose rights have ended out of all that shows them; returns how many. Safe to repeat.

    Nobody waits for it: by the clock alone readers have them no longer. What it adds is that the addresses their
    files had lead nowhere any more, whoever noted them down.
    """
    over = Image.objects.expired().filter(lapsed_at=None)
    for image in over:
        before, image.key = image.folder, fresh_key()
        for name in names_in(before):
            with default_storage.open(before + name) as file:
                default_storage.save(image.folder + name, file)
        with transaction.atomic():
            Image.objects.filter(pk=image.pk).update(key=image.key, lapsed_at=timezone.now())
            tell(shown.picture(image.pk))
            recompile(editions_showing(image))
        discard_folder(before)
    return len(over)


def may_replace(image: Image, *, by: Person) -> bool:
    """Who may change pictures; if readers see it now, who may publish every story and change every page with it."""
    if not by.is_active or not by.has_perm("articles.change_image") or not may_change_holders(image, by):
        return False
    live = editions_showing(image).filter(article__trashed_at=None).select_related("article").defer("source", "html")
    return all(by.has_perm("articles.publish_article", edition.article) for edition in live.live())  # type: ignore[attr-defined]


def replace(image: Image, file: IO[bytes], *, by: Person) -> Image:
    """Give the picture another file, everywhere at once; what is said of it stays, the old file goes.

    Raises Refused or PermissionDenied.
    """
    if not may_replace(image, by=by):
        raise PermissionDenied("You may not replace a picture that readers see.")
    data = file.read(MAX_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    if twin := Image.objects.filter(sha256=digest).first():
        raise Refused(f"The library has this file already, as “{twin}”.")
    old = Image.objects.get(pk=image.pk)
    make_files(image, decode(data), digest)
    try:
        with transaction.atomic():
            image.save()
            tell(shown.picture(image.pk))
            recompile(editions_showing(image))
            enqueue(finish, pk=image.pk)
    except IntegrityError as error:
        discard_files(image)
        raise Refused("Somebody has just put this file in the library.") from error
    transaction.on_commit(lambda: discard_files(old))
    return image


@transaction.atomic
def delete(image: Image, *, by: Person) -> None:
    """Delete a picture that nothing needs, with its files. Raises InUse or PermissionDenied."""
    if not by.is_active or not by.has_perm("articles.delete_image"):
        raise PermissionDenied("You may not delete pictures.")
    image = Image.objects.select_for_update().get(pk=image.pk)
    if is_used(image):
        raise InUse(f"“{image}” is in use, so it cannot be deleted.")
    image.delete()
    transaction.on_commit(lambda: discard_files(image))
