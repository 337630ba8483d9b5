"""Taking pictures in: files that are refused, each for its reason, and what is left of those that are taken."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from articles.images.intake import MAX_BYTES, Refused, decode, take_in
from articles.models import Image
from tests.factories import edith, make_edition, picture_bytes

JPEG = picture_bytes()
SECRET = b"51 degrees 28 minutes"


def with_exif(kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (640, 360)) -> bytes:
    """A picture that says who took it, where, and which way up it is."""
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Secret Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return picture_bytes(kind, size, exif=exif)


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny PNG whose header says it is vast."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a JPEG, PNG or WebP"),
        (b"These are words.", "not a JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a JPEG, PNG or WebP"),
        (b"<html><script>alert(1)</script></html>", "not a JPEG, PNG or WebP"),
        (picture_bytes("GIF"), "not a JPEG, PNG or WebP"),
        (picture_bytes("BMP"), "not a JPEG, PNG or WebP"),
        (picture_bytes("TIFF"), "not a JPEG, PNG or WebP"),
        (picture_bytes("PDF"), "not a JPEG, PNG or WebP"),
        (JPEG[: len(JPEG) // 2], "damaged"),
        (picture_bytes("PNG")[:-30], "damaged"),
        (picture_bytes("WEBP")[:-30], "damaged"),
        (png_that_claims(8_000, 8_000), "50 million"),
        (png_that_claims(12_000, 12_000), "50 million"),
        (png_that_claims(60_000, 60_000), "50 million"),
        (JPEG + b"\0" * MAX_BYTES, "20 MB"),
    ],
)
@pytest.mark.django_db
def test_what_is_no_picture_of_ours_is_refused_with_its_reason(data, reason):
    with pytest.raises(Refused, match=reason):
        take_in(io.BytesIO(data), title="x")
    assert not Image.objects.exists()
    assert not default_storage.exists("originals")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_name_of_another_kind_does_not_matter_the_content_does(kind):
    assert decode(picture_bytes(kind)).size == (640, 360)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_pictures_of_every_mode_become_rgb(mode):
    buffer = io.BytesIO()
    Pillow.new(mode, (10, 10)).save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    assert decode(buffer.getvalue()).mode == "RGB"


SEEDS = [with_exif("JPEG", size=(40, 30)), with_exif("PNG", size=(40, 30)), with_exif("WEBP", size=(40, 30))]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6),
    st.floats(0.3, 1),
)
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_a_picture_or_refused_and_never_anything_else(seed, changes, kept):
    data = bytearray(seed)
    for place, value in changes:
        data[int(place * len(data))] = value
    try:
        picture = decode(bytes(data[: int(kept * len(data))]))
    except Refused:
        return
    assert picture.mode == "RGB"


def stored(image: Image) -> list[bytes]:
    """Every file of a picture, as it lies in storage."""
    names = [image.original, *(image.rendition_name(width) for width in image.widths)]
    files = []
    for name in names:
        with default_storage.open(name) as file:
            files.append(file.read())
    return files


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_where_and_by_whom_it_was_taken_is_kept(kind):
    data = with_exif(kind)
    assert SECRET in data
    for file in stored(take_in(io.BytesIO(data), title="x")):
        assert SECRET not in file
        assert b"Secret Photographer" not in file
        with Pillow.open(io.BytesIO(file)) as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


@pytest.mark.django_db
def test_a_picture_taken_sideways_stands_upright():
    image = take_in(io.BytesIO(with_exif(orientation=6)), title="x")
    assert (image.width, image.height) == (360, 640)


@pytest.mark.django_db
def test_the_same_file_twice_is_one_row():
    data = picture_bytes()
    first = take_in(io.BytesIO(data), title="First", by=edith())
    assert take_in(io.BytesIO(data), title="Second") == first
    assert Image.objects.get().title == "First"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (480, [480]), (481, [480, 481]), (960, [480, 960]), (1600, [480, 960, 1600]), (1700, [480, 960, 1600])],
)
def test_there_are_renditions_up_to_the_size_of_the_picture(width, widths):
    image = take_in(io.BytesIO(picture_bytes("PNG", (width, 10))), title="x")
    assert image.widths == widths
    assert image.picture.src.endswith(f"/{max(widths)}.webp")
    assert image.picture.srcset.count("w,") == len(widths) - 1
    for file, expected in zip(stored(image)[1:], widths, strict=True):
        with Pillow.open(io.BytesIO(file)) as rendition:
            assert rendition.width == expected


@pytest.mark.django_db
def test_names_in_storage_say_nothing_of_the_picture():
    image = take_in(io.BytesIO(picture_bytes()), title="Secret Guest", alt="secret guest")
    names = [image.original, image.rendition_name(480)]
    assert not any("secret" in name.lower() for name in names)
    assert len(image.key) >= 32


@pytest.mark.django_db
def test_the_page_shows_the_picture_with_its_size_and_words(client):
    image = take_in(io.BytesIO(picture_bytes()), title="x", alt='A "quoted" <keep>', credit="Rory")
    page = client.get(make_edition(lead_image=image.pk).path).content.decode()
    assert 'alt="A &quot;quoted&quot; &lt;keep&gt;"' in page
    assert 'width="640" height="360"' in page
    assert image.original not in page
