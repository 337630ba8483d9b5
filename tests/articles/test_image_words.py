"""Alternative text and credit, asked for where a picture is put into a story."""

import pytest
from django.test import Client

from articles.models import Image
from tests.factories import edith, make_edition, make_picture, mo, rory, rosa

pytestmark = pytest.mark.django_db


def say(who, picture: Image | int, **words: str):
    client = Client()
    if who:
        client.force_login(who)
    pk = picture if isinstance(picture, int) else picture.pk
    return client.post(f"/admin/articles/image/{pk}/words/", words)


def test_what_is_said_is_kept_and_reaches_readers():
    picture = make_picture(alt="Before")
    edition = make_edition(body=f'<p>Words.</p><figure data-image="{picture.pk}"></figure>')
    response = say(rory(), picture, alt="A ferry", credit="Bex")
    assert (response.status_code, response.json()["alt"]) == (200, "A ferry")
    assert 'alt="A ferry"' in Client().get(edition.path).content.decode()


def test_a_picture_may_be_decorative():
    picture = make_picture(alt="")
    assert say(rory(), picture, is_decorative="on", credit="Bex").json()["is_decorative"]


@pytest.mark.parametrize(
    "words",
    [
        {"alt": "x" * 301, "credit": "Bex"},
        {"alt": "x", "is_decorative": "on"},
        {"alt": "a\x00b"},
        {"credit": "x" * 201},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(words):
    picture = make_picture(alt="Before", credit="Before")
    response = say(rory(), picture, **words)
    assert response.status_code == 422
    assert response.json()["error"]
    assert (Image.objects.get().alt, Image.objects.get().credit) == ("Before", "Before")


@pytest.mark.parametrize(("who", "status"), [(None, 401), (rosa, 403), (mo, 403), (rory, 200), (edith, 200)])
def test_it_is_for_those_who_may_change_pictures(who, status):
    assert say(who and who(), make_picture(), alt="x", credit="y").status_code == status


def test_there_must_be_a_picture_and_something_sent():
    assert say(rory(), 999_999, alt="x").status_code == 404
    client = Client()
    client.force_login(rory())
    assert client.get(f"/admin/articles/image/{make_picture().pk}/words/").status_code == 405
