"""Counters are what a recount would give, whatever readers and moderators did in whatever order."""

import random
from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from articles.models import Edition
from comments import moderation, posting
from comments.models import Comment, Discussion
from tests.factories import make_comment, make_edition, make_shown_comment, mo, ravi, rosa

pytestmark = pytest.mark.django_db


def assert_counters_equal_a_recount():
    for discussion in Discussion.objects.all():
        rows = list(Comment.objects.filter(discussion=discussion))
        states = Counter(row.state for row in rows)
        assert (discussion.shown_count, discussion.held_count) == (states["shown"], states["held"])
        assert sorted(row.seq for row in rows) == list(range(1, discussion.seq + 1))
        for head in (row for row in rows if row.root_id is None):
            branch = [row for row in rows if row.root_id == head.pk]
            assert head.branch_size == len(branch)
            assert head.shown_replies == sum(row.state == "shown" for row in branch)
            assert sorted(row.reply_no for row in branch) == list(range(1, len(branch) + 1))


def step(chance: random.Random, editions: list) -> str:
    """One thing that somebody does; what is refused counts too."""
    comments = list(Comment.objects.order_by("pk"))
    comment = chance.choice(comments) if comments else None
    act = chance.choice(["post", "post", "reply", "reply", "approve", "approve", "reject", "withdraw"])
    by = chance.choice([rosa(), ravi()])
    version = comment.version - chance.choice([0, 0, 0, 1]) if comment else 0
    try:
        if act == "post" or comment is None:
            make_comment(chance.choice(editions), by=by)
        elif act == "reply":
            edition = next(row for row in editions if row.article_id == comment.discussion.article_id)
            make_comment(edition, by=by, parent=comment)
        elif act == "approve":
            moderation.approve(comment, version=version, by=mo())
        elif act == "reject":
            moderation.reject(comment, version=version, by=mo(), reason="other")
        else:
            posting.withdraw(comment, by=comment.author)
    except (posting.Refused, moderation.Overtaken):
        return "refused"
    return act


@pytest.mark.parametrize("seed", range(4))
def test_after_any_sequence_the_counters_equal_a_recount(seed):
    chance = random.Random(seed)
    ravi()
    make_edition()
    editions, done = list(Edition.objects.live()), Counter()
    for _ in range(60):
        done[step(chance, editions)] += 1
        assert_counters_equal_a_recount()
    assert {"post", "reply", "approve", "reject", "refused"} <= set(done)


def test_a_counter_cannot_count_more_than_was_posted():
    discussion = make_shown_comment(make_edition()).discussion
    for change in ({"shown_count": 2}, {"held_count": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Discussion.objects.filter(pk=discussion.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "vanished"},
        {"reply_no": 1},
        {"seq": 2},
        {"client_key": "twice"},
    ],
)
def test_the_database_refuses_a_comment_that_breaks_the_rules(change):
    edition, by = make_edition(), ravi()
    comment, other = make_comment(edition, by=by), make_comment(edition, by=by)
    if "client_key" in change:
        change = {"client_key": other.client_key}
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)


def test_the_database_refuses_a_root_without_a_parent_and_a_number_given_twice():
    edition, by = make_edition(), ravi()
    head = make_comment(edition, by=by)
    replies = [make_comment(edition, by=by, parent=head) for _ in range(2)]
    for change in ({"parent": None}, {"root": None}, {"reply_no": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=replies[0].pk).update(**change)
