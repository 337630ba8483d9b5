"""Approve and reject: the table, who may, and the moderator who comes second."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied

from comments import moderation, posting
from comments.models import Comment, Decision, Discussion
from comments.workflow import RULINGS, Reason, State
from tests.factories import (
    edith,
    make_comment,
    make_edition,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rory,
    rosa,
)

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("approve", "held"),
    ("approve", "rejected"),
    ("hold", "shown"),
    ("keep", "shown"),
    ("reject", "held"),
    ("reject", "shown"),
}


def rule(name: str, comment: Comment, by=None, **more):
    more = {"reason": "spam"} | more if name == "reject" else more
    return getattr(moderation, name)(comment, version=more.pop("version", comment.version), by=by or mo(), **more)


def comment_that_is(state: str) -> Comment:
    """A comment that came into its state through the verbs; none erases yet."""
    comment = make_comment(make_edition())
    if state == "shown":
        moderation.approve(comment, version=1, by=mo())
    elif state == "rejected":
        reject(comment)
    elif state == "withdrawn":
        posting.withdraw(comment, by=rosa())
    elif state == "erased":
        Comment.objects.filter(pk=comment.pk).update(state="erased", author=None, body="", html="")
        Discussion.objects.update(held_count=0)
    return Comment.objects.get(pk=comment.pk)


@pytest.mark.parametrize(("name", "state"), list(itertools.product(RULINGS, State)))
def test_each_ruling_is_possible_from_exactly_these_states(name, state):
    comment = comment_that_is(state)
    assert comment.state == state
    before = comment.decisions.count()
    if (name, state) in ALLOWED:
        decision = rule(name, comment)
        assert (decision.before, decision.after) == (state, RULINGS[name].target)
        assert Comment.objects.get(pk=comment.pk).state == decision.after
    else:
        with pytest.raises(moderation.Overtaken):
            rule(name, comment)
        assert Comment.objects.get(pk=comment.pk).state == state
        assert comment.decisions.count() == before


def test_a_decision_records_who_ruled_what_on_which_words_and_why():
    comment = make_comment(make_edition())
    decision = rule("reject", comment, reason="abuse", note="Third time.")
    stored = Decision.objects.get()
    assert stored == decision
    assert (stored.ruling, stored.reason, stored.note, stored.by, stored.version) == (
        "reject",
        "abuse",
        "Third time.",
        mo(),
        1,
    )


@pytest.mark.parametrize("person", [rory, edith, rosa, ravi])
@pytest.mark.parametrize("name", RULINGS)
def test_only_a_moderator_rules(name, person):
    comment = make_comment(make_edition())
    with pytest.raises(PermissionDenied):
        rule(name, comment, by=person())
    assert Comment.objects.get(pk=comment.pk).state == "held"


def test_a_moderator_who_has_left_rules_no_more():
    comment, gone = make_comment(make_edition()), mo()
    gone.is_active = False
    with pytest.raises(PermissionDenied):
        rule("approve", comment, by=gone)


@pytest.mark.parametrize("reason", ["", "because", "Spam", " "])
def test_a_rejection_needs_a_reason_of_the_list(reason):
    comment = make_comment(make_edition())
    with pytest.raises(moderation.ReasonMissing):
        rule("reject", comment, reason=reason)
    assert Comment.objects.get(pk=comment.pk).state == "held"


@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_of_the_list_will_do(reason):
    assert rule("reject", make_comment(make_edition()), reason=reason).reason == reason


@pytest.mark.parametrize(("first", "second"), list(itertools.product(("approve", "reject"), repeat=2)))
def test_the_second_of_two_moderators_is_told_who_was_first(first, second):
    comment = make_comment(make_edition())
    rule(first, comment, by=make_user("mia", "Moderator"))
    with pytest.raises(moderation.Overtaken, match="by mia"):
        rule(second, comment)
    assert Decision.objects.count() == 1


def test_a_comment_of_another_version_than_was_read_is_not_ruled_on():
    comment = make_comment(make_edition())
    for version in (0, 2):
        with pytest.raises(moderation.Overtaken):
            rule("approve", comment, version=version)


def test_a_shown_comment_can_be_removed_and_brought_back():
    comment = make_shown_comment(make_edition())
    for name, state, count in [("reject", "rejected", 0), ("approve", "shown", 1)]:
        rule(name, comment)
        comment.refresh_from_db()
        discussion = Discussion.objects.get(pk=comment.discussion_id)
        assert (comment.state, discussion.shown_count, discussion.held_count) == (state, count, 0)


def test_a_removed_head_leaves_a_line_above_its_answers(client):
    edition, regular = make_edition(), ravi()
    head = make_comment(edition, by=regular, body="The bad words")
    make_comment(edition, by=regular, parent=head, body="The answer")
    rule("reject", head)
    page = client.get(edition.path).content.decode()
    assert "A moderator has removed this comment." in page
    assert "The answer" in page
    assert "The bad words" not in page


def test_what_is_flagged_is_listed_until_a_moderator_has_ruled():
    edition = make_edition()
    mild, bad, _ = (make_shown_comment(edition, by=ravi()) for _ in range(3))
    for comment, severity in ((mild, 1), (bad, 3)):
        Comment.objects.filter(pk=comment.pk).update(is_flagged=True, severity=severity)
    assert list(Comment.objects.flagged()) == [bad, mild]
    moderation.keep(bad, version=bad.version, by=mo())
    moderation.reject(mild, version=mild.version, by=mo(), reason="spam")
    assert not Comment.objects.filter(is_flagged=True).exists()
