"""Replies: their numbers, their thread, and what cannot be answered."""

import pytest

from comments import posting
from comments.models import Comment
from tests.factories import make_comment, make_edition, make_shown_comment, ravi, reject, rosa

pytestmark = pytest.mark.django_db


def test_comments_are_numbered_in_the_discussion_and_replies_under_their_head():
    edition, by = make_edition(), ravi()
    head = make_comment(edition, by=by)
    other = make_comment(edition, by=by)
    first = make_comment(edition, by=by, parent=head)
    below = make_comment(edition, by=by, parent=first)
    last = make_comment(edition, by=by, parent=head)
    rows = [(row.seq, row.root_id, row.parent_id, row.reply_no) for row in (head, other, first, below, last)]
    assert rows == [
        (1, None, None, 0),
        (2, None, None, 0),
        (3, head.pk, head.pk, 1),
        (4, head.pk, first.pk, 2),
        (5, head.pk, head.pk, 3),
    ]
    head.refresh_from_db()
    assert (head.branch_size, head.shown_replies) == (3, 3)


def test_each_discussion_counts_for_itself():
    by = ravi()
    assert [make_comment(make_edition(), by=by).seq for _ in range(2)] == [1, 1]


def test_a_held_reply_has_its_number_but_is_not_counted_as_shown():
    edition = make_edition()
    head = make_comment(edition, by=ravi())
    reply = make_comment(edition, by=rosa(), parent=head)
    head.refresh_from_db()
    assert (reply.state, reply.reply_no, head.branch_size, head.shown_replies) == ("held", 1, 1, 0)


def test_a_rejected_comment_cannot_be_answered():
    edition, by = make_edition(), ravi()
    parent = reject(make_comment(edition, by=by))
    with pytest.raises(posting.Refused, match="not there"):
        make_comment(edition, by=by, parent=parent)


def test_one_that_was_rejected_while_the_answer_was_written_cannot_be_answered_either():
    edition, by = make_edition(), ravi()
    as_read = make_comment(edition, by=by)
    reject(Comment.objects.get(pk=as_read.pk))
    assert as_read.state == "shown"
    with pytest.raises(posting.Refused, match="not there"):
        make_comment(edition, by=by, parent=as_read)
    assert Comment.objects.filter(discussion=as_read.discussion).count() == 1


def test_a_held_or_withdrawn_comment_cannot_be_answered():
    edition, by = make_edition(), ravi()
    gone = make_comment(edition, by=by)
    posting.withdraw(gone, by=by)
    for parent in (make_comment(edition), gone):
        with pytest.raises(posting.Refused, match="not there"):
            make_comment(edition, by=by, parent=parent)


def test_a_comment_of_another_story_cannot_be_answered_here():
    elsewhere = make_shown_comment(make_edition())
    with pytest.raises(posting.Refused, match="not there"):
        make_comment(make_edition(), by=ravi(), parent=elsewhere)


def test_a_refused_answer_takes_no_number():
    edition, by = make_edition(), ravi()
    parent = reject(make_comment(edition, by=by))
    with pytest.raises(posting.Refused):
        make_comment(edition, by=by, parent=parent)
    assert make_comment(edition, by=by).seq == 2
