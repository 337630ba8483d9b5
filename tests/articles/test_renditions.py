"""The files that pages show of a picture: which there are, what is cut, and making them again."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image as Pillow

from articles.images.intake import take_in
from articles.images.library import changed
from articles.images.renditions import SHARED
from articles.models import Edition, Image
from tests.factories import make_edition, make_picture

pytestmark = pytest.mark.django_db


def halves(**about) -> Image:
    """A picture that is red on the left and blue on the right, and wide."""
    picture, buffer = Pillow.new("RGB", (1600, 400), "red"), io.BytesIO()
    picture.paste("blue", (800, 0, 1600, 400))
    picture.save(buffer, "PNG")
    return take_in(io.BytesIO(buffer.getvalue()), title="Halves", **about)


def middle_of(name: str) -> str:
    with default_storage.open(name) as file, Pillow.open(file) as picture:
        assert picture.size == SHARED
        red, _, blue = picture.convert("RGB").getpixel((600, 315))
        return "red" if red > blue else "blue"


@pytest.mark.parametrize(("x", "colour"), [(0.0, "red"), (1.0, "blue")])
def test_what_is_shared_is_cut_around_the_focal_point(x, colour):
    assert middle_of(halves(focal_x=x).shared_name) == colour


def test_another_focal_point_makes_another_file_to_share(client):
    image = halves(focal_x=0.0, alt="Two colours", credit="Rory")
    edition = make_edition(lead_image=image.pk)
    image.focal_x = 1.0
    image.save()
    changed(image)
    assert middle_of(image.shared_name) == "blue"
    page = client.get(edition.path).content.decode()
    assert f'{image.picture.shared}">' in page


def test_pages_offer_avif_first_and_load_the_lead_at_once(client):
    image = make_picture()
    page = client.get(make_edition(lead_image=image.pk).path).content.decode()
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert f'<picture><source type="image/avif" srcset="{image.picture.avif}" sizes=' in figure
    assert 'fetchpriority="high"' in figure
    assert "lazy" not in figure
    assert 'width="640" height="360"' in figure


def test_every_address_on_the_page_is_answered(client):
    image = make_picture()
    kinds = {}
    for part in f"{image.picture.avif}, {image.picture.srcset}, {image.picture.shared} 1w".split(", "):
        response = client.get(part.split()[0])
        kinds[response["Content-Type"]] = response.status_code
        response.close()
    assert kinds == {"image/avif": 200, "image/webp": 200, "image/jpeg": 200}


def run(*options: str) -> tuple[str, str]:
    out, wrong = io.StringIO(), io.StringIO()
    call_command("renditions", *options, stdout=out, stderr=wrong)
    return out.getvalue(), wrong.getvalue()


def test_a_picture_of_before_gets_what_it_lacks_and_stories_show_it():
    image = make_picture()
    for name in image.rendition_names:
        if not name.endswith(".webp"):
            default_storage.delete(name)
    Image.objects.update(is_complete=False)
    edition = make_edition(lead_image=image.pk)
    assert edition.story.picture.avif == ""
    assert "1 made" in run("--missing")[0]
    image.refresh_from_db()
    assert all(default_storage.exists(name) for name in image.rendition_names)
    assert Edition.objects.get().story.picture.avif == image.picture.avif
    assert "Every picture has its files" in run()[0]


def test_all_are_made_afresh_and_a_lost_original_is_named():
    kept, lost = make_picture("Kept"), make_picture("Lost")
    default_storage.delete(lost.original)
    with default_storage.open(kept.rendition_name(480), "wb") as file:
        file.write(b"spoilt")
    made, wrong = run("--all")
    assert "1 made" in made
    assert "“Lost”: its original is gone" in wrong
    with default_storage.open(kept.rendition_name(480)) as file, Pillow.open(file) as picture:
        assert picture.width == 480
    assert all(default_storage.exists(name) for name in lost.rendition_names)
