"""Taking a picture in: its files first, then its row, so that no row ever points at half a picture."""

import hashlib
import io
import secrets
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image as Pillow

from newsroom.lib.people import Person

from ..models import Image
from .judging import MAX_BYTES, Refused, decode

__all__ = ["Refused", "admit", "decode", "take_in"]

# The widths that pages ask for, in pixels.
WIDTHS = (480, 960, 1600)
QUALITY = 80
# How long WebP may look for a smaller file, 0 to 6. Originals stay here: of 50 million pixels 4 took
# eleven seconds and 2 took two, for 4 % more bytes, and the form waits for it.
EFFORT = 4
EFFORT_FOR_ORIGINAL = 2


def take_in(file: IO[bytes], *, title: str, by: Person | None = None, **about: Any) -> Image:
    """The picture in `file` with its renditions; the same file again gives the row that is there. Raises Refused."""
    return admit(file, title=title, by=by, **about)[0]


def admit(file: IO[bytes], *, title: str, by: Person | None = None, **about: Any) -> tuple[Image, bool]:
    """Store a picture, and say whether it is new; `about` may hold the picture's other fields.

    Of two who send the same file at once, one makes the row, and the other's files are thrown away. Raises Refused.
    """
    data = file.read(MAX_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    known = Image.objects.filter(sha256=digest).first()
    if known:
        return known, False
    image = Image(title=title, uploaded_by=by, **about)
    make_files(image, decode(data), digest)
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError:
        discard_files(image)
        known = Image.objects.filter(sha256=digest).first()
        if known is None:
            raise
        return known, False
    return image, True


def make_files(image: Image, picture: Pillow.Image, digest: str) -> None:
    """Store a picture's files under new names, which `image` then holds unsaved; of a failure nothing is left."""
    image.sha256, image.key = digest, secrets.token_urlsafe(24)
    image.width, image.height = picture.size
    image.widths = [width for width in WIDTHS if width < picture.width] or [picture.width]
    if picture.width <= WIDTHS[-1] and picture.width not in image.widths:
        image.widths.append(picture.width)
    image.original = f"originals/{secrets.token_urlsafe(24)}.webp"
    try:
        default_storage.save(image.original, _encoded(picture, quality=92, effort=EFFORT_FOR_ORIGINAL))
        for width in image.widths:
            default_storage.save(image.rendition_name(width), _encoded(_scaled(picture, width), quality=QUALITY))
    except BaseException:
        discard_files(image)
        raise


def discard_files(image: Image) -> None:
    """Remove a picture's files; those that are gone already do not matter."""
    for name in image.file_names:
        default_storage.delete(name)


def _scaled(picture: Pillow.Image, width: int) -> Pillow.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _encoded(picture: Pillow.Image, *, quality: int, effort: int = EFFORT) -> ContentFile:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=effort)
    return ContentFile(buffer.getvalue())
