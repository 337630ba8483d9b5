"""Public renditions of pictures, and nothing besides."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import make_picture

pytestmark = pytest.mark.django_db


def test_a_rendition_is_served_and_may_be_kept_for_ever(client):
    image = make_picture()
    response = client.get(image.picture.src)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies
    assert b"".join(response.streaming_content).startswith(b"RIFF")


def test_a_rendition_may_run_nothing(client):
    response = client.get(make_picture().picture.src)
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
