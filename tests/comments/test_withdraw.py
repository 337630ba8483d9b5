"""Withdrawing: one's own words are gone at once, and a line stays where others answered."""

import pytest
from django.core.exceptions import PermissionDenied

from comments import moderation, posting
from comments.models import Comment, Discussion
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi, reject, rosa

pytestmark = pytest.mark.django_db


def test_a_withdrawn_comment_is_gone_from_the_page(client):
    edition = make_edition()
    comment = make_shown_comment(edition, body="I take it back")
    posting.withdraw(comment, by=rosa())
    page = client.get(edition.path).content.decode()
    assert "I take it back" not in page
    assert f"comment-{comment.pk}" not in page
    assert client.get(comment.get_absolute_url()).status_code == 404
    assert Discussion.objects.get(article=edition.article).shown_count == 0


def test_with_an_answer_below_it_a_line_stays_without_name_or_words(client):
    edition = make_edition()
    head = make_shown_comment(edition, body="I take it back")
    make_comment(edition, by=ravi(), parent=head, body="I disagree")
    posting.withdraw(head, by=rosa())
    page = client.get(edition.path).content.decode()
    assert "Its author has withdrawn this comment." in page
    assert "I disagree" in page
    assert "I take it back" not in page
    assert "Rosa Reads" not in page.replace("to Rosa Reads", "")


def test_a_held_comment_can_be_withdrawn_and_leaves_the_queue():
    comment = make_comment(make_edition())
    posting.withdraw(comment, by=rosa())
    assert not Comment.objects.awaiting().exists()
    assert Discussion.objects.get(pk=comment.discussion_id).held_count == 0


def test_one_that_was_approved_meanwhile_is_withdrawn_all_the_same():
    as_read = make_comment(make_edition())
    moderation.approve(as_read, version=as_read.version, by=mo())
    assert as_read.state == "held"
    assert posting.withdraw(as_read, by=rosa()).state == "withdrawn"
    discussion = Discussion.objects.get(pk=as_read.discussion_id)
    assert (discussion.shown_count, discussion.held_count) == (0, 0)


def test_withdrawing_twice_is_withdrawing_once():
    comment = make_shown_comment(make_edition())
    again = Comment.objects.get(pk=comment.pk)
    posting.withdraw(comment, by=rosa())
    posting.withdraw(again, by=rosa())
    assert Discussion.objects.get(pk=comment.discussion_id).shown_count == 0
    assert Comment.objects.get(pk=comment.pk).version == 3


def test_a_rejected_comment_stays_rejected():
    comment = reject(make_comment(make_edition()))
    assert posting.withdraw(comment, by=rosa()).state == "rejected"


@pytest.mark.parametrize("person", [ravi, mo])
def test_nobody_withdraws_anothers(person):
    comment = make_shown_comment(make_edition())
    with pytest.raises(PermissionDenied):
        posting.withdraw(comment, by=person())
    assert Comment.objects.get(pk=comment.pk).state == "shown"


def test_a_moderator_cannot_bring_back_what_its_author_withdrew():
    comment = posting.withdraw(make_shown_comment(make_edition()), by=rosa())
    with pytest.raises(moderation.Overtaken):
        moderation.approve(comment, version=comment.version, by=mo())


def test_the_page_asks_and_withdraws_ones_own_only(client):
    comment = make_shown_comment(make_edition())
    url = f"/comments/c/{comment.pk}/withdraw/"
    client.force_login(ravi())
    assert client.get(url).status_code == client.post(url).status_code == 404
    client.force_login(rosa())
    assert "does not come back" in client.get(url).content.decode()
    assert Comment.objects.get(pk=comment.pk).state == "shown"
    assert client.post(url).status_code == 302
    assert Comment.objects.get(pk=comment.pk).state == "withdrawn"
