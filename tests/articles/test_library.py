"""The picture library in the admin: its grid, adding, the page of a picture, replacing and deleting."""

import io
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles.images import library
from articles.images.judging import Refused
from articles.images.usage import is_used, unused, uses
from articles.models import Edition, Image
from articles.models.taxonomy import sections_of
from tests.articles.bad_pictures import bad_pictures
from tests.factories import (
    edith,
    make_article,
    make_edition,
    make_picture,
    make_section,
    mo,
    picture_bytes,
    republish,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
ADD = "/admin/articles/image/add/"
UPLOAD = "/admin/articles/image/upload/"


def file(name: str = "ferry_at-night.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if data is None else data)


def page_of(image: Image, part: str = "change") -> str:
    return f"/admin/articles/image/{image.pk}/{part}/"


# --- Adding ----------------------------------------------------------------------------------------


def test_one_file_by_the_form_leads_to_its_page():
    response = visit(rory()).post(ADD, {"file": file()})
    image = Image.objects.get()
    assert response["Location"] == page_of(image)
    assert (image.title, image.uploaded_by) == ("ferry at night", rory())


def test_of_many_files_each_refusal_is_named_and_the_others_are_taken():
    known = make_picture("The one we have")
    data = picture_bytes()
    again = [file("a.jpg", data), file("b.jpg", data), file("half.png", b"\x89PNG"), file("c.jpg")]
    response = visit(rory()).post(ADD, {"file": again})
    page = response.content.decode()
    assert response.status_code == 422
    assert Image.objects.exclude(pk=known.pk).count() == 2
    for words in (
        "a.jpg is in the library",
        "b.jpg: the library has this picture already, as “a”",
        "half.png: ",
        "c.jpg is",
    ):
        assert words in page


def test_the_form_without_a_file_says_so():
    response = visit(rory()).post(ADD)
    assert response.status_code == 422
    assert "Choose at least one picture" in response.content.decode()


def test_the_script_gets_its_answers_in_json():
    client, data = visit(rory()), picture_bytes()
    new = client.post(UPLOAD, {"file": file(data=data)})
    known = client.post(UPLOAD, {"file": file("other.jpg", data)})
    image = Image.objects.get()
    assert (new.status_code, known.status_code) == (201, 200)
    assert new.json()["id"] == known.json()["id"] == image.pk
    assert new.json()["url"] == page_of(image)
    assert "already, as “ferry at night”" in known.json()["sentence"]


@pytest.mark.parametrize(
    ("name", "data", "reason"), list(bad_pictures()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_bad_file_is_refused_by_name(name, data, reason):
    response = visit(rory()).post(UPLOAD, {"file": file(name, data)})
    assert response.status_code == 422
    assert response.json()["error"].startswith(f"{name}: ")
    assert reason in response.json()["error"]
    assert not Image.objects.exists()


def test_no_file_is_said_to_be_missing():
    assert visit(rory()).post(UPLOAD).status_code == 422
    assert visit(rory()).post(UPLOAD, {"file": "words"}).status_code == 422
    assert visit(rory()).get(UPLOAD).status_code == 405


def test_of_a_known_picture_it_is_said_when_its_rights_are_over():
    data = picture_bytes()
    visit(rory()).post(UPLOAD, {"file": file(data=data)})
    Image.objects.update(rights_until=timezone.localdate() - timedelta(days=1))
    known = visit(rory()).post(UPLOAD, {"file": file(data=data)}).json()
    assert (known["is_new"], known["is_expired"]) == (False, True)


def test_nobody_uploads_without_the_form_s_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(rory())
    assert client.post(UPLOAD, {"file": file()}).status_code == 403
    assert not Image.objects.exists()


def test_only_who_may_add_pictures_adds_one():
    assert Client().post(UPLOAD, {"file": file()}).status_code == 401
    for who in (rosa, mo):
        assert visit(who()).post(UPLOAD, {"file": file()}).status_code == 403
    assert visit(rosa()).post(ADD, {"file": file()}).status_code == 302
    assert visit(mo()).post(ADD, {"file": file()}).status_code == 403
    assert not Image.objects.exists()


def test_a_name_without_words_still_makes_a_title():
    visit(rory()).post(UPLOAD, {"file": file("___.jpg")})
    assert Image.objects.get().title == "A picture"


# --- The grid --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "all bare ending over silent"),
        ("lacks=credit", "bare"),
        ("lacks=alt", "bare"),
        ("rights=ending", "ending"),
        ("rights=over", "over"),
        ("rights=good", "all bare silent"),
        ("used=no", "bare ending over silent"),
        ("used=yes", "all"),
        ("by=me", "silent"),
        ("q=ALL", "all"),
        ("q=x%00y&lacks=nonsense", "all bare ending over silent"),
    ],
)
def test_the_grid_is_searched_and_sifted(query, titles):
    today = timezone.localdate()
    make_article(lead_image=make_picture("all").pk)
    make_picture("bare", alt="", credit="")
    make_picture("ending", rights_until=today + timedelta(days=30))
    make_picture("over", rights_until=today - timedelta(days=1))
    make_picture("silent", alt="", is_decorative=True, by=edith())
    response = visit(edith()).get(f"{LIST}?{query}")
    found = sorted(image.title for image in response.context["cl"].result_list)
    assert found == titles.split()


@pytest.mark.parametrize("count", [2, 9])
def test_the_grid_asks_as_much_for_many_as_for_few(count, django_assert_max_num_queries):
    for number in range(count):
        make_picture(f"Picture {number}")
    client = visit(edith())
    client.get(LIST)
    with django_assert_max_num_queries(7):
        assert client.get(LIST).status_code == 200


def test_who_may_not_see_the_library_does_not():
    image = make_picture("Quetzalcoatlus")
    for part in ("change", "file", "original"):
        assert visit(mo()).get(page_of(image, part)).status_code in {403, 404}
        assert Client().get(page_of(image, part)).status_code == 302
    assert visit(mo()).get(LIST).status_code == 403


# --- One picture -----------------------------------------------------------------------------------

SAID = {
    "title": "The ferry",
    "alt": "A ferry in the rain",
    "caption": "",
    "credit": "Bex Molloy",
    "credit_url": "https://bex.example/",
    "licence": "Press kit",
    "source": "The studio",
    "rights_until": "",
    "rights_where": "Europe",
    "focal_x": "0.9",
    "focal_y": "0.1",
}


def test_what_is_said_of_a_picture_reaches_live_stories(client):
    image = make_picture()
    edition = make_edition(lead_image=image.pk)
    assert visit(rory()).post(page_of(image), SAID).status_code == 302
    page = client.get(edition.path).content.decode()
    assert "focus-x-4 focus-y-0" in page
    assert "https://bex.example/" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"is_decorative": "on"}, "A decorative picture has no alternative text"),
        ({"focal_x": "1.5"}, "less than or equal to 1"),
        ({"focal_x": "nan"}, "Enter a number"),
        ({"focal_y": ""}, "required"),
        ({"credit_url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"rights_until": "tomorrow"}, "Enter a valid date"),
        ({"title": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(wrong, sentence):
    image = make_picture()
    response = visit(rory()).post(page_of(image), SAID | wrong)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "The studio" in page
    assert Image.objects.get().source == ""


def in_body(image: Image) -> str:
    return f'<p>Words.</p><figure data-image="{image.pk}"></figure>'


def in_gallery(image: Image) -> str:
    return f'<p>Words.</p><div data-gallery="{make_picture().pk},{image.pk},{make_picture().pk}"></div>'


def test_where_it_is_used_is_said_to_who_may_open_the_stories(django_assert_num_queries):
    image = make_picture()
    live = make_edition(lead_image=image.pk, headline="Quite live")
    later = republish(live.article, timezone.now() + timedelta(days=1), dek="Later")
    draft = make_article(safe_image=image.pk, headline="Still a draft")
    make_article(body=in_body(image), headline="In a body")
    make_article(body=in_gallery(image), headline="In a gallery")
    gone = make_edition(lead_image=image.pk, headline="Had it once")
    republish(gone.article, lead_image=None)
    editor = edith()
    editor.get_all_permissions()
    sections_of(editor)
    with django_assert_num_queries(3):
        found = {use.article.headline: use for use in uses(image, editor)}
    assert set(found) == {"Quite live", "Still a draft", "In a body", "In a gallery", "Had it once"}
    assert found["In a body"].places == found["In a gallery"].places == ("in the body",)
    assert found["Quite live"].places == ("lead picture",)
    assert found["Quite live"].editions == (live, later)
    assert found["Still a draft"].places == ("spoiler-free picture",)
    assert (found["Had it once"].places, found["Had it once"].editions) == ((), ())
    page = visit(edith()).get(page_of(image)).content.decode()
    assert reverse("admin:articles_article_change", args=[draft.pk]) in page
    assert live.path in page


def test_a_writer_learns_nothing_of_others_stories():
    image = make_picture()
    make_article(by=rory(), lead_image=image.pk, headline="Quetzalcoatlus")
    page = visit(wren()).get(page_of(image)).content.decode()
    assert "Quetzalcoatlus" not in page
    assert "Only where you may not look" in page


def test_the_original_is_downloaded_by_its_title_without_what_the_file_said():
    exif = Pillow.Exif()
    exif.get_ifd(0x8825)[29] = "51 degrees"
    image = make_picture("Ferry: “at night”")
    visit(rory()).post(page_of(image, "replace"), {"file": file(data=picture_bytes(exif=exif))})
    response = visit(rory()).get(page_of(image, "original"))
    data = b"".join(response.streaming_content)
    assert response["Content-Disposition"] == 'attachment; filename="ferry-at-night.webp"'
    assert b"51 degrees" not in data
    with Pillow.open(io.BytesIO(data)) as picture:
        assert not picture.getexif()


def test_a_file_that_is_gone_is_a_404():
    image = make_picture()
    for name in image.file_names:
        default_storage.delete(name)
    for part in ("file", "original"):
        assert visit(rory()).get(page_of(image, part)).status_code == 404
    assert visit(rory()).get(page_of(image)).status_code == 200


# --- Replacing -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_replaced_it_is_another_file_everywhere_and_the_old_one_is_gone(client):
    image = make_picture(alt="A ferry")
    old = image.file_names
    edition = make_edition(lead_image=image.pk)
    republish(edition.article, timezone.now() + timedelta(days=1), dek="Later")
    visit(edith()).post(page_of(image, "replace"), {"file": file(data=picture_bytes(size=(1000, 500)))})
    image = Image.objects.get(pk=image.pk)
    assert (image.alt, image.width) == ("A ferry", 1000)
    assert image.picture.whole.src in client.get(edition.path).content.decode()
    assert all(image.key in json.dumps(edition.parts) for edition in Edition.objects.filter(past=False, ended_as=""))
    assert not any(default_storage.exists(name) for name in old)
    assert all(default_storage.exists(name) for name in image.file_names)


@pytest.mark.parametrize("data", [b"", b"words", None])
def test_what_is_no_picture_replaces_nothing(data):
    image = make_picture()
    before = vars(Image.objects.get())
    response = visit(edith()).post(
        page_of(image, "replace"), {"file": file("bad.jpg", data)} if data is not None else {}, follow=True
    )
    assert response.status_code == 200
    after = vars(Image.objects.get())
    assert (before["key"], before["sha256"]) == (after["key"], after["sha256"])
    assert default_storage.exists(image.original)
    assert ("bad.jpg: " if data is not None else "Choose the picture") in response.content.decode()


def test_a_file_the_library_has_is_not_put_in_twice():
    data, image = picture_bytes(), make_picture()
    visit(edith()).post(UPLOAD, {"file": file("twin.jpg", data)})
    with pytest.raises(Refused, match="already, as “twin”"):
        library.replace(image, io.BytesIO(data), by=edith())


def test_a_writer_replaces_what_readers_do_not_see_and_nothing_else():
    free, live = make_picture("Free"), make_picture("Live")
    make_edition(lead_image=live.pk)
    assert library.replace(free, io.BytesIO(picture_bytes()), by=rory())
    with pytest.raises(PermissionDenied):
        library.replace(live, io.BytesIO(picture_bytes()), by=rory())
    assert visit(rory()).post(page_of(live, "replace"), {"file": file()}).status_code == 403
    for who in (mo, rosa):
        assert visit(who()).post(page_of(free, "replace"), {"file": file()}).status_code in {302, 404}
    assert Image.objects.get(pk=live.pk).key == live.key


# --- Deleting --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_editor_deletes_what_nothing_needs_files_and_all():
    image = make_picture()
    assert visit(edith()).get(page_of(image, "delete")).status_code == 200
    assert visit(edith()).post(page_of(image, "delete"), {"post": "yes"}).status_code == 302
    assert not Image.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def stand_in(image: Image) -> None:
    section = make_section()
    section.stand_in = image
    section.save()


def had_once(image: Image) -> None:
    republish(make_edition(lead_image=image.pk).article, lead_image=None)


USES = [
    lambda image: make_article(lead_image=image.pk),
    lambda image: make_article(safe_image=image.pk),
    lambda image: make_article(body=in_body(image)),
    lambda image: make_article(body=in_gallery(image)),
    stand_in,
    had_once,
]


@pytest.mark.parametrize("use", USES)
def test_what_is_used_is_not_deleted(use):
    image = make_picture()
    use(image)
    assert is_used(image)
    assert image not in unused()
    assert visit(edith()).post(page_of(image, "delete"), {"post": "yes"}).status_code == 403
    with pytest.raises(library.InUse):
        library.delete(image, by=edith())
    assert Image.objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize("who", [rory, mo])
def test_nobody_else_deletes_one(who):
    image = make_picture()
    assert visit(who()).post(page_of(image, "delete"), {"post": "yes"}).status_code == 403
    with pytest.raises(PermissionDenied):
        library.delete(image, by=who())
