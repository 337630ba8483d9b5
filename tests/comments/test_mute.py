"""Mutes: one's own list, known to nobody else, and undone on the account page."""

import pytest
from django.test import Client

from comments import muting
from comments.models import Mute
from comments.posting import Refused
from tests.factories import make_comment, make_edition, make_shown_comment, ravi, rosa, visit

pytestmark = pytest.mark.django_db


def test_who_is_muted_is_muted_once_and_folds_for_one_reader_only(client):
    edition, regular = make_edition(), ravi()
    comment = make_shown_comment(edition)
    make_shown_comment(make_edition())
    assert muting.mute(comment, by=regular) == muting.mute(comment, by=regular)
    for person, folded in ((regular, [comment.pk]), (rosa(), [])):
        client.force_login(person)
        assert client.get(f"/comments/{edition.article_id}/me/").json()["muted"] == folded


def test_nobody_mutes_themselves():
    comment = make_shown_comment(make_edition())
    with pytest.raises(Refused, match="yourself"):
        muting.mute(comment, by=rosa())
    assert visit(rosa()).post(f"/comments/c/{comment.pk}/mute/").status_code == 409


def test_the_page_asks_and_the_account_undoes_it():
    comment, client = make_shown_comment(make_edition()), visit(ravi())
    url = f"/comments/c/{comment.pk}/mute/"
    assert "Mute Rosa Reads?" in client.get(url).content.decode()
    assert not Mute.objects.exists()
    assert client.post(url).status_code == 302
    mute = Mute.objects.get()
    assert "Whom you muted" in client.get("/accounts/").content.decode()
    visit(rosa()).post(f"/comments/muted/{mute.pk}/undo/")
    assert Mute.objects.exists()
    for _ in range(2):
        assert client.post(f"/comments/muted/{mute.pk}/undo/").status_code == 302
    assert not Mute.objects.exists()
    assert "Whom you muted" not in client.get("/accounts/").content.decode()


def test_a_stranger_is_asked_to_sign_in_and_what_is_not_there_is_not_found():
    comment = make_comment(make_edition())
    assert Client().post(f"/comments/c/{comment.pk}/mute/").status_code == 302
    assert Client().post("/comments/muted/1/undo/").status_code == 302
    assert visit(ravi()).post(f"/comments/c/{comment.pk}/mute/").status_code == 404
