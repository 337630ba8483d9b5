"""The files that pages show of a picture: WebP and AVIF at fixed widths, and a JPEG for sharing."""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from ..models import Image

# The widths that pages ask for, in pixels.
WIDTHS = (480, 960, 1600)
# What other sites show of a shared story; many take no WebP.
SHARED = (1200, 630)
# How long WebP may look for a smaller file is 0 to 6. At AVIF's 8 of 0 to 10 all three widths of a drawing
# take half a second, as WebP's do, for a fifth fewer bytes; at 6 they took two seconds.
WEBP: dict[str, Any] = {"quality": 80, "method": 4}
AVIF: dict[str, Any] = {"quality": 60, "speed": 8}
JPEG: dict[str, Any] = {"quality": 82, "optimize": True, "progressive": True}


def widths_for(picture: Pillow.Image) -> list[int]:
    """Every width up to the picture's own, which is the last unless it is larger than any page asks for."""
    widths = [width for width in WIDTHS if width < picture.width]
    return widths if picture.width > WIDTHS[-1] else [*widths, picture.width]


def make(image: Image, picture: Pillow.Image) -> None:
    """Store every rendition of `picture` that is not there yet, and note on `image` (unsaved) that all are."""
    for width in image.widths:
        scaled = picture.resize((width, _height(picture, width)), Pillow.Resampling.LANCZOS)
        store(image.rendition_name(width), scaled, "WEBP", WEBP)
        store(image.rendition_name(width, "avif"), scaled, "AVIF", AVIF)
    make_shared(image, picture)
    image.is_complete = True


def make_shared(image: Image, picture: Pillow.Image) -> None:
    """Store what other sites show, cut around the focal point."""
    cut = ImageOps.fit(picture, SHARED, Pillow.Resampling.LANCZOS, centering=(image.focal_x, image.focal_y))
    store(image.shared_name, cut, "JPEG", JPEG)


def store(name: str, picture: Pillow.Image, kind: str, options: dict[str, Any]) -> None:
    """Write a picture under a name, unless it is there."""
    if not default_storage.exists(name):
        buffer = io.BytesIO()
        picture.save(buffer, kind, **options)
        default_storage.save(name, ContentFile(buffer.getvalue()))


def original_of(image: Image) -> Pillow.Image | None:
    """The original, decoded; None when its file is gone."""
    try:
        with default_storage.open(image.original) as file, Pillow.open(file) as picture:
            return picture.convert("RGB")
    except OSError:
        return None


def _height(picture: Pillow.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))
