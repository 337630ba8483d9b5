"""The files that pages show of a picture: those of the ladder, cut around the focal point. Safe to make again."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image as Pillow

from ..ladder import Rung
from ..models import Image, Making

# How long WebP may look for a smaller file is 0 to 6. At AVIF's 8 of 0 to 10 three widths of a drawing
# take half a second, as WebP's do, for a fifth fewer bytes; at 6 they took two seconds.
# A quality of 50 instead of 60 takes a quarter off a photograph: tests/browser/test_weight.py counts what readers pay.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "webp": ("WEBP", {"quality": 80, "method": 4}),
    "avif": ("AVIF", {"quality": 50, "speed": 8}),
    "jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
}
# Nobody takes so long for one file: who does was killed.
GIVEN_UP_AFTER = timedelta(minutes=1)
# How long a reader waits for a file that somebody else is making, in seconds.
PATIENCE = 5.0
LOOK_AGAIN = 0.1


def lacking(image: Image) -> list[Rung]:
    """The files of the ladder that are not there."""
    there = set(names_in(image.folder))
    return [rung for rung in image.rungs if rung.name not in there]


def names_in(folder: str) -> list[str]:
    """The files of a folder in storage; none where there is no such folder."""
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def complete(image: Image) -> bool:
    """Make what files the picture lacks; False when its original is gone."""
    wanted = lacking(image)
    original = original_of(image) if wanted else None
    if original:
        make(image, original, wanted)
    elif wanted:
        return False
    same = Image.objects.filter(pk=image.pk, key=image.key, focal_x=image.focal_x, focal_y=image.focal_y)
    same.update(is_complete=not lacking(image))
    return True


def make(image: Image, picture: Pillow.Image, wanted: list[Rung]) -> None:
    """Store these files of `picture`, but for those that are there, or that somebody else is making now."""
    for _, same in groupby(wanted, lambda rung: (rung.shape, rung.width, rung.height)):
        rungs = list(same)
        scaled = drawn(picture, rungs[0], image)
        for rung in rungs:
            name = image.folder + rung.name
            with alone(name) as is_ours:
                if is_ours and not default_storage.exists(name):
                    store(name, scaled, *KINDS[rung.kind])


def drawn(picture: Pillow.Image, rung: Rung, image: Image) -> Pillow.Image:
    """The picture at a file's size; what is cut off is what lies farthest from the focal point."""
    wide, high = rung.shape.cut_of(*picture.size)
    left, top = round((picture.width - wide) * image.focal_x), round((picture.height - high) * image.focal_y)
    box = (left, top, left + wide, top + high)
    return picture.resize((rung.width, rung.height), Pillow.Resampling.LANCZOS, box=box)


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether the file is ours to make; others are told that it is not, until we are done."""
    Making.objects.filter(name=name, since__lt=timezone.now() - GIVEN_UP_AFTER).delete()
    try:
        with transaction.atomic():
            Making.objects.create(name=name)
    except IntegrityError:
        yield False
        return
    try:
        yield True
    finally:
        Making.objects.filter(name=name).delete()


def needed(image: Image, name: str) -> bool:
    """Whether a public file of this name is there, made now if it must be and can be.

    Of a hundred who ask at once one makes it, and the others wait for that.
    """
    path = image.folder + name
    if default_storage.exists(path):
        return True
    rung = next((rung for rung in image.rungs if rung.name == name), None)
    original = original_of(image) if rung else None
    if rung is None or original is None:
        return False
    make(image, original, [rung])
    return _awaited(path)


def _awaited(path: str) -> bool:
    """Whether the file is there, or comes soon."""
    until = time.monotonic() + PATIENCE
    while not (is_there := default_storage.exists(path)) and time.monotonic() < until:
        time.sleep(LOOK_AGAIN)
    return is_there


def store(name: str, picture: Pillow.Image, kind: str, options: dict[str, Any]) -> None:
    """Write a picture under a name."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    default_storage.save(name, ContentFile(buffer.getvalue()))


def original_of(image: Image) -> Pillow.Image | None:
    """The original, decoded; None when its file is gone or spoilt."""
    try:
        with default_storage.open(image.original) as file, Pillow.open(file) as picture:
            return picture.convert("RGB")
    except OSError:
        return None
