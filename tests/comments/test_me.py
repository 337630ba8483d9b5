"""What only this reader may know: one small answer that nobody else gets and nothing keeps."""

import pytest

from tests.factories import make_comment, make_edition, make_shown_comment, ravi, reject, rosa

pytestmark = pytest.mark.django_db


def me(client, edition):
    return client.get(f"/comments/{edition.article_id}/me/")


def test_a_stranger_is_told_where_to_sign_in_and_gets_no_cookie(client):
    edition = make_edition()
    response = me(client, edition)
    told = response.json()
    assert told["signed_in"] is False
    assert told["sign_in_url"] == f"/accounts/login/?next=/comments/{edition.article_id}/new/"
    assert not response.cookies


def test_a_reader_gets_the_name_the_token_and_the_notice(client):
    client.force_login(rosa())
    told = me(client, make_edition()).json()
    assert (told["signed_in"], told["name"], told["is_open"]) == (True, "Rosa Reads", True)
    assert told["csrf"]
    assert "first two comments" in told["notice"]
    client.force_login(ravi())
    assert me(client, make_edition()).json()["notice"] == ""


def test_ones_own_waiting_comments_are_shown_with_their_words_and_no_others(client):
    edition = make_edition()
    make_comment(edition, body="Mine, waiting")
    make_shown_comment(edition, body="Mine, shown")
    reject(make_comment(edition, body="Mine, rejected"))
    make_comment(make_edition(), body="Mine, elsewhere")
    client.force_login(rosa())
    [own] = me(client, edition).json()["mine"]
    assert "Mine, waiting" in own
    client.force_login(ravi())
    assert me(client, edition).json()["mine"] == []


@pytest.mark.parametrize("signed_in", [True, False])
def test_nothing_keeps_the_answer(client, signed_in):
    edition = make_edition()
    if signed_in:
        client.force_login(rosa())
    response = me(client, edition)
    assert {"private", "no-store"} <= {part.strip() for part in response["Cache-Control"].split(",")}
    assert "public" not in response["Cache-Control"]


def test_asking_changes_nothing(client):
    edition = make_edition()
    client.force_login(rosa())
    assert client.post(f"/comments/{edition.article_id}/me/").status_code == 405
