"""The files that pages show of a picture: which there are, what is cut, who makes them and when."""

import io
import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Pillow

from articles.images import renditions
from articles.images.intake import finish, take_in
from articles.images.library import changed
from articles.images.renditions import complete, lacking, needed
from articles.ladder import SHAPES, ladder
from articles.models import Edition, Image, Making
from tests.articles.test_at_once import at_once
from tests.factories import make_edition, make_picture

pytestmark = pytest.mark.django_db

CUT = ("16x9", "4x3", "1x1", "share")


def thirds(**about) -> Image:
    """A wide picture: red on the left, white in the middle, blue on the right."""
    picture, buffer = Pillow.new("RGB", (2400, 800), "white"), io.BytesIO()
    picture.paste("red", (0, 0, 800, 800))
    picture.paste("blue", (1600, 0, 2400, 800))
    picture.save(buffer, "PNG")
    return take_in(io.BytesIO(buffer.getvalue()), title="Thirds", alt="Colours", credit="Rory", **about)


def colours_of(name: str) -> tuple[str, ...]:
    """What is seen at the left edge, in the middle and at the right edge."""
    with default_storage.open(name) as file, Pillow.open(file) as picture:
        row = picture.convert("RGB")
        seen = [row.getpixel((x, row.height // 2)) for x in (2, row.width // 2, row.width - 3)]
    return tuple("white" if min(one) > 200 else "red" if one[0] > one[2] else "blue" for one in seen)


def stored_name(image: Image, address: str) -> str:
    return image.folder + address.rsplit("/", 1)[1]


# --- The ladder ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (640, 360), (1200, 1200), (1601, 900), (4000, 2667)])
def test_no_file_is_larger_than_the_picture_and_each_has_its_shape(size):
    for rung in ladder(*size, "50-50"):
        assert 1 <= rung.width <= size[0]
        assert 1 <= rung.height <= size[1]
        if rung.shape.ratio and min(size) > 100:
            across, down = rung.shape.ratio
            assert abs(rung.width * down / across - rung.height) <= 1


def test_of_a_large_picture_there_are_these_files_and_no_others():
    assert " ".join(sorted(rung.name for rung in ladder(4000, 3000, "50-33"))) == (
        "1600.avif 1600.webp 16x9-50-33-1200.jpg 16x9-50-33-1600.avif 16x9-50-33-1600.webp 16x9-50-33-320.avif "
        "16x9-50-33-320.webp 16x9-50-33-640.avif 16x9-50-33-640.webp 16x9-50-33-960.avif 16x9-50-33-960.webp "
        "1x1-50-33-1200.jpg 1x1-50-33-320.avif 1x1-50-33-320.webp 1x1-50-33-640.avif 1x1-50-33-640.webp 480.avif "
        "480.webp 4x3-50-33-1200.jpg 4x3-50-33-240.avif 4x3-50-33-240.webp 4x3-50-33-480.avif 4x3-50-33-480.webp "
        "830.avif 830.webp 960.jpg share-50-33-1200.jpg"
    )


def test_each_file_is_what_its_name_says():
    image = thirds()
    assert complete(image)
    for rung in image.rungs:
        with default_storage.open(image.folder + rung.name) as file, Pillow.open(file) as picture:
            assert picture.size == (rung.width, rung.height)
            assert picture.format == {"jpg": "JPEG"}.get(rung.kind, rung.kind.upper())


@pytest.mark.parametrize("shape", CUT)
@pytest.mark.parametrize(
    ("x", "edge", "colour"), [(0.0, 0, "red"), (1.0, 2, "blue"), (0.5, 1, "white")], ids=["left", "right", "middle"]
)
def test_what_is_cut_off_is_far_from_the_focal_point(shape, x, edge, colour):
    image = thirds(focal_x=x)
    complete(image)
    cut = image.picture.cut(shape)
    for address in (cut.src, *(part.split()[0] for part in f"{cut.srcset}, {cut.avif}".split(", ") if part)):
        assert colours_of(stored_name(image, address))[edge] == colour


def test_another_focal_point_makes_other_files(client, django_capture_on_commit_callbacks):
    image = thirds(focal_x=0.0)
    edition = make_edition(lead_image=image.pk)
    image.focal_x = 1.0
    image.save()
    with django_capture_on_commit_callbacks(execute=True):
        changed(image)
    assert lacking(image) == []
    page = client.get(edition.path).content.decode()
    assert f'<meta property="og:image" content="http://localhost:8000{image.picture.shared.src}">' in page
    assert "share-100-50" in image.picture.shared.src


# --- Pages -----------------------------------------------------------------------------------------


def test_the_lead_is_offered_in_three_kinds_and_loads_at_once(client):
    image = make_picture()
    page = client.get(make_edition(lead_image=image.pk).path).content.decode()
    figure = page[page.index("<figure") : page.index("</figure>")]
    whole = image.picture.whole
    assert f'<picture><source type="image/avif" srcset="{whole.avif}" sizes=' in figure
    assert f'<source type="image/webp" srcset="{whole.srcset}" sizes=' in figure
    assert f'<img src="{whole.src}" width="640" height="360"' in figure
    assert 'fetchpriority="high"' in figure
    assert "lazy" not in figure


def test_lists_show_it_cut_and_load_all_but_the_first_when_they_come_near(client):
    for _ in range(3):
        make_edition(lead_image=make_picture().pk)
    page = client.get("/tv/").content.decode()
    images = re.findall(r"<picture>.*?</picture>", page)
    assert len(images) == 3
    assert all("/16x9-50-50-" in image for image in images)
    assert [("fetchpriority" in image, 'loading="lazy"' in image) for image in images] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def addresses_in(page: str) -> set[str]:
    return set(re.findall(r"/media/pictures/[\w./-]+", page))


def test_every_address_on_any_page_is_on_the_ladder_and_answered(client):
    image, other = make_picture(), make_picture()
    gallery = f'<p>Words.</p><div data-gallery="{image.pk},{other.pk}"></div>'
    edition = make_edition(lead_image=image.pk, body=gallery)
    asked = set()
    for path in (edition.path, "/", "/tv/", "/feed/", "/feed.json"):
        asked |= addresses_in(client.get(path).content.decode())
    on_the_ladder = {f"/media/{one.folder}{rung.name}" for one in (image, other) for rung in one.rungs}
    assert len(asked) > 12
    assert asked <= on_the_ladder
    for address in asked:
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content)


# --- Made when they are needed, and once -----------------------------------------------------------


def test_an_upload_is_followed_by_all_the_files(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = make_picture()
    assert lacking(image) == []
    assert Image.objects.get().is_complete


def test_until_then_there_is_the_smallest_for_the_library():
    image = make_picture()
    assert not image.is_complete
    assert default_storage.exists(image.folder + image.name_at_least(1))


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_need_a_file_at_once_one_makes_it_and_all_get_it():
    image, store = make_picture(), mock.Mock(wraps=renditions.store)
    name = image.rungs[-1].name
    default_storage.delete(image.folder + name)
    with mock.patch.object(renditions, "store", store):
        got = at_once(8, lambda _: needed(image, name))
    assert got == [True] * 8
    assert store.call_count == 1
    assert not Making.objects.exists()


def test_a_file_that_a_killed_process_had_begun_is_made_after_a_minute():
    image = make_picture()
    name = image.rungs[-1].name
    Making.objects.create(name=image.folder + name)
    with mock.patch.object(renditions, "PATIENCE", 0.0):
        assert not needed(image, name)
        Making.objects.update(since=timezone.now() - timedelta(minutes=2))
        assert needed(image, name)


def test_whoever_fails_lets_others_try():
    image = make_picture()
    name = image.rungs[-1].name
    with mock.patch.object(renditions, "store", side_effect=OSError("full")), pytest.raises(OSError, match="full"):
        needed(image, name)
    assert needed(image, name)


def test_the_task_for_a_picture_deleted_meanwhile_does_nothing():
    finish(pk=0)


# --- The command -----------------------------------------------------------------------------------


def run(*options: str) -> tuple[str, str]:
    out, wrong = io.StringIO(), io.StringIO()
    call_command("renditions", *options, stdout=out, stderr=wrong)
    return out.getvalue(), wrong.getvalue()


def test_missing_files_are_made():
    image = make_picture()
    assert "1 of 1 pictures have all" in run("--missing")[0]
    assert lacking(image) == []
    assert Image.objects.get().is_complete


def test_all_are_made_afresh_and_a_lost_original_is_named():
    kept, lost = make_picture("Kept"), make_picture("Lost")
    run()
    default_storage.delete(lost.original)
    with default_storage.open(f"{kept.folder}480.webp", "wb") as file:
        file.write(b"spoilt")
    default_storage.delete(f"{lost.folder}480.avif")
    made, wrong = run("--all")
    assert "1 of 2 pictures have all" in made
    assert "“Lost”: its original is gone" in wrong
    with default_storage.open(f"{kept.folder}480.webp") as file, Pillow.open(file) as picture:
        assert picture.width == 480
    assert [rung.name for rung in lacking(lost)] == ["480.avif"]


def test_every_shape_has_a_name_that_a_template_can_ask_for():
    edition = make_edition(lead_image=make_picture().pk)
    picture = Edition.objects.get(pk=edition.pk).card.picture
    assert all(picture.cut(name).src for name in SHAPES)
