"""The card of a comment at the desk: the same in the queues and on its own page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from comments import rewording
from comments.models import Comment
from comments.posting import Words
from tests.factories import (
    make_comment,
    make_edition,
    make_guest,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rosa,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["queue", "one"])
def card(request, client):
    """`card(comment)`: what its card says, in the queue or on its own page."""
    client.force_login(mo())

    def card(comment: Comment) -> str:
        page = client.get("/desk/" if request.param == "queue" else f"/desk/comments/{comment.pk}/").content.decode()
        [found] = [one for one in page.split("<article")[1:] if f'"by-{comment.pk}"' in one]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.partition("</article>")[0])).split())

    return card


def test_it_shows_the_story_with_its_question_and_what_is_answered(card):
    edition = make_edition(headline="Who did it?", prompt="Whom do you suspect?")
    head = make_shown_comment(edition, by=ravi(), body="The cook.")
    make_shown_comment(edition, by=ravi(), parent=head, body="Or the purser.")
    said = card(make_comment(edition, parent=head, body="The captain!"))
    for words in (
        "Who did it?",
        "Whom do you suspect?",
        "Answers Ravi Regular The cook.",
        "So did Ravi Regular Or the",
    ):
        assert words in said
    assert "The captain!" in said


def test_only_what_answers_the_same_before_it_stands_beside_it(card):
    edition = make_edition()
    head, other = (make_shown_comment(edition, by=ravi(), body=words) for words in ("Head.", "Elsewhere."))
    make_shown_comment(edition, by=ravi(), parent=other, body="An answer there.")
    reject(make_shown_comment(edition, by=ravi(), parent=head, body="Not this."))
    comment = make_comment(edition, parent=head)
    make_shown_comment(edition, by=ravi(), parent=head, body="Too late.")
    assert "So did" not in card(comment)


def test_it_tells_what_its_author_has_said_in_figures(card):
    edition = make_edition()
    first = make_comment(edition)
    assert "first comment" in card(first)
    for _ in range(2):
        reject(make_comment(edition))
    last = make_comment(edition)
    assert "comment 4 of 4: 2 held, 2 rejected" in card(last)
    assert "comment 1 of 4" in card(first)


def test_of_who_has_said_much_nobody_counts_which_it_is(card, monkeypatch):
    monkeypatch.setattr("comments.desk.cards.FEW", 2)
    edition = make_edition()
    for _ in range(2):
        make_shown_comment(edition, by=rosa())
    Comment.objects.update(posted_at=timezone.now() - timedelta(days=1))
    comment = make_comment(edition, by=make_user("rosa"))
    Comment.objects.filter(pk=comment.pk).update(state="held")
    assert "3 comments: 2 shown, 1 held" in card(comment)


def test_a_guest_has_no_past(card):
    comment = make_comment(make_edition(), by=make_guest(make_edition()))
    assert "A guest, without an account" in card(comment)


def test_earlier_words_are_there_to_open_and_harmless(card):
    comment = make_comment(make_edition(), body="First <b>words</b>.")
    rewording.edit(comment, Words("Second words."), version=1, by=rosa())
    said = card(comment)
    assert "Said otherwise before" in said
    assert "First <b>words</b>. until" in said


def test_why_it_waits_is_told_in_plain_words_and_what_was_found_is_marked(card, client):
    comment = make_comment(make_edition(), body="So goooooooooood & so <b>.")
    said = card(comment)
    assert "None of theirs shown before" in said
    assert "11 times “o”" in said
    page = client.get(f"/desk/comments/{comment.pk}/").content.decode()
    assert "So g<mark>ooooooooooo</mark>d &amp; so &lt;b&gt;." in page


def test_a_signal_kept_before_signals_had_a_severity_is_told(card):
    comment = make_comment(make_edition())
    old = {"rule": "newcomer", "version": 1, "action": "hold", "sentence": "Yours is read first.", "evidence": ""}
    Comment.objects.update(signals=[old])
    assert "Yours is read first." in card(comment)
