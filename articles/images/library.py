"""What can be done with a picture of the library: change what is said of it, replace its file, delete it."""

import hashlib
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.lib.people import Person

from ..cutting import recompile
from ..models import Image
from .intake import discard_files, make_files
from .judging import MAX_BYTES, Refused, decode
from .renditions import make, make_shared, original_of
from .usage import editions_showing, is_used


class InUse(Exception):
    """A picture that something needs cannot be deleted."""


def changed(image: Image) -> None:
    """Bring what was saved of a picture to all that show it; rights that were prolonged count from now on."""
    if image.lapsed_at and not image.is_expired:
        image.lapsed_at = None
        image.save(update_fields=["lapsed_at"])
    if image.is_complete and not default_storage.exists(image.shared_name) and (original := original_of(image)):
        make_shared(image, original)
    recompile(editions_showing(image))


def renew(image: Image, *, afresh: bool = False) -> bool:
    """Make what renditions the picture lacks, or all of them `afresh`; False when its original is gone."""
    original = original_of(image)
    if original is None:
        return False
    for name in image.rendition_names if afresh else []:
        default_storage.delete(name)
    make(image, original)
    image.save(update_fields=["is_complete"])
    recompile(editions_showing(image))
    return True


def lapse() -> int:
    """Take pictures whose rights have ended out of all that shows them; returns how many. Safe to repeat.

    Nobody waits for it: by the clock alone readers have them no longer.
    """
    over = Image.objects.expired().filter(lapsed_at=None)
    for image in over:
        with transaction.atomic():
            recompile(editions_showing(image))
            Image.objects.filter(pk=image.pk).update(lapsed_at=timezone.now())
    return len(over)


def may_replace(image: Image, *, by: Person) -> bool:
    """Who may change pictures; if readers see it now, who may publish every story that shows it."""
    if not by.is_active or not by.has_perm("articles.change_image"):
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
            recompile(editions_showing(image))
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
