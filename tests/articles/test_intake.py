"""Taking pictures in: files that are refused, each for its reason, and what is left of those that are taken."""

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from articles.images.intake import Refused, admit, decode, take_in
from articles.images.judging import KEPT, MAX_FRAMES, gif_frames
from articles.images.renditions import complete
from articles.models import Image
from tests.articles.bad_pictures import bad_pictures, gif_of
from tests.articles.test_at_once import at_once
from tests.factories import edith, make_edition, picture_bytes

SECRET = b"51 degrees 28 minutes"


def with_exif(kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (640, 360)) -> bytes:
    """A picture that says who took it, where, and which way up it is."""
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Secret Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return picture_bytes(kind, size, exif=exif)


BAD = {name: (data, reason) for name, data, reason in bad_pictures()}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.django_db
def test_what_is_no_picture_of_ours_is_refused_with_its_reason(name):
    data, reason = BAD[name]
    with pytest.raises(Refused, match=reason):
        take_in(io.BytesIO(data), title="x")
    assert not Image.objects.exists()
    assert not default_storage.exists("originals")


MEASURE = """
import django
from pathlib import Path
django.setup()
from articles.images.judging import Refused, decode
from tests.articles.bad_pictures import bad_pictures
for name, data, reason in bad_pictures():
    try:
        decode(data)
    except Refused:
        continue
    raise SystemExit(f"{name} was taken")
# Of this program alone: what getrusage says counts the process that started it.
print(next(int(line.split()[1]) // 1024 for line in Path("/proc/self/status").open() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from Linux's /proc")
def test_judging_all_that_is_bad_takes_less_than_300_megabytes():
    """In a process of its own, Django and the files themselves included; 130 MB when this was written."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        capture_output=True,
        text=True,
        check=True,
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    megabytes = int(done.stdout)
    print(f"{megabytes} MB at most")
    assert megabytes < 300


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_name_of_another_kind_does_not_matter_the_content_does(kind):
    assert decode(picture_bytes(kind)).size == (640, 360)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_pictures_of_every_mode_become_rgb(mode):
    buffer = io.BytesIO()
    Pillow.new(mode, (10, 10)).save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    assert decode(buffer.getvalue()).mode == "RGB"


SEEDS = [with_exif(kind, size=(40, 30)) for kind in ("JPEG", "PNG", "WEBP", "AVIF")] + [picture_bytes("GIF", (40, 30))]


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


def finished(data: bytes) -> Image:
    """A picture with all that pages may ask for."""
    image = take_in(io.BytesIO(data), title="x")
    assert complete(image)
    return image


def stored(image: Image) -> list[bytes]:
    """Every file of a picture, as it lies in storage."""
    files = []
    for name in image.file_names:
        with default_storage.open(name) as file:
            files.append(file.read())
    return files


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_of_where_and_by_whom_it_was_taken_is_kept(kind):
    data = with_exif(kind)
    assert SECRET in data
    for file in stored(finished(data)):
        assert SECRET not in file
        assert b"Secret Photographer" not in file
        with Pillow.open(io.BytesIO(file)) as picture:
            assert not picture.getexif()
            assert not {name for name in ("exif", "xmp", "icc_profile", "comment") if picture.info.get(name)}


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


def test_what_is_behind_a_transparent_picture_is_white():
    buffer = io.BytesIO()
    Pillow.new("RGBA", (10, 10), (255, 0, 0, 0)).save(buffer, "PNG")
    assert decode(buffer.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_colours_of_another_profile_become_those_of_srgb():
    """Red and blue change places in the profile, so in the picture too."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    assert with_profile((200, 0, 10), bytes(swapped))[2] > 150
    assert with_profile((200, 0, 10), b"no profile") == (200, 0, 10)


def with_profile(colour: tuple[int, int, int], profile: bytes) -> tuple[int, int, int]:
    buffer = io.BytesIO()
    Pillow.new("RGB", (10, 10), colour).save(buffer, "PNG", icc_profile=profile)
    picture = decode(buffer.getvalue())
    assert "icc_profile" not in picture.info
    return picture.getpixel((5, 5))


def test_a_picture_larger_than_any_page_asks_for_is_made_smaller():
    assert decode(picture_bytes("PNG", (KEPT + 100, 50))).size == (KEPT, 49)


@pytest.mark.parametrize("frames", [1, 2, MAX_FRAMES])
def test_of_a_moving_picture_the_first_frame_is_taken(frames):
    assert gif_frames(gif_of(frames)) == frames
    assert decode(gif_of(frames)).size == (1, 1)


def files() -> list[str]:
    """Every file in storage."""
    root = django_settings.MEDIA_ROOT
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_four_at_once_is_one_picture_and_one_set_of_files():
    data = picture_bytes()
    got = at_once(4, lambda _: admit(io.BytesIO(data), title="x"))
    image = Image.objects.get()
    assert [found for found, _ in got] == [image] * 4
    assert sorted(is_new for _, is_new in got) == [False, False, False, True]
    complete(image)
    assert files() == sorted(image.file_names)


@pytest.mark.django_db
@pytest.mark.parametrize("step", [0, 1])
def test_of_a_picture_that_fails_in_the_middle_nothing_is_left(step):
    save, count = default_storage.save, iter(range(9))

    def fail(name, content):
        if next(count) == step:
            raise OSError("The disk is full.")
        return save(name, content)

    with mock.patch.object(default_storage, "save", fail), pytest.raises(OSError, match="full"):
        take_in(io.BytesIO(picture_bytes()), title="x")
    assert not Image.objects.exists()
    assert files() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (480, [480]), (481, [480, 481]), (830, [480, 830]), (1600, [480, 830, 1600]), (1700, [480, 830, 1600])],
)
def test_there_are_renditions_up_to_the_size_of_the_picture(width, widths):
    image = finished(picture_bytes("PNG", (width, 10)))
    whole = image.picture.whole
    assert image.picture.largest.endswith(f"/{max(widths)}.webp")
    for srcset, kind in ((whole.srcset, "webp"), (whole.avif, "avif")):
        assert srcset == ", ".join(f"/media/{image.folder}{each}.{kind} {each}w" for each in widths)
        for expected in widths:
            with default_storage.open(f"{image.folder}{expected}.{kind}") as file, Pillow.open(file) as rendition:
                assert (rendition.width, rendition.format) == (expected, kind.upper())


@pytest.mark.django_db
def test_names_in_storage_say_nothing_of_the_picture():
    image = take_in(io.BytesIO(picture_bytes()), title="Secret Guest", alt="secret guest")
    names = image.file_names
    assert not any("secret" in name.lower() for name in names)
    assert len(image.key) >= 32


@pytest.mark.django_db
def test_the_page_shows_the_picture_with_its_size_and_words(client):
    image = take_in(io.BytesIO(picture_bytes()), title="x", alt='A "quoted" <keep>', credit="Rory")
    page = client.get(make_edition(lead_image=image.pk).path).content.decode()
    assert 'alt="A &quot;quoted&quot; &lt;keep&gt;"' in page
    assert 'width="640" height="360"' in page
    assert image.original not in page
