"""A text the screens dislike is handed back once with a word of advice; sent again it counts."""

import uuid

import pytest
from django.test import Client

from comments.models import Comment
from tests.factories import make_comment, make_edition, ravi

pytestmark = pytest.mark.django_db

LOUD = "THE BEST EPISODE OF THE WHOLE SERIES SO FAR"


def send(edition, body: str, **more):
    client = Client()
    client.force_login(ravi())
    data = {"body": body, "key": str(uuid.uuid4())} | more
    return client.post(
        f"/comments/{edition.article_id}/new/", data, headers={"accept": more.pop("accept", "text/html")}
    )


def said(edition) -> list[str]:
    return list(Comment.objects.filter(discussion__article=edition.article_id).values_list("body", flat=True))


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        (LOUD, "shouting"),
        ("Noooooooooooo way", "One “o”"),
        ("What!!!!!!!!!!", "One “!”"),
    ],
)
def test_it_is_handed_back_once_with_its_words(body, advice):
    edition = make_edition()
    key = str(uuid.uuid4())
    first = send(edition, body, key=key)
    assert first.status_code == 422
    assert advice in first.content.decode()
    assert body in first.content.decode()
    assert said(edition) == []
    assert 'name="advised" value="on"' in first.content.decode()
    assert send(edition, body, key=key, advised="on").status_code == 302
    assert said(edition) == [body]


def test_saying_the_same_twice_is_asked_about_and_possible():
    edition = make_edition()
    make_comment(edition, by=ravi(), body="First!")
    assert "exactly this" in send(edition, "first!").content.decode()
    assert send(edition, "first!", advised="on").status_code == 302


def test_the_same_form_sent_twice_is_one_comment_and_no_advice():
    edition, key = make_edition(), str(uuid.uuid4())
    assert [send(edition, "First!", key=key).status_code for _ in range(2)] == [302, 302]
    assert said(edition) == ["First!"]


@pytest.mark.parametrize("body", ["NASA and the BBC", "OK", "Hmmmmm...", "=========", "1111111111111"])
def test_what_is_no_shouting_is_taken_at_once(body):
    assert send(make_edition(), body).status_code == 302


def test_the_script_gets_the_advice():
    answer = send(make_edition(), LOUD, accept="application/json")
    assert answer.status_code == 422
    assert "shouting" in answer.json()["advice"]


def test_what_the_screens_found_is_on_record():
    edition = make_edition()
    send(edition, LOUD, advised="on")
    [signal] = Comment.objects.get(body=LOUD).signals
    assert (signal["rule"], signal["action"]) == ("shouting", "note")
