"""Undoing a decision: what was is again; taken back at once, nobody has been told of it."""

import itertools
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import branches, moderation, posting, reporting
from comments.models import Comment, Decision, Notification, Report
from comments.moderation import Overtaken
from comments.workflow import RULINGS, SETTLES_AFTER
from newsroom import illegal
from tests.factories import (
    make_comment,
    make_edition,
    make_shown_comment,
    make_user,
    mo,
    once_settled,
    ravi,
    reject,
    rory,
    rosa,
)

pytestmark = pytest.mark.django_db

SOURCES = [(name, state) for name, ruling in RULINGS.items() for state in sorted(ruling.sources)]


def comment_that_is(state: str) -> Comment:
    comment = make_comment(make_edition())
    if state != "held":
        moderation.approve(comment, version=1, by=mo())
    return reject(comment) if state == "rejected" else Comment.objects.get(pk=comment.pk)


def rule(name: str, comment: Comment) -> Decision:
    comment.refresh_from_db()
    more = {"reason": "spam"} if name == "reject" else {}
    return getattr(moderation, name)(comment, version=comment.version, by=mo(), **more)


@pytest.mark.parametrize(("name", "state"), SOURCES)
def test_each_ruling_is_undone_from_each_state(name, state):
    comment = comment_that_is(state)
    undone = branches.undo(rule(name, comment), by=make_user("mia", "Moderator"))
    assert (undone.ruling, undone.after, undone.by.username) == ("undo", state, "mia")
    assert Comment.objects.get(pk=comment.pk).state == state
    discussion = Comment.objects.get(pk=comment.pk).discussion
    assert (discussion.shown_count, discussion.held_count) == (state == "shown", state == "held")


@pytest.mark.parametrize(("name", "person"), list(itertools.product(RULINGS, [rory, rosa, ravi])))
def test_only_a_moderator_undoes(name, person):
    decision = rule(name, comment_that_is(sorted(RULINGS[name].sources)[0]))
    with pytest.raises(PermissionDenied):
        branches.undo(decision, by=person())


def test_what_happened_since_stays():
    comment = comment_that_is("held")
    first = rule("approve", comment)
    second = rule("reject", comment)
    with pytest.raises(Overtaken, match="Already rejected by mo"):
        branches.undo(first, by=mo())
    undone = branches.undo(second, by=mo())
    for decision in (second, undone):
        with pytest.raises(Overtaken):
            branches.undo(decision, by=mo())
    comment.refresh_from_db()
    third = rule("approve", comment_that_is("held"))
    posting.withdraw(third.comment, by=rosa())
    with pytest.raises(Overtaken, match="withdrawn"):
        branches.undo(third, by=mo())


def test_back_among_the_rejected_it_has_its_reason_again():
    comment = reject(comment_that_is("held"), "abuse")
    branches.undo(rule("approve", comment), by=mo())
    assert comment.decisions.first().told == "Your comment was taken down: Abuse or insults"


def test_without_scripts_what_is_said_of_a_ruling_leads_to_its_undoing(client):
    comment = make_comment(make_edition(), by=make_user("nell", display_name="Nell <b>"))
    client.force_login(mo())
    ruled = client.post(f"/desk/comments/{comment.pk}/approve/", {"version": comment.version}, follow=True)
    said = r'Approved\. It is Nell &lt;b&gt;’s comment\. <a href="([^"]+)">See it, or undo this</a>'
    page = re.search(said, ruled.content.decode())[1]
    undo = re.search(r'action="(/desk/decisions/\d+/undo/)"', client.get(page).content.decode())[1]
    undone = client.post(undo, {"back": page}, follow=True)
    assert f'Undone. It is Nell &lt;b&gt;’s comment. <a href="{page}">See it</a>' in undone.content.decode()
    assert Comment.objects.get(pk=comment.pk).state == "held"


# --- What was reported -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["keep", "reject"])
def test_what_it_had_answered_waits_again_and_nothing_else(name):
    comment, person = make_shown_comment(make_edition()), make_user("nell")
    person.emailaddress_set.create(email=person.email, verified=True)
    reporting.report(comment, by=person, reason="spam")
    rule("keep", comment)
    reporting.report(comment, by=person, reason="illegal")
    branches.undo(rule(name, comment), by=mo())
    assert list(Report.objects.order_by("reason").values_list("reason", "outcome")) == [
        ("illegal", ""),
        ("spam", "kept"),
    ]
    assert [row.pk for row in Comment.objects.reported()] == [comment.pk]


def test_what_went_with_it_is_reported_again_too(settle):
    head = make_shown_comment(make_edition(), by=ravi())
    answer = make_shown_comment(head.discussion.article.live_edition, by=ravi(), parent=head)
    Report.objects.create(comment=answer, version=answer.version, reason="spam", at=timezone.now())
    decision = settle(branches.remove, head, version=head.version, by=mo(), reason="abuse")
    assert Report.objects.get().outcome == "upheld"
    settle(branches.undo, decision, by=mo())
    assert Report.objects.get().outcome == ""


def test_who_told_us_is_told_of_what_holds(mailoutbox):
    comment = make_shown_comment(make_edition())
    illegal.tell_us(comment, text="It is.", name="Nell", email="nell@example.com", sender="1.2.3.4")
    with once_settled():
        decision = rule("reject", comment)
    with once_settled(), once_settled():
        illegal.tell_decided()
        branches.undo(decision, by=mo())
        illegal.tell_decided()
        rule("keep", comment)
    with once_settled(), once_settled(), once_settled():
        illegal.tell_decided()
    assert ["taken it down" in message.body for message in mailoutbox] == [True, False]


# --- Who is told -----------------------------------------------------------------------------------


def test_what_is_taken_back_at_once_is_told_to_nobody(settle):
    comment = comment_that_is("held")
    decision = settle(rule, "reject", comment)
    assert not Notification.objects.standing().exists()
    settle(branches.undo, decision, by=mo())
    with once_settled():
        assert not Notification.objects.exists()
    assert Decision.objects.count() == 2


def test_what_is_taken_back_later_is_told_as_well(settle):
    comment = comment_that_is("shown")
    decision = settle(rule, "reject", comment)
    with once_settled():
        assert Notification.objects.standing().get().sentence.startswith("Your comment was taken down")
        settle(branches.undo, decision, by=mo())
    with once_settled(), once_settled():
        assert Notification.objects.standing().get().sentence == "Your comment is back"


def test_a_slip_is_one_only_so_long():
    comment = comment_that_is("held")
    decision = rule("reject", comment)
    undone = branches.undo(decision, by=mo())
    for late, is_slip in ((SETTLES_AFTER / 2, True), (SETTLES_AFTER, False)):
        undone.at = decision.at + late
        assert undone.is_slip == is_slip
    assert not decision.is_slip


def test_what_was_flagged_is_flagged_again():
    comment = make_shown_comment(make_edition(), by=ravi())
    flag = {"rule": "suspect", "version": 1, "action": "flag", "severity": 1}
    Comment.objects.filter(pk=comment.pk).update(is_flagged=True, signals=[flag])
    for name in ("keep", "reject"):
        branches.undo(rule(name, Comment.objects.get(pk=comment.pk)), by=mo())
        assert Comment.objects.get(pk=comment.pk).is_flagged
