"""Rulings asked for by the desk's script: the same addresses answer in JSON, and the lists without the page."""

import pytest
from django.test import Client

from comments.models import Comment, Decision
from tests.factories import ana, make_comment, make_edition, make_shown_comment, mo, ravi, reject, rosa

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def send(url: str, who=mo, **data):
    client = Client()
    if who:
        client.force_login(who())
    return client.post(url, data, headers=JSON)


def at(comment: Comment, name: str) -> str:
    return f"/desk/comments/{comment.pk}/{name}/"


@pytest.mark.parametrize(
    ("name", "said"), [("approve", "Approved"), ("reject", "Rejected: Advertising or spam"), ("keep", "Kept")]
)
def test_it_is_told_what_was_done_and_how_to_undo_it(name, said):
    comment = make_shown_comment(make_edition()) if name == "keep" else make_comment(make_edition())
    before = comment.state
    answer = send(at(comment, name), version=comment.version, reason="spam").json()
    decision = Decision.objects.first()
    comment.refresh_from_db()
    assert answer == {"said": said, "version": comment.version, "undo_url": f"/desk/decisions/{decision.pk}/undo/"}
    answer = send(answer["undo_url"]).json()
    comment.refresh_from_db()
    assert comment.state == before
    assert answer == {"said": "Undone", "version": comment.version, "undo_url": ""}


def test_whoever_comes_second_is_told_by_whom_it_was_decided():
    comment = make_comment(make_edition())
    send(at(comment, "reject"), who=ana, version=1, reason="spam")
    answer = send(at(comment, "approve"), version=1)
    assert (answer.status_code, answer.json()) == (409, {"message": "Already rejected by ana."})
    answer = send(f"/desk/decisions/{Decision.objects.get().pk}/undo/")
    again = send(f"/desk/decisions/{Decision.objects.last().pk}/undo/")
    assert (answer.status_code, again.status_code) == (200, 409)
    answer = send(at(comment, "approve"), version=2)
    assert "Read it anew" in answer.json()["message"]


def test_a_rejection_without_a_reason_is_told():
    answer = send(at(make_comment(make_edition()), "reject"), version=1)
    assert (answer.status_code, answer.json()["message"]) == (422, "Choose a reason: the author is told.")


@pytest.mark.parametrize(("who", "status"), [(None, 401), (rosa, 403)])
def test_others_are_told_that_they_may_not(who, status):
    comment = make_comment(make_edition())
    for name in ("approve", "keep", "reject"):
        answer = send(at(comment, name), who=who, version=1, reason="spam")
        assert answer.status_code == status
    if status == 401:
        assert answer.json()["sign_in"] == "/accounts/login/"
    assert Comment.objects.get().state == "held"


def test_a_comment_is_picked_from_its_card(settle):
    comment, other = (make_shown_comment(make_edition(), by=ravi()) for _ in range(2))
    assert send(f"/comments/c/{comment.pk}/pick/", act="pick").json() == {"said": "Picked"}
    reject(other)
    assert send(f"/comments/c/{other.pk}/pick/", act="pick").status_code == 404
    assert Comment.objects.picks().get() == comment


@pytest.mark.parametrize("path", ["/desk/", "/desk/reported/"])
def test_a_part_is_the_list_alone(client, path):
    client.force_login(mo())
    make_comment(make_edition(), body="In the list.")
    part = client.get(path, {"part": ""}).content.decode()
    assert "<html" not in part
    assert ("In the list." in part) == (path == "/desk/")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/accounts/", "", "javascript:alert(1)"])
def test_one_goes_back_to_the_desk_and_nowhere_else(client, back):
    client.force_login(mo())
    data = {"version": 1, "back": back, "place": "x"}
    assert client.post(at(make_comment(make_edition()), "approve"), data).url == "/desk/"
    data = {"version": 1, "back": "/desk/?after=3", "place": "2"}
    assert client.post(at(make_comment(make_edition()), "approve"), data).url == "/desk/?after=3#card-2"
