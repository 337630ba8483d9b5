"""How far somebody is trusted, and the facts that this is worked out from."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments.looking import look_around, look_at, past_of
from comments.models import Comment
from comments.trust import Past, Trust, explained, trust_of
from tests.factories import (
    make_comment,
    make_edition,
    make_guest,
    make_shown_comment,
    make_user,
    ravi,
    reject,
    rosa,
)


@pytest.mark.parametrize(
    ("past", "trust"),
    [
        (Past(), "New"),
        (Past(shown=1), "New"),
        (Past(shown=2), "Known"),
        (Past(shown=2, rejected=90), "Known"),
        (Past(shown=10), "Known"),
        (Past(shown=10, days=14), "Regular"),
        (Past(shown=10, days=14, rejected=3), "Known"),
        (Past(shown=49, days=900), "Regular"),
        (Past(shown=50, days=59), "Regular"),
        (Past(shown=50, days=60), "Trusted"),
        (Past(shown=50, days=60, rejected=6), "Regular"),
    ],
)
def test_the_levels(past, trust):
    assert trust_of(past).label == trust
    assert explained(past).startswith(f"{trust.lower()}: {past.shown} shown")


PASTS = st.builds(Past, *[st.integers(0, 100)] * 5)


@given(PASTS)
def test_one_more_shown_lowers_nobody_and_one_more_rejected_raises_nobody(past):
    known = vars(past)
    assert trust_of(Past(**known | {"shown": past.shown + 1})) >= trust_of(past)
    assert trust_of(Past(**known | {"rejected": past.rejected + 1})) <= trust_of(past)
    assert trust_of(past) in Trust


def test_in_words():
    past = Past(shown=9, rejected=1, days=1)
    assert explained(past) == "known: 9 shown, 10 % rejected, here for 1 day"


@pytest.mark.django_db
def test_the_past_is_what_became_of_it_and_the_last_week_what_a_moderator_decided():
    edition, person = make_edition(), rosa()
    shown = [make_shown_comment(edition, by=person) for _ in range(2)]
    reject(make_comment(edition, by=person))
    make_comment(edition, by=person)  # Shown by itself: nobody has decided.
    old = reject(make_comment(edition, by=person))
    Comment.objects.filter(pk=old.pk).update(posted_at=timezone.now() - timedelta(days=8))
    person.date_joined = timezone.now() - timedelta(days=3, hours=1)
    assert past_of(person) == Past(shown=3, rejected=2, days=3, decided_lately=3, rejected_lately=1)
    assert past_of(ravi()).decided_lately == len(shown)


@pytest.mark.django_db
def test_of_guests_it_is_what_was_said_from_the_address():
    guest = make_guest(make_edition(), email="nell@mail.example")
    assert past_of(guest) == Past()
    assert look_around(guest.discussion, guest).mail_host == "mail.example"


LONG = "The ferry that sank in the second episode was built for the first one."


@pytest.mark.django_db
def test_what_was_said_before_is_met_again_but_not_in_ones_own_new_words():
    edition, person = make_edition(), ravi()
    one = make_comment(edition, by=person, body=LONG)
    discussion = one.discussion
    assert look_at(discussion, person, LONG).said_before[0] == LONG
    assert look_at(discussion, person, LONG).said_here == LONG
    assert LONG not in look_at(discussion, person, LONG, as_changed=one).said_before
    assert make_comment(make_edition(), by=person, body=LONG).state == "held"


@pytest.mark.django_db
def test_what_a_crowd_says_within_a_day_is_held():
    edition = make_edition()
    for number in range(2):
        make_comment(edition, by=make_user(f"one-{number}"), body=LONG)
    assert look_at(edition.article.discussion_row, ravi(), f"  {LONG.upper()}!!").said_by_others == 2
    assert make_comment(edition, by=ravi(), body=LONG).state == "held"
    assert look_at(edition.article.discussion_row, ravi(), LONG).said_by_others == 2
    assert look_at(edition.article.discussion_row, ravi(), "I liked it.").said_by_others == 0
    Comment.objects.update(posted_at=timezone.now() - timedelta(days=2))
    assert look_at(edition.article.discussion_row, ravi(), LONG).said_by_others == 0
