"""Many readers and moderators in the same instant, on real connections."""

import uuid

import pytest
from django.db import connection

from comments import branches, calming, moderation, posting, rewording
from comments.models import Calm, Comment, Decision, Discussion
from tests.articles.test_at_once import at_once, only
from tests.factories import ana, make_comment, make_edition, make_user, mo, ravi, rosa

from .test_counters import assert_counters_equal_a_recount

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 12


def test_twelve_who_post_at_once_are_numbered_one_to_twelve():
    edition = make_edition()
    readers = [make_user(f"reader-{number}") for number in range(MANY)]
    got = at_once(MANY, lambda n: make_comment(edition, by=readers[n]))
    assert len(only(Comment, got)) == MANY, got
    assert sorted(comment.seq for comment in got) == list(range(1, MANY + 1))
    assert_counters_equal_a_recount()


def test_twelve_who_answer_at_once_are_numbered_under_the_head():
    edition = make_edition()
    head = make_comment(edition, by=ravi())
    readers = [make_user(f"reader-{number}") for number in range(MANY)]
    got = at_once(MANY, lambda n: make_comment(edition, by=readers[n], parent=head))
    assert len(only(Comment, got)) == MANY, got
    assert sorted(comment.reply_no for comment in got) == list(range(1, MANY + 1))
    assert_counters_equal_a_recount()


def test_a_form_sent_eight_times_at_once_is_one_comment():
    edition, key, by = make_edition(), uuid.uuid4(), rosa()
    got = at_once(8, lambda _: make_comment(edition, by=by, key=key))
    assert len({comment.pk for comment in only(Comment, got)}) == 1, got
    assert len(only(Comment, got)) == 8
    assert_counters_equal_a_recount()


def test_of_eight_moderators_at_once_one_rules():
    comment = make_comment(make_edition())
    moderators = [make_user(f"mo-{number}", "Moderator") for number in range(8)]
    got = at_once(8, lambda n: moderation.approve(comment, version=1, by=moderators[n]))
    assert (len(only(Decision, got)), len(only(moderation.Overtaken, got))) == (1, 7), got
    assert_counters_equal_a_recount()


def test_of_several_ruled_on_by_several_at_once_each_is_ruled_on_once_and_the_others_are_told():
    comments = [make_comment(edition, by=make_user(f"of-{n}")) for n in range(4) for edition in [make_edition()]]
    read = {comment.pk: 1 for comment in comments}
    moderators = [make_user(f"mo-{number}", "Moderator") for number in range(6)]
    rulings = ("approve", "reject")
    got = only(
        moderation.Outcome,
        at_once(6, lambda n: moderation.rule_all(rulings[n % 2], read, by=moderators[n], reason="spam")),
    )
    assert len(got) == 6, got
    assert sorted(decision.comment_id for outcome in got for decision in outcome.decisions) == sorted(read)
    late = [str(problem) for outcome in got for problem in outcome.overtaken]
    assert len(late) == 5 * len(comments)
    assert all(" by mo-" in words for words in late)
    assert_counters_equal_a_recount()


def test_posting_ruling_and_withdrawing_at_once_do_not_wait_for_each_other_in_a_ring():
    edition, by, moderator = make_edition(), ravi(), mo()
    heads = [make_comment(edition, by=by) for _ in range(4)]
    acts = [
        *(lambda head=head: posting.withdraw(head, by=by) for head in heads),
        *(lambda head=head: make_comment(edition, by=by, parent=head) for head in heads),
        *(lambda head=head: moderation.reject(head, version=1, by=moderator, reason="spam") for head in heads),
    ]
    got = at_once(len(acts), lambda n: acts[n]())
    unforeseen = [result for result in only(Exception, got) if not isinstance(result, posting.Refused)]
    assert all(isinstance(result, moderation.Overtaken) for result in unforeseen), got
    assert_counters_equal_a_recount()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_in_a_storm_of_fifty_times_twenty_every_comment_is_counted_once():
    edition, by = make_edition(), ravi()

    def twenty(number: int) -> list[Comment]:
        # How long one waits behind fifty others is the machine's affair.
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        return [make_comment(edition, by=by, body=f"{number} of {turn}.") for turn in range(20)]

    got = at_once(50, twenty)
    assert len(only(list, got)) == 50, only(Exception, got)[:3]
    assert Comment.objects.filter(discussion__article=edition.article_id).count() == 1000
    assert_counters_equal_a_recount()


def test_closing_against_posting_leaves_nothing_in_a_closed_discussion_that_is_not_counted():
    edition, readers = make_edition(), [make_user(f"reader-{number}") for number in range(8)]
    discussion = posting.open_for(edition)

    def act(number: int) -> object:
        if number == 0:
            return Discussion.objects.filter(pk=discussion.pk).update(mode="closed")
        return make_comment(edition, by=readers[number - 1])

    got = at_once(9, act)
    taken, refused = only(Comment, got), only(posting.Closed, got)
    assert len(taken) + len(refused) == 8, got
    assert Comment.objects.filter(discussion=discussion).count() == len(taken)
    assert_counters_equal_a_recount()


def test_no_comment_comes_in_after_a_pause_began():
    edition, readers, moderator = make_edition(), [make_user(f"reader-{number}") for number in range(8)], mo()
    discussion = posting.open_for(edition)

    def act(number: int) -> object:
        if number == 0:
            return calming.calm(discussion, "pause", by=moderator, reason="Enough.")
        return make_comment(edition, by=readers[number - 1])

    got = at_once(9, act)
    taken, refused = only(Comment, got), only(posting.Closed, got)
    assert len(taken) + len(refused) == 8, got
    began = Calm.objects.get()
    # The pause waited for the discussion's row: what was numbered then came before it.
    assert Comment.objects.filter(discussion=discussion).count() == len(taken)
    assert all("Enough." in str(problem) for problem in refused)
    with pytest.raises(posting.Closed):
        make_comment(edition, by=readers[0])
    assert began.is_standing
    assert_counters_equal_a_recount()


def test_answering_against_removing_never_answers_what_was_gone_before():
    edition, by, moderator = make_edition(), ravi(), mo()
    heads = [make_comment(edition, by=by, body=f"Head {number}.") for number in range(4)]
    acts = [
        *(lambda head=head: make_comment(edition, by=by, parent=head, body=f"To {head.pk}.") for head in heads),
        *(lambda head=head: moderation.reject(head, version=1, by=moderator, reason="spam") for head in heads),
    ]
    got = at_once(len(acts), lambda n: acts[n]())
    assert len(only(Decision, got)) == 4, got
    assert all(isinstance(one, Comment | posting.Refused) for one in got[:4]), got
    assert_counters_equal_a_recount()


def test_of_approving_rejecting_and_changing_the_words_one_comes_first_and_the_others_are_told():
    edition, by, moderators = make_edition(), ravi(), [mo(), ana()]
    comments = [make_comment(edition, by=by, body=f"No. {number}.") for number in range(4)]

    def act(number: int) -> object:
        comment = comments[number // 3]
        if number % 3 == 0:
            return moderation.approve(comment, version=1, by=moderators[0])
        if number % 3 == 1:
            return moderation.reject(comment, version=1, by=moderators[1], reason="spam")
        return rewording.edit(comment, posting.Words("Other words."), version=1, by=by)

    got = at_once(12, act)
    for first in range(0, 12, 3):
        won, lost = (
            only(kinds, got[first : first + 3])
            for kinds in ((Comment, Decision), (moderation.Overtaken, posting.Refused))
        )
        assert (len(won), len(lost)) == (1, 2), got
    ruled = Decision.objects.select_related("comment")
    assert all(decision.comment.body != "Other words." for decision in ruled)
    assert_counters_equal_a_recount()


def test_taking_an_approval_back_against_an_answer_takes_it_back_and_counts_right():
    edition, by, moderator = make_edition(), ravi(), mo()
    heads = [make_comment(edition, by=rosa(), body=f"Head {number}.") for number in range(4)]
    approved = [moderation.approve(head, version=1, by=moderator) for head in heads]
    acts = [
        *(lambda head=head: make_comment(edition, by=by, parent=head, body=f"To {head.pk}.") for head in heads),
        *(lambda decision=decision: branches.undo(decision, by=moderator) for decision in approved),
    ]
    got = at_once(len(acts), lambda n: acts[n]())
    assert len(only(Decision, got)) == 4, got
    assert all(isinstance(one, Comment | posting.Refused) for one in got[:4]), got
    assert not Comment.objects.filter(pk__in=[head.pk for head in heads], state="shown").exists()
    assert_counters_equal_a_recount()
