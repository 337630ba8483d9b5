"""Public renditions of pictures, and nothing besides."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.images import library
from tests.factories import make_picture

pytestmark = pytest.mark.django_db


def read(response) -> bytes:
    """The file, to its end: then it is closed."""
    return b"".join(response.streaming_content)


def fetch(client, address: str):
    response = client.get(address)
    assert read(response)
    return response


def test_a_rendition_is_served_and_may_be_kept_for_ever(client):
    image = make_picture()
    response = client.get(image.picture.whole.src)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_a_rendition_may_run_nothing(client):
    response = client.get(make_picture().picture.whole.src)
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


@pytest.mark.parametrize("climb", ["../", "%2e%2e/", "x/../../", "./../", "..%2f", "//../", "..\\"])
def test_an_original_cannot_be_reached(client, climb):
    image = make_picture()
    response = client.get(f"/media/pictures/{climb}{image.original}")
    assert response.status_code in {400, 404}
    assert not response.streaming


@pytest.mark.parametrize("name", ["", "x", "../../../../etc/passwd", "%00", "a" * 5000])
def test_what_is_no_rendition_is_not_served(client, name):
    make_picture()
    assert client.get(f"/media/pictures/{name}").status_code in {400, 404}


def test_folders_are_not_listed(client):
    image = make_picture()
    for url in ("/media/pictures/", f"/media/pictures/{image.key}/", f"/media/pictures/{image.key}"):
        assert client.get(url).status_code in {301, 404}, url


def test_a_file_beside_the_pictures_is_not_served(client):
    default_storage.save("picturesque.txt", ContentFile(b"no"))
    for url in ("/media/picturesque.txt", "/media/pictures/../picturesque.txt", "/media/originals/"):
        assert client.get(url).status_code in {400, 404}, url


def test_a_file_that_nobody_has_made_is_made_when_it_is_needed(client):
    image = make_picture()
    address = image.picture.cut("16x9").src
    assert not default_storage.exists(address.removeprefix("/media/"))
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert read(response)
    with mock.patch("articles.images.renditions.make", side_effect=AssertionError):
        fetch(client, address)


@pytest.mark.parametrize("name", ["9999.webp", "16x9-50-50-9999.webp", "16x9-0-0-320.webp", "480.gif", "480.webp.part"])
def test_a_size_that_no_page_asks_for_is_not_made(client, name):
    image = make_picture()
    before = default_storage.listdir(image.folder)
    assert client.get(f"/media/pictures/{image.key}/{name}").status_code == 404
    assert default_storage.listdir(image.folder) == before


def test_where_the_original_is_lost_there_is_an_empty_frame_that_nobody_keeps(client):
    image = make_picture()
    default_storage.delete(image.original)
    response = client.get(image.picture.shared.src)
    assert (response.status_code, response["Content-Type"]) == (404, "image/svg+xml")
    assert response["Cache-Control"] == "no-store"
    assert fetch(client, image.picture.whole.srcset.split()[0]).status_code == 200


def test_the_day_after_its_rights_end_no_address_of_a_picture_answers(client):
    image = make_picture(rights_until=timezone.localdate())
    address = image.picture.whole.srcset.split()[0]
    fetch(client, address)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert client.get(address).status_code == 404
        library.lapse()
    image.refresh_from_db()
    assert address not in image.picture.whole.srcset
    assert not default_storage.exists(address.removeprefix("/media/"))
    assert default_storage.exists(image.folder + image.name_at_least(1))


def test_a_file_is_asked_for_again_only_if_it_is_another(client):
    address = make_picture().picture.whole.srcset.split()[0]
    first = fetch(client, address)
    again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304
