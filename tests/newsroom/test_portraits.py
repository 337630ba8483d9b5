"""Pictures of people: what may come in, who may take one away, and that no file outlives its use."""

import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from articles.images.renditions import names_in
from newsroom import farewells, portraits, takeout
from newsroom.models import User
from tests.factories import edith, make_edition, make_shown_comment, mo, picture_bytes, rosa, visit, with_picture
from tests.newsroom.test_leaving import a_day_later

pytestmark = pytest.mark.django_db

AT = "/accounts/picture/"


@pytest.fixture(autouse=True)
def _deleted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens on commit happens: a test never commits."""
    monkeypatch.setattr("newsroom.portraits.transaction.on_commit", lambda act, **how: act())


def send(client: Client, data: bytes, name: str = "me.jpg"):
    return client.post(AT, {"file": SimpleUploadedFile(name, data)})


def camera_picture() -> bytes:
    """As a telephone makes it, lying on its side, with the place where it was taken."""
    notes = Pillow.Exif()
    notes[0x0112], notes[0x010E] = 6, "Quay 7, by the ferry"
    return picture_bytes(size=(400, 300), exif=notes)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_reader_has_a_picture_everywhere_their_name_stands(kind):
    edition = make_edition()
    comment = make_shown_comment(edition)
    client = visit(rosa())
    assert send(client, picture_bytes(kind)).status_code == 302
    url = rosa().portrait_url
    for page in (edition.path, comment.get_absolute_url(), "/people/rosa/", AT):
        assert f'src="{url}"' in client.get(page).content.decode(), page
    file = Client().get(url)
    picture = Pillow.open(io.BytesIO(b"".join(file.streaming_content)))
    assert (picture.format, picture.size) == ("WEBP", (128, 128))
    assert file["Content-Type"] == "image/webp"
    assert "sandbox" in file["Content-Security-Policy"]
    assert not file.cookies


def test_nothing_of_the_camera_is_kept():
    user = rosa()
    portraits.put(user, io.BytesIO(camera_picture()))
    with default_storage.open(user.portrait) as file:
        data = file.read()
    assert b"Quay" not in data
    assert not Pillow.open(io.BytesIO(data)).getexif()


def test_without_one_the_initials_stand_there(client):
    edition = make_edition()
    make_shown_comment(edition)
    page = client.get(edition.path).content.decode()
    assert 'aria-hidden="true">RR</span>' in page
    assert "/media/people/" not in page


def test_what_is_no_picture_or_too_large_is_refused_with_the_reason(monkeypatch):
    client = visit(rosa())
    for data, why in (
        (b"", "The file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings are not taken"),
        (b"GIF89a" + b"\xff" * 99, "damaged"),
        (picture_bytes() + b"<script>alert(1)</script>", "more than a picture"),
        (b"x" * (portraits.MAX_BYTES + 1), "over 5 MB"),
    ):
        answer = send(client, data)
        assert (answer.status_code, why in answer.content.decode()) == (422, True), why
    assert "Choose a picture first." in client.post(AT).content.decode()
    assert names_in(User.PORTRAITS) == []
    for _ in range(20):
        last = client.post(AT)
    assert last.status_code == 429


def test_a_picture_that_is_replaced_or_taken_away_is_gone():
    client = visit(with_picture(rosa()))
    first = rosa().portrait
    send(client, picture_bytes())
    assert not default_storage.exists(first)
    assert Client().get(default_storage.url(first)).status_code == 404
    client.post(AT, {"remove": "1"})
    client.post(AT, {"remove": "1"})
    assert (rosa().portrait, names_in(User.PORTRAITS)) == ("", [])


def test_of_a_failure_no_file_is_left(monkeypatch):
    monkeypatch.setattr("newsroom.portraits._hang", lambda person, name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        portraits.put(rosa(), io.BytesIO(picture_bytes()))
    assert names_in(User.PORTRAITS) == []


def test_moderators_take_one_down_on_record_and_nobody_else():
    url = f"/desk/people/{with_picture(rosa()).pk}/picture/"
    for who in (None, rosa(), edith()):
        answer = (visit(who) if who else Client()).post(url)
        assert answer.status_code in {302, 403}
    with pytest.raises(PermissionDenied):
        portraits.take_down(rosa(), by=edith())
    assert rosa().portrait
    desk = visit(mo())
    assert rosa().portrait_url in desk.get(url).content.decode()
    desk.post(url, {"note": "It is not of a person."})
    assert (rosa().portrait, names_in(User.PORTRAITS)) == ("", [])
    record = LogEntry.objects.get()
    assert (record.user, record.object_id) == (mo(), str(rosa().pk))
    assert "It is not of a person." in record.change_message
    desk.post(url)
    assert LogEntry.objects.count() == 1


def test_it_is_taken_along_and_leaves_with_its_owner():
    user = with_picture(rosa())
    folder = zipfile.ZipFile(io.BytesIO(takeout.archive(user)))
    assert Pillow.open(io.BytesIO(folder.read(takeout.PICTURE))).size == (128, 128)
    farewells.ask(user)
    a_day_later()
    assert names_in(User.PORTRAITS) == []


def test_a_superuser_who_deletes_an_account_deletes_the_picture(admin_client):
    for pk in (with_picture(rosa()).pk, with_picture(mo()).pk):
        admin_client.post(f"/admin/newsroom/user/{pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(username__in=["rosa", "mo"]).exists()
    assert names_in(User.PORTRAITS) == []


@pytest.mark.parametrize("key", ["x", "..", "..%2foriginals%2fx", "x" * 300])
def test_nothing_else_is_served_from_there(client, key):
    assert client.get(f"/media/people/{key}.webp").status_code == 404
