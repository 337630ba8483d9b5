"""Removing a comment alone or with all that stands below it, and undoing that."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import branches, moderation, posting
from comments.models import Comment, Decision, Discussion
from comments.moderation import Overtaken
from comments.workflow import State
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi, reject, rosa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    return make_edition()


def talk(edition, size: int = 5) -> list[Comment]:
    """A head and below it a chain of answers, all shown."""
    rows = [make_shown_comment(edition, by=ravi(), body="Head.")]
    for number in range(size):
        rows.append(make_shown_comment(edition, by=ravi(), parent=rows[-1], body=f"Answer {number}."))
    return rows


def states(rows) -> list[str]:
    return [Comment.objects.get(pk=row.pk).state for row in rows]


def recount(edition) -> None:
    """The counters say what a recount finds."""
    discussion = Discussion.objects.get(article=edition.article_id)
    found = discussion.comments.all()
    assert discussion.shown_count == found.filter(state="shown").count()
    assert discussion.held_count == found.filter(state="held").count()
    for root in found.filter(root=None):
        assert root.shown_replies == found.filter(root=root, state="shown").count()


def remove(comment, **more) -> Decision:
    comment.refresh_from_db()
    return branches.remove(comment, version=comment.version, by=mo(), reason="abuse", **more)


def test_alone_it_leaves_what_stands_below_it(edition):
    rows = talk(edition)
    reject(rows[0])
    assert states(rows) == ["rejected", *["shown"] * 5]
    recount(edition)


def test_with_all_below_it_goes_as_one_decision_and_comes_back_as_it_was(edition, monkeypatch):
    monkeypatch.setattr(branches, "BATCH", 2)
    rows = talk(edition)
    held = make_comment(edition, by=rosa(), parent=rows[2])
    aside = make_shown_comment(edition, by=ravi(), parent=rows[0], body="Beside.")
    first = remove(rows[1], note="Enough.")
    assert states(rows) == ["shown", *["rejected"] * 5]
    assert states([held, aside]) == ["rejected", "shown"]
    recount(edition)
    followers = Decision.objects.filter(under=first)
    assert {decision.comment_id for decision in followers} == {row.pk for row in (*rows[2:], held)}
    assert set(followers.values_list("reason", "by", "note")) == {("abuse", mo().pk, "")}
    undone = branches.undo(first, by=mo())
    assert states([*rows, aside]) == ["shown"] * 7
    assert states([held]) == ["held"]
    assert undone.following.count() == 5
    recount(edition)


def test_what_was_decided_otherwise_before_or_after_stays_so(edition):
    rows = talk(edition)
    before, own, anew = rows[2], rows[3], rows[4]
    reject(before)
    first = remove(rows[0])
    anew.refresh_from_db()
    moderation.approve(anew, version=anew.version, by=mo())
    branches.undo(first, by=mo())
    assert states(rows) == ["shown", "shown", "rejected", "shown", "shown", "shown"]
    first = remove(rows[0])
    Comment.objects.filter(pk=own.pk).update(state=State.WITHDRAWN)
    branches.undo(first, by=mo())
    assert states([before, own, anew]) == ["rejected", "withdrawn", "shown"]


def test_only_the_last_word_is_undone(edition):
    rows = talk(edition, 1)
    first = remove(rows[0])
    rows[0].refresh_from_db()
    moderation.approve(rows[0], version=rows[0].version, by=mo())
    with pytest.raises(Overtaken):
        branches.undo(first, by=mo())
    branches.remove_below(first.pk)
    assert states(rows) == ["shown", "rejected"]


def test_each_task_may_be_repeated(edition):
    rows = talk(edition)
    first = remove(rows[0])
    branches.remove_below(first.pk)
    assert Decision.objects.filter(under=first).count() == 5
    undone = branches.undo(first, by=mo())
    branches.restore_below(first.pk, undone.pk)
    branches.remove_below(first.pk)
    assert states(rows) == ["shown"] * 6
    recount(edition)


def test_five_hundred_go_and_come_back(edition, django_assert_max_num_queries):
    [head] = talk(edition, 0)
    discussion = head.discussion
    rows = [
        Comment(
            discussion=discussion, author=ravi(), parent=head, root=head, reply_no=n, seq=n + 10, body="x", html="x",
            state="shown", posted_at=head.posted_at, client_key=f"00000000-0000-0000-0000-{n:012}",
        )
        for n in range(1, 501)
    ]  # fmt: skip
    Comment.objects.bulk_create(rows)
    Comment.objects.filter(pk=head.pk).update(branch_size=500, shown_replies=500)
    Discussion.objects.filter(pk=discussion.pk).update(
        seq=600, shown_count=discussion.comments.filter(state="shown").count()
    )
    with django_assert_max_num_queries(60):
        first = remove(head)
    recount(edition)
    assert not Comment.objects.shown().filter(root=head).exists()
    with django_assert_max_num_queries(60):
        branches.undo(first, by=mo())
    assert Comment.objects.shown().filter(root=head).count() == 500
    recount(edition)


def test_readers_and_writers_do_neither(edition):
    rows = talk(edition, 1)
    with pytest.raises(PermissionDenied):
        branches.remove(rows[0], version=rows[0].version, by=rosa(), reason="abuse")
    first = remove(rows[0])
    with pytest.raises(PermissionDenied):
        branches.undo(first, by=rosa())
    assert states(rows) == ["rejected"] * 2


def test_nothing_is_answered_in_what_was_removed(edition):
    rows = talk(edition, 2)
    remove(rows[0])
    with pytest.raises(posting.Refused):
        make_comment(edition, by=ravi(), parent=rows[2])


def test_the_desk_asks_which_and_shows_one_comment_with_its_decisions(edition, django_assert_num_queries):
    rows = talk(edition, 3)
    desk = Client()
    desk.force_login(mo())
    url = f"/desk/comments/{rows[0].pk}/"
    page = desk.get(url).content.decode()
    assert "With 3 below it" in page
    data = {"version": rows[0].version, "reason": "abuse", "branch": "on", "back": url}
    answer = desk.post(f"{url}reject/", data, follow=True)
    assert answer.redirect_chain[-1][0] == url
    assert "Undo, with 3 below it" in answer.content.decode()
    assert states(rows) == ["rejected"] * 4
    decision = Decision.objects.get(comment=rows[0])
    answer = desk.post(f"/desk/decisions/{decision.pk}/undo/", {"back": url}, follow=True)
    assert "Undone. It is" in answer.content.decode()
    assert states(rows) == ["shown"] * 4
    again = desk.post(f"/desk/decisions/{decision.pk}/undo/", {"back": url}, follow=True)
    assert "Already shown by mo." in again.content.decode()
    few = talk(make_edition(headline="Another"), 1)[0]
    with django_assert_num_queries(queries_of(desk, f"/desk/comments/{few.pk}/")):
        desk.get(url)


def queries_of(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
