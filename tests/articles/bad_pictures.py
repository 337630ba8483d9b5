"""A folder of files that are no pictures of ours, made by code: name, content, and a word of the reason given.

    python -m tests.articles.bad_pictures FOLDER

writes them out, to be dropped on the upload page by hand.
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image as Pillow

PNG = b"\x89PNG\r\n\x1a\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def a_picture(kind: str) -> bytes:
    """A picture with enough in it to be cut in half."""
    buffer = io.BytesIO()
    Pillow.effect_noise((120, 80), 60).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny PNG whose header says it is vast."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def png_of_nothing(width: int, height: int) -> bytes:
    """A whole PNG of white pixels that takes next to no room: a bomb."""
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif_of(frames: int) -> bytes:
    """A GIF of one white pixel, so many times over."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\xff\xff\xff\0\0\0"
    return head + (b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00") * frames + b";"


def with_an_archive(picture: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("payload.html", PAGE)
    return picture + buffer.getvalue()


def bad_pictures() -> Iterator[tuple[str, bytes, str]]:
    jpeg, png = a_picture("JPEG"), a_picture("PNG")
    yield "empty.jpg", b"", "empty"
    yield "words.jpg", b"These are words.", "not a JPEG"
    yield "zeros.png", b"\0" * 5000, "not a JPEG"
    yield "drawing.svg", SVG, "SVG"
    yield "drawing-in-png-clothes.png", b'<?xml version="1.0"?>\n' + SVG, "SVG"
    yield "drawing-with-a-png-head.png", PNG + SVG, "more than a picture"
    yield "paper.jpg", b"%PDF-1.7\n%%EOF", "PDF"
    yield "page.gif", PAGE, "web page"
    yield "page-with-a-gif-head.gif", b"GIF89a" + PAGE, "more than a picture"
    yield "page-with-a-jpeg-head.jpg", jpeg[:20] + PAGE, "more than a picture"
    yield "page-after-a-picture.png", png + PAGE, "more than a picture"
    yield "program-after-a-picture.jpg", jpeg + b"<?php system($_GET['x']); ?>", "more than a picture"
    yield "archive-after-a-picture.jpg", with_an_archive(jpeg), "more than a picture"
    yield "paper-after-a-picture.jpg", jpeg + b"%PDF-1.7\n%%EOF", "more than a picture"
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        whole = a_picture(kind)
        yield f"half.{kind.lower()}", whole[: len(whole) // 2], "damaged"
    for kind in ("BMP", "TIFF", "ICO", "PPM"):
        yield f"other.{kind.lower()}.jpg", a_picture(kind), "not a JPEG"
    yield "vast.png", png_that_claims(50_000, 50_000), "50 million"
    yield "large.png", png_that_claims(8_000, 8_000), "50 million"
    yield "bomb.png", png_of_nothing(30_000, 30_000), "50 million"
    yield "film.gif", gif_of(10_000), "frames"
    yield "long-film.gif", gif_of(1_000_000), "frames"
    yield "heavy.jpg", jpeg + b"\0" * (20 * 1024 * 1024), "20 MB"


def write_out(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data, _ in bad_pictures():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_out(Path(sys.argv[1]))
