"""The moderators' queue: what waits, in which order, and what a ruling does there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from comments.desk.queue import PAGE
from comments.models import Comment, Decision
from tests.factories import (
    make_comment,
    make_edition,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    rosa,
    take_down,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(mo())
    return client


def rule(desk, comment, name="approve", **more):
    data = {"version": comment.version, "reason": "spam"} | more
    return desk.post(f"/desk/comments/{comment.pk}/{name}/", data, follow=True)


def test_what_waits_is_there_with_its_story_the_longest_waiting_first(desk):
    edition = make_edition(headline="The story at hand")
    for number in range(3):
        make_comment(edition, body=f"Waiting no. {number}.")
    page = desk.get("/desk/").content.decode()
    places = [page.index(f"Waiting no. {number}.") for number in range(3)]
    assert places == sorted(places)
    assert "The story at hand" in page


def test_an_approved_comment_is_on_the_page_and_out_of_the_queue(desk):
    edition = make_edition()
    comment = make_comment(edition, body="Let me in")
    assert "Let me in" not in desk.get(edition.path).content.decode()
    rule(desk, comment)
    assert "Let me in" in desk.get(edition.path).content.decode()
    assert not Comment.objects.awaiting().exists()


def test_a_rejected_comment_is_out_of_the_queue_with_its_reason_on_record(desk):
    comment = make_comment(make_edition())
    rule(desk, comment, "reject", reason="abuse", note="Third time.")
    decision = Decision.objects.get(comment=comment)
    assert (decision.after, decision.reason, decision.note, decision.by) == ("rejected", "abuse", "Third time.", mo())


def test_a_rejection_without_a_reason_is_told_and_not_done(desk):
    comment = make_comment(make_edition())
    assert "Choose a reason" in rule(desk, comment, "reject", reason="").content.decode()
    assert Comment.objects.get(pk=comment.pk).state == "held"


@pytest.mark.parametrize("version", ["", "0", "2", "x", "9" * 40, "-1", "١"])
def test_a_ruling_on_another_version_is_told_and_not_done(desk, version):
    comment = make_comment(make_edition())
    assert rule(desk, comment, version=version).status_code == 200
    assert Comment.objects.get(pk=comment.pk).state == "held"
    assert not Decision.objects.exists()


def test_the_second_moderator_is_told_who_was_first(desk, client):
    comment = make_comment(make_edition())
    rule(desk, comment)
    client.force_login(make_user("mia", "Moderator"))
    assert "by mo" in rule(client, comment, "reject").content.decode()
    assert Decision.objects.count() == 1


def test_a_comment_on_a_story_taken_down_can_still_be_ruled_on(desk):
    edition = make_edition()
    comment = make_comment(edition, body="Orphaned")
    take_down(publishing.retract, edition.article)
    assert "Orphaned" in desk.get("/desk/").content.decode()
    rule(desk, comment, "reject")
    assert Comment.objects.get(pk=comment.pk).state == "rejected"


def test_hostile_words_are_harmless_at_the_desk_too(desk):
    make_comment(make_edition(), body="<script>alert(1)</script>")
    page = desk.get("/desk/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_full_queue_costs_no_more_queries_than_a_short_one(desk):
    counts = []
    for _ in range(2):
        for _ in range(PAGE // 2):
            edition = make_edition()
            head = make_comment(edition, by=ravi())
            make_shown_comment(edition, by=ravi(), parent=head)
            make_comment(edition, by=rosa(), parent=head)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/desk/").status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0] <= 26


def test_the_rest_of_a_long_queue_is_a_page_away(desk):
    edition = make_edition()
    for _ in range(PAGE + 2):
        make_comment(edition)
    first = desk.get("/desk/")
    rest = desk.get(first.context["later_url"])
    seen = [card.comment.pk for page in (first, rest) for card in page.context["cards"]]
    assert len(seen) == len(set(seen)) == PAGE + 2
    assert "later_url" not in rest.context


def test_nobody_counts_on_beyond_a_thousand(desk, monkeypatch):
    monkeypatch.setattr("comments.desk.queues.MOST_COUNTED", 2)
    edition = make_edition()
    for told in ("1 waiting", "2 waiting", "2+ waiting"):
        make_comment(edition)
        assert f"<title>{told}" in desk.get("/desk/").content.decode()


def test_a_number_of_nothing_is_not_found(desk):
    for pk in (0, 999_999, 10**30):
        assert desk.post(f"/desk/comments/{pk}/approve/", {"version": 1}).status_code == 404
