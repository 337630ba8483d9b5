"""Posting: held for the newcomer, shown for the regular, refused with a reason, and never twice."""

import itertools
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from comments import moderation, posting
from comments.models import Comment, Discussion
from comments.receivers import seed_discussion
from comments.screening import decide
from tests.factories import (
    edith,
    list_phrases,
    make_article,
    make_comment,
    make_edition,
    make_shown_comment,
    mo,
    ravi,
    reject,
    republish,
    rory,
    rosa,
    take_down,
)

pytestmark = pytest.mark.django_db


def test_the_first_two_are_held_and_the_third_is_shown():
    edition = make_edition()
    first, second = make_shown_comment(edition), make_shown_comment(edition)
    assert first.held_for
    assert second.held_for
    third = make_comment(edition)
    assert (third.state, third.held_for) == ("shown", "")


def test_held_comments_do_not_count_as_the_first_two():
    edition = make_edition()
    assert [make_comment(edition).state for _ in range(4)] == ["held"] * 4


def test_a_rejected_comment_does_not_count_as_one_of_the_first_two():
    edition = make_edition()
    reject(make_comment(edition))
    make_shown_comment(edition)
    assert make_comment(edition).state == "held"


def test_a_comment_that_is_held_says_why_and_keeps_what_the_screens_found():
    comment = make_comment(make_edition())
    assert "first two comments" in comment.held_for
    assert [signal["rule"] for signal in comment.signals] == ["newcomer"]


@pytest.mark.parametrize("person", [rory, edith, mo])
def test_staff_are_not_held(person):
    assert make_comment(make_edition(), by=person()).state == "shown"


def test_under_premoderation_the_regular_is_held_too():
    edition, regular = make_edition(), ravi()
    assert make_comment(edition, by=regular).state == "shown"
    Discussion.objects.filter(article=edition.article).update(mode="moderated")
    assert make_comment(edition, by=regular).state == "held"


def test_the_words_are_kept_as_typed_and_rendered_once():
    comment = make_comment(make_edition(), body="  **Yes** <b>\r\n\r\n\r\n\r\nno ")
    comment.refresh_from_db()
    assert comment.body == "**Yes** <b>\n\nno"
    assert comment.html == "<p><strong>Yes</strong> &lt;b&gt;</p><p>no</p>"


@pytest.mark.parametrize("body", ["", " ", "\n\n", "\u200b\u2060", "x", "\x00\x00"])
def test_nothing_is_no_comment(body):
    edition = make_edition()
    with pytest.raises(posting.Refused, match="Write something"):
        make_comment(edition, body=body)
    assert not Comment.objects.exists()


def test_a_comment_at_the_limit_is_taken_and_one_over_it_is_told_its_length():
    edition = make_edition()
    assert len(make_comment(edition, body="é" * posting.MAX_LENGTH).body) == posting.MAX_LENGTH
    with pytest.raises(posting.Refused, match=r"5,000 characters; this one has 5,001"):
        make_comment(edition, body="é" * (posting.MAX_LENGTH + 1))


def test_the_same_key_twice_is_one_comment():
    edition, key = make_edition(), uuid.uuid4()
    first = make_comment(edition, key=key, body="Once")
    second = make_comment(edition, key=key, body="Once, sent again")
    assert second == first
    assert Comment.objects.get().body == "Once"
    discussion = Discussion.objects.get(article=edition.article)
    assert (discussion.seq, discussion.held_count) == (1, 1)


def test_anothers_key_is_refused():
    edition, key, regular = make_edition(), uuid.uuid4(), ravi()
    make_comment(edition, key=key)
    with pytest.raises(posting.Refused, match="used already"):
        make_comment(edition, by=regular, key=key)


def test_the_same_key_under_another_story_is_another_comment():
    key = uuid.uuid4()
    assert make_comment(make_edition(), key=key) != make_comment(make_edition(), key=key)


def test_a_closed_discussion_takes_nothing():
    edition = make_edition(discussion="closed")
    with pytest.raises(posting.Closed):
        make_comment(edition)
    discussion = Discussion.objects.get(article=edition.article)
    assert (discussion.seq, discussion.comments.count()) == (0, 0)


def test_the_first_edition_seeds_the_discussion_and_later_ones_leave_it_alone():
    edition = make_edition(discussion="closed")
    assert not Discussion.objects.get(article=edition.article).is_open
    republish(edition.article, discussion="open")
    assert not Discussion.objects.get(article=edition.article).is_open
    seed_discussion(None, edition)
    assert Discussion.objects.filter(article=edition.article).count() == 1


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.retract])
def test_a_story_readers_do_not_have_takes_no_comments(verb):
    edition = make_edition()
    take_down(verb, edition.article)
    with pytest.raises(posting.Closed):
        make_comment(edition)


def test_a_scheduled_story_takes_no_comments_yet():
    with pytest.raises(posting.Closed):
        make_comment(make_edition(timezone.now() + timedelta(days=1)))


def test_an_editors_save_does_not_touch_the_counters():
    edition, article = make_edition(), make_article()
    make_shown_comment(edition)
    republish(edition.article)
    make_comment(publishing.publish(article, version=article.version, by=edith()))
    discussion = Discussion.objects.get(article=edition.article)
    assert (discussion.shown_count, discussion.seq) == (1, 1)


def test_approval_is_what_makes_the_third_one_shown_and_not_time():
    edition = make_edition()
    comments = [make_comment(edition) for _ in range(2)]
    for comment in comments:
        moderation.approve(comment, version=1, by=mo())
    assert make_comment(edition, by=rosa()).state == "shown"


def test_every_verdict_can_be_told_again_from_what_is_kept_of_it():
    open_one, moderated = make_edition(), make_edition(discussion="moderated")
    list_phrases("bludge")
    list_phrases("casino bonus", kind="suspect")
    bodies = [
        "I liked it.",
        "I DID NOT LIKE IT AT ALL, NOT A BIT",
        "Noooooooooooo, a casino bonus",
        "You b1udge, for a casino bonus, see www.one.example, www.two.example, www.three.example",
    ]
    for edition, person, body in itertools.product([open_one, moderated], [rosa(), ravi(), mo()], bodies):
        make_comment(edition, by=person, body=body)
    comments = Comment.objects.filter(decisions=None)
    assert {(comment.state, comment.is_flagged) for comment in comments} == {
        ("shown", False),
        ("shown", True),
        ("held", False),
    }
    for comment in comments:
        again = decide(comment.findings)
        found = (comment.state, comment.held_for, comment.severity, comment.is_flagged)
        assert found == (again.state, again.sentence, again.severity, again.is_flagged)
