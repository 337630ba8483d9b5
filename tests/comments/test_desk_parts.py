"""What opens below a card at the desk: the same as on the pages of a comment and of a person, without the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.desk import branch
from comments.models import Comment
from newsroom import guests
from tests.factories import (
    make_comment,
    make_edition,
    make_guest,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rosa,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(mo())
    return client


def test_the_branch_holds_what_waits_and_what_is_gone_in_as_many_queries_for_any_length(desk):
    edition, counts = make_edition(), []
    head = make_shown_comment(edition, by=ravi(), body="Head.")
    gone = make_shown_comment(edition, by=ravi(), parent=head, body="Gone.")
    comment = make_comment(edition, by=rosa(), parent=gone, body="Waits <b>.")
    make_shown_comment(edition, by=ravi(), body="Elsewhere.")
    reject(gone)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            part = desk.get(f"/desk/comments/{comment.pk}/?part").content.decode()
        counts.append(len(captured))
        for _ in range(3):
            make_comment(edition, by=rosa(), parent=head)
    assert counts[0] == counts[1]
    assert "<html" not in part
    assert "Gone." in desk.get(f"/desk/comments/{comment.pk}/").content.decode()
    places = [part.index(words) for words in ("Head.", "Gone.", "Waits &lt;b&gt;.")]
    assert places == sorted(places)
    assert "Elsewhere." not in part
    assert desk.get("/desk/comments/999999/?part").status_code == 404


def test_a_long_branch_goes_on_at_both_ends(desk, monkeypatch):
    monkeypatch.setattr(branch, "BEFORE", 1)
    monkeypatch.setattr(branch, "AFTER", 1)
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    said = [make_shown_comment(edition, by=ravi(), parent=head) for _ in range(6)]
    found = branch.branch_around(said[3])
    assert (found.rows, found.earlier, found.later) == ([head, *said[2:5]], said[1].pk, said[5].pk)
    found = branch.branch_around(said[0])
    assert (found.rows, found.earlier, found.later) == ([head, *said[:2]], None, said[2].pk)
    last = make_shown_comment(edition, by=rosa(), parent=said[4])
    found = branch.branch_around(last)
    assert (found.rows, found.earlier) == ([head, *said[4:], last], said[4].pk)


def test_severe_words_are_folded_and_counted_wherever_they_stand(desk):
    edition, vic = make_edition(), make_user("vic")
    by_guest = guests.confirm(make_guest(edition))
    head = make_shown_comment(edition, by=vic, body="Vile.")
    make_shown_comment(edition, by=vic, parent=head, body="Viler.")
    answer = make_comment(edition, by=rosa(), parent=head)
    Comment.objects.exclude(pk=answer.pk).update(severity=3)
    for url, folded in (
        (f"/desk/comments/{answer.pk}/", 3),  # what it answers on the card, and the branch
        (f"/desk/comments/{answer.pk}/?part", 2),
        (f"/desk/comments/{head.pk}/?part", 2),
        (f"/desk/people/{vic.pk}/", 2),
        (f"/desk/people/{vic.pk}/?part", 2),
        (f"/desk/exclusions/?comment={by_guest.pk}", 1),
    ):
        page = desk.get(url).content.decode()
        shields = re.findall(r'<details class="shield" data-glance="/desk/comments/\d+/glance/">.*?</details>', page)
        assert len(shields) == folded, url
        assert all("csrfmiddlewaretoken" in shield for shield in shields)
        assert not {"Vile.", "Viler."} & set(re.findall(r"Viler?\.", re.sub(r"<details.*?</details>", "", page))), url
        assert "<html" not in page or "desk/desk.js" in page
    assert "in severe words</a>" in desk.get(f"/desk/comments/{answer.pk}/").content.decode()


def test_what_is_sent_from_the_drawer_comes_back_to_it(desk):
    url = f"/desk/people/{rosa().pk}/"
    assert "<html" not in desk.get(f"{url}?part").content.decode()
    assert desk.post(f"{url}?part", {"kind": "warn", "reason": ""}).status_code == 422
    answer = desk.post(f"{url}?part", {"kind": "warn", "reason": "spam"}, follow=True)
    assert answer.redirect_chain == [(f"{url}?part=", 302)]
    assert "Warning: Rosa Reads is told by mail." in answer.content.decode()
    assert desk.post(f"{url}remark/?part", {"text": "Hm."}).url == f"{url}?part="
    sanction = rosa().sanctions.get()
    assert desk.post(f"/desk/sanctions/{sanction.pk}/lift/?part").url == f"{url}?part="
    assert desk.post(f"{url}remark/", {"text": "Hm."}).url == url
