"""Taking a picture in: judged by decoding it, never by its name; kept without metadata."""

import hashlib
import io
import secrets
import warnings
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from newsroom.lib.people import Person

from ..models import Image

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# The widths that pages ask for, in pixels.
WIDTHS = (480, 960, 1600)
QUALITY = 80
# How long WebP may look for a smaller file, 0 to 6. Originals stay here: of 50 million pixels 4 took
# eleven seconds and 2 took two, for 4 % more bytes, and the form waits for it.
EFFORT = 4
EFFORT_FOR_ORIGINAL = 2


class Refused(ValueError):
    """A file that is no picture we take; the message says why."""


def take_in(file: IO[bytes], *, title: str, by: Person | None = None, **about: Any) -> Image:
    """Store a picture with its renditions; the same file again gives the row that is there.

    `about` may hold the picture's other fields. Raises Refused.
    """
    data = file.read(MAX_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    known = Image.objects.filter(sha256=digest).first()
    if known:
        return known
    picture = decode(data)
    image = Image(title=title, sha256=digest, uploaded_by=by, key=secrets.token_urlsafe(24), **about)
    image.width, image.height = picture.size
    image.widths = [width for width in WIDTHS if width < picture.width] or [picture.width]
    if picture.width <= WIDTHS[-1] and picture.width not in image.widths:
        image.widths.append(picture.width)
    original = _encoded(picture, quality=92, effort=EFFORT_FOR_ORIGINAL)
    image.original = default_storage.save(f"originals/{secrets.token_urlsafe(24)}.webp", original)
    for width in image.widths:
        default_storage.save(image.rendition_name(width), _encoded(_scaled(picture, width), quality=QUALITY))
    image.save()
    return image


def decode(data: bytes) -> Pillow.Image:
    """The picture in `data`, upright, in RGB, without metadata. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused("The picture is over 20 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("The picture has over 50 million pixels.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError as error:
        raise Refused("The file is not a JPEG, PNG or WebP picture.") from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise Refused("The picture has over 50 million pixels.") from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("The picture is damaged and cannot be read.") from error
    bare = Pillow.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _scaled(picture: Pillow.Image, width: int) -> Pillow.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _encoded(picture: Pillow.Image, *, quality: int, effort: int = EFFORT) -> ContentFile:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=effort)
    return ContentFile(buffer.getvalue())
