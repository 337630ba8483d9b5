"""Who is told of what in a discussion: once, never of one's own act, and never before it can be read."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from comments import erasing, following, moderation, muting, picking, posting, rewording, telling
from comments.mentions import mentioned
from comments.models import Comment, Following, Notification
from newsroom import farewells
from newsroom.models import User
from tests.factories import (
    edith,
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
    take_down,
)

pytestmark = pytest.mark.django_db


def told(comment: Comment | None = None) -> set[tuple[str, str]]:
    """Who is told of what; of one comment, or of all."""
    rows = Notification.objects.filter(comment=comment) if comment else Notification.objects.all()
    return set(rows.values_list("person__username", "kind"))


def approve(comment: Comment) -> None:
    comment.refresh_from_db()
    moderation.approve(comment, version=comment.version, by=mo())


def follow(edition: Any, who: User, mode: str = "follow") -> None:
    following.follow(posting.open_for(edition), by=who, mode=mode)


# --- Of what ---------------------------------------------------------------------------------------


def test_who_is_answered_is_told_once_the_answer_can_be_read_and_never_again(settle):
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    reply = settle(make_comment, edition, by=rosa(), parent=head, body="No.")
    assert reply.state == "held"
    assert told() == set()
    settle(approve, reply)
    assert told(reply) == {("ravi", "reply"), ("rosa", "decision")}
    Notification.objects.filter(kind="reply").update(seen_at=timezone.now())
    words = posting.Words("No, never.")
    settle(rewording.edit, Comment.objects.get(pk=reply.pk), words, version=2, by=rosa())
    for verb in (reject, approve):
        settle(verb, reply)
    settle(telling.tell_of_comment, reply.pk)
    assert Notification.objects.get(kind="reply").seen_at
    assert Notification.objects.count() == 2


def test_mentioned_are_those_who_speak_here_and_it_goes_before_reply_and_following(settle):
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    make_shown_comment(edition, by=rosa())
    make_shown_comment(edition, by=edith())
    make_comment(edition, by=make_user("held"))
    make_user("away")
    for who in (ravi(), rory(), mo()):
        follow(edition, who)
    said = settle(
        make_comment, edition, by=mo(), parent=head, body="@Ravi Regular, @ROSA: so do I. @held, @away, @mo, @edithx"
    )
    assert told(said) == {("ravi", "mention"), ("rosa", "mention"), ("rory", "follow")}


def test_picked_and_decided_tell_the_author_and_nobody_their_own(settle):
    edition = make_edition()
    comment, own = make_shown_comment(edition, by=ravi()), make_shown_comment(edition, by=mo())
    for one in (comment, own):
        settle(picking.pick, one, by=mo())
        settle(reject, one)
    assert told(comment) == {("ravi", "pick"), ("ravi", "decision")}
    assert told(own) == set()
    sentences = {row.kind: row.sentence for row in Notification.objects.all()}
    assert sentences["decision"] == "Your comment was taken down: Advertising or spam"
    with once_settled():
        assert {row.kind for row in Notification.objects.standing()} == {"decision"}


def test_a_later_ruling_takes_the_place_of_an_earlier_and_is_new_again(settle):
    comment = make_comment(make_edition())
    settle(approve, comment)
    Notification.objects.update(seen_at=timezone.now(), mailed_at=timezone.now())
    first = comment.decisions.get()
    settle(reject, comment)
    row = Notification.objects.get()
    assert (row.seen_at, row.mailed_at, row.sentence.split(":")[0]) == (None, None, "Your comment was taken down")
    Notification.objects.update(seen_at=timezone.now())
    settle(telling.tell_of_ruling, first.pk)
    settle(telling.tell_of_ruling, comment.decisions.first().pk)
    assert Notification.objects.get().seen_at
    settle(moderation.keep, make_shown_comment(make_edition(), by=ravi()), version=1, by=mo())
    assert Notification.objects.count() == 1


# --- To whom not -----------------------------------------------------------------------------------


def test_nobody_is_told_who_has_muted_has_left_or_is_leaving(settle):
    edition = make_edition()
    heads = {}
    for name in ("fine", "muter", "silent", "closed", "leaver"):
        heads[name] = make_shown_comment(edition, by=make_user(name))
    said = make_shown_comment(edition, by=mo())
    muting.mute(said, by=make_user("muter"))
    follow(edition, make_user("silent"), "mute")
    User.objects.filter(username="closed").update(is_active=False)
    farewells.ask(make_user("leaver"))
    for head in heads.values():
        settle(make_comment, edition, by=mo(), parent=head)
        settle(picking.pick, head, by=mo())
    assert told() == {("fine", "reply"), *((name, "pick") for name in ("fine", "muter"))}
    own = settle(make_comment, edition, by=mo(), parent=said)
    assert told(own) == set()


def test_what_is_gone_is_told_no_more_and_comes_back_with_it(settle):
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    reply = settle(make_comment, edition, by=mo(), parent=head)

    def standing() -> int:
        return Notification.objects.standing().filter(person=ravi()).count()

    assert standing() == 1
    for gone, back in (
        (lambda: reject(reply), lambda: approve(reply)),
        (lambda: muting.mute(reply, by=ravi()), lambda: ravi().mutes.all().delete()),
        (lambda: follow(edition, ravi(), "mute"), lambda: follow(edition, ravi(), "")),
        (
            lambda: take_down(publishing.unpublish, edition.article),
            lambda: take_down(publishing.bring_back, edition.article),
        ),
    ):
        gone()
        assert standing() == 0
        back()
        assert standing() == 1
    posting.withdraw(Comment.objects.get(pk=reply.pk), by=mo())
    assert standing() == 0


def test_a_story_that_is_gone_tells_nobody(settle):
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    reply = make_comment(edition, by=mo(), parent=head)
    take_down(publishing.unpublish, edition.article)
    telling.tell_of_comment(reply.pk)
    telling.tell_of_comment(999_999)
    telling.tell_of_ruling(999_999)
    telling.tell_of_pick(reply.pk)
    assert told() == set()


def test_who_leaves_takes_it_along_and_so_does_the_story(settle):
    edition = make_edition()
    head = make_shown_comment(edition, by=ravi())
    follow(edition, ravi())
    settle(make_shown_comment, edition, by=rosa(), parent=head)
    settle(make_comment, edition, by=mo(), parent=head)
    erasing.erase(rosa())
    assert told() == {("ravi", "reply")}
    erasing.erase(ravi())
    assert (Notification.objects.count(), Following.objects.count()) == (0, 0)


def test_tick_forgets_what_was_told_three_months_ago(settle):
    head = make_shown_comment(make_edition(), by=ravi())
    for days in (100, 80):
        settle(picking.pick, make_shown_comment(make_edition(), by=ravi()), by=mo())
        newest = Notification.objects.latest("pk")
        Notification.objects.filter(pk=newest.pk).update(made_at=timezone.now() - timedelta(days=days))
    call_command("tick", verbosity=0)
    assert Notification.objects.count() == 1
    assert head.author == ravi()


# --- What it costs ---------------------------------------------------------------------------------


def test_telling_costs_the_same_for_two_followers_as_for_a_hundred():
    edition, cost = make_edition(), []
    for many in (2, 100):
        people = User.objects.bulk_create(User(username=f"f{many}-{n}") for n in range(many))
        discussion = posting.open_for(edition)
        Following.objects.bulk_create(Following(person=who, discussion=discussion, mode="follow") for who in people)
        comment = make_comment(edition, by=mo(), body="@ravi, look", key=uuid.uuid4())
        with CaptureQueriesContext(connection) as asked:
            telling.tell_of_comment(comment.pk)
        cost.append(len(asked))
        assert len(told(comment)) >= many
    assert cost[0] == cost[1]


# --- Names -----------------------------------------------------------------------------------------

NAMES = {"mo": 1, "rosa": 2, "rosa reads": 3, "édith o’neill": 4, "x-y": 5, "x": 6, "ravi": 7}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Mo, and @rosa reads; @ROSA Reads again", [1, 3]),
        ("@rosa reader", [2]),
        ("(@E\u0301dith O’Neill)", [4]),
        ("@x-y, @x, @x-z", [5, 6]),
        ("@mo @rosa @x @ravi", [1, 2, 6]),
        ("@moritz me@mo.example https://a.example/@mo @@mo @ mo mo", []),
        ("> @mo said\n\nYes, @ravi.", [7]),
        ("@mo's and @mo.", [1]),
        ("@", []),
        ("@mo " * 1200, [1]),
    ],
)
def test_a_mention_is_the_longest_name_that_ends_with_a_word_three_at_most(text, people):
    assert mentioned(text, NAMES) == people
    assert mentioned(text, {}) == []
