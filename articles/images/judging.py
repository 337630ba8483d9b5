"""Judging a file by decoding it, never by its name: a picture in plain sRGB, or the reason why not. Stores nothing."""

import io
import warnings

from PIL import Image as Pillow
from PIL import ImageCms, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_FRAMES = 500
# The longest side that is kept. No page asks for more, and a picture of 50 million pixels would take 150 MB.
KEPT = 4000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
WANTED = "JPEG, PNG, WebP, AVIF or GIF"

# What a file begins with that is plainly something else, and what one then says.
BEGINNINGS = (
    (b"%pdf-", "The file is a PDF. Save the picture in it as JPEG or PNG."),
    (b"<svg", "SVG drawings are not taken, for they can carry programs. Save it as PNG."),
    (b"<html", "The file is a web page, not a picture."),
    (b"<!doctype html", "The file is a web page, not a picture."),
)
# Words of which no picture is made by chance: a browser could take such a file for something else.
FOREIGN = (b"<script", b"<html", b"<!doctype html", b"<?php", b"<svg ", b"%pdf-")
END_OF_ZIP = b"PK\x05\x06"
ZIP_TAIL = 65_557  # bytes; the end of a ZIP archive and its longest comment
HEAD = 1024  # bytes


class Refused(ValueError):
    """A file that is no picture we take; the message says why."""


def decode(data: bytes) -> Pillow.Image:
    """The picture in `data`: upright, in sRGB on white, its longest side at most 4,000, without metadata.

    Of a moving picture it is the first frame. Raises Refused.
    """
    _look_over(data)
    try:
        with warnings.catch_warnings():
            # Damaged notes of the camera's: they are dropped anyway.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            return _bare(_opened(data))
    except UnidentifiedImageError as error:
        raise Refused(f"The file is not a {WANTED} picture, or too damaged to tell.") from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise Refused("The picture has over 50 million pixels.") from error
    except Refused:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError, RuntimeError) as error:
        raise Refused("The picture is damaged and cannot be read to its end.") from error


def _look_over(data: bytes) -> None:
    """Refuse what can be refused without decoding."""
    if not data:
        raise Refused("The file is empty.")
    if len(data) > MAX_BYTES:
        raise Refused("The picture is over 20 MB.")
    head = data[:HEAD].lower()
    for beginning, sentence in BEGINNINGS:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(beginning) or (
            head.lstrip()[:1] == b"<" and beginning in head
        ):
            raise Refused(sentence)
    lowered = data.lower()
    if END_OF_ZIP in data[-ZIP_TAIL:] or any(word in lowered for word in FOREIGN):
        raise Refused("The file is more than a picture: there is a page, a program or an archive in it.")


def _opened(data: bytes) -> Pillow.Image:
    """The picture by its header alone: nothing is decoded before its size and its frames are known to be small."""
    picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("The picture has over 50 million pixels.")
    frames = gif_frames(data) if picture.format == "GIF" else getattr(picture, "n_frames", 1)
    if frames > MAX_FRAMES:
        raise Refused(f"The picture moves for more than {MAX_FRAMES} frames. Show it as a video.")
    return picture


def gif_frames(data: bytes) -> int:
    """How many frames a GIF has, counted block by block as far as it matters; nothing is decoded."""
    place, frames = 13 + _colours(data[10]), 0
    while frames <= MAX_FRAMES and place < len(data) and data[place] in b"!,":
        if data[place : place + 1] == b",":
            frames += 1
            place += 11 + _colours(data[place + 9])
        else:
            place += 2
        while data[place]:
            place += data[place] + 1
        place += 1
    return frames


def _colours(packed: int) -> int:
    """The bytes of the table of colours that these flags announce."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _bare(picture: Pillow.Image) -> Pillow.Image:
    """The pixels of an opened picture, and nothing else of it."""
    profile, orientation = picture.info.get("icc_profile"), picture.getexif().get(0x0112, 1)
    upright = _turned(_in_srgb(_flat(_reduced(picture)), profile), orientation)
    bare = Pillow.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _reduced(picture: Pillow.Image) -> Pillow.Image:
    """The picture no larger than we keep it; a large JPEG is never decoded whole."""
    share = KEPT / max(picture.size)
    if share >= 1:
        return picture
    wanted = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    picture.draft(None, wanted)
    if picture.mode in {"1", "P"}:  # which Pillow would scale by leaving pixels out
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.resize(wanted, Pillow.Resampling.LANCZOS, reducing_gap=1.0)


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """The picture without transparency: what lay under it is white. Grey and CMYK stay what they are."""
    picture.load()
    if picture.has_transparency_data:
        ground = Pillow.new("RGBA", picture.size, "white")
        return Pillow.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("L" if picture.mode.startswith("I") else "RGB")


def _in_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """The same colours in sRGB; a profile that is broken or for another kind of picture is passed over."""
    if profile:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    return picture.convert("RGB")


def _turned(picture: Pillow.Image, orientation: int) -> Pillow.Image:
    """The picture as it was seen: `orientation` is EXIF's number for how the camera was held."""
    how = TURNS.get(orientation)
    return picture if how is None else picture.transpose(how)


TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
