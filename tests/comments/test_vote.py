"""The answers to a story's question: one choice a person, counted on the discussion, frozen in editions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from articles.preflight import Incomplete
from comments import posting, voting
from comments.ballot import ballot
from comments.models import Discussion, Vote
from tests.articles.test_at_once import at_once, only
from tests.factories import (
    change,
    make_article,
    make_comment,
    make_edition,
    make_user,
    publish,
    ravi,
    republish,
    rosa,
    visit,
)

pytestmark = pytest.mark.django_db

ASKED = {"prompt": "Who did it?", "answers": "The butler\nThe sea\nNobody"}


def votes(edition) -> tuple[int, ...]:
    return Discussion.objects.get(article=edition.article_id).vote_counts[:3]


# --- Choosing --------------------------------------------------------------------------------------


def test_a_choice_counts_once_and_can_be_changed_and_taken_back():
    edition = make_edition(**ASKED)
    voting.vote(edition, answer=1, by=ravi())
    voting.vote(edition, answer=1, by=ravi())
    voting.vote(edition, answer=3, by=rosa())
    assert votes(edition) == (1, 0, 1)
    voting.vote(edition, answer=2, by=ravi())
    assert votes(edition) == (0, 1, 1)
    voting.vote(edition, answer=0, by=ravi())
    voting.vote(edition, answer=0, by=ravi())
    assert votes(edition) == (0, 0, 1)
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("answer", [4, 6, 99])
def test_what_is_no_answer_is_refused(answer):
    with pytest.raises(posting.Refused, match="not one of"):
        voting.vote(make_edition(**ASKED), answer=answer, by=ravi())


def test_where_nothing_is_asked_nothing_is_chosen():
    with pytest.raises(posting.Refused):
        voting.vote(make_edition(), answer=1, by=ravi())


def test_in_a_closed_discussion_the_result_stands():
    edition = make_edition(**ASKED)
    voting.vote(edition, answer=1, by=ravi())
    Discussion.objects.update(mode="closed")
    with pytest.raises(posting.Closed):
        voting.vote(edition, answer=2, by=ravi())
    page = Client().get(edition.path).content.decode()
    assert "100 %" in page
    assert "data-answer" not in page


def test_who_has_left_chooses_nothing():
    with pytest.raises(PermissionDenied):
        voting.vote(make_edition(**ASKED), answer=1, by=make_user("gone", is_active=False))


@pytest.mark.django_db(transaction=True)
def test_twelve_choices_at_once_of_four_people_are_four():
    edition = make_edition(**ASKED)
    people = [make_user(f"reader-{number}") for number in range(4)]
    got = at_once(12, lambda n: voting.vote(edition, answer=n % 3 + 1, by=people[n % 4]))
    assert len(only(Discussion, got)) == 12, got
    assert sum(votes(edition)) == 4 == Vote.objects.count()
    assert [Vote.objects.filter(answer=place).count() for place in (1, 2, 3)] == list(votes(edition))


# --- What readers see ------------------------------------------------------------------------------


def test_the_result_is_text_and_bars_and_the_answer_stands_on_the_comment():
    edition = make_edition(**ASKED)
    voting.vote(edition, answer=2, by=ravi())
    voting.vote(edition, answer=3, by=rosa())
    comment = make_comment(edition, by=ravi())
    page = Client().get(edition.path).content.decode()
    assert "2 votes" in page
    assert page.count('<rect width="50"') == 2
    chip = '<span class="visually-hidden">Chose: </span>The sea</span>'
    assert chip in page
    assert chip in Client().get(comment.get_absolute_url()).content.decode()


def test_an_answer_that_was_taken_back_is_shown_nowhere_and_the_others_keep_their_votes():
    edition = make_edition(**ASKED)
    voting.vote(edition, answer=1, by=ravi())
    voting.vote(edition, answer=3, by=rosa())
    make_comment(edition, by=ravi())
    republish(edition.article, answers="\nThe deep sea\nNobody")
    page = Client().get(edition.path).content.decode()
    assert "The butler" not in page
    assert "The deep sea" in page
    assert '<rect width="100"' in page
    assert "1 vote<" in page


def test_readers_choose_among_what_was_published():
    edition = make_edition(**ASKED)
    change(edition.article, answers="Other\nAnswers")
    assert "The butler" in Client().get(edition.path).content.decode()


def test_a_ballot_measures_shares_of_what_stands():
    found = ballot(("Yes", "", "No"), (1, 5, 2, 0, 0, 0))
    assert [(choice.place, choice.votes, choice.share) for choice in found.choices] == [(1, 1, 33), (3, 2, 67)]
    assert found.total == 3
    assert (found.text(3), found.text(2), found.text(None)) == ("No", "", "")
    assert not ballot((), (0,) * 6)


# --- Its page --------------------------------------------------------------------------------------


def test_the_page_marks_what_one_came_for_and_takes_it():
    edition = make_edition(**ASKED)
    client, url = visit(ravi()), f"/comments/{edition.article_id}/vote/"
    assert 'value="2" required checked' in client.get(f"{url}?answer=2").content.decode()
    assert votes(edition) == (0, 0, 0)
    assert client.post(url, {"answer": "2"}).url == f"{edition.path}#discussion"
    assert votes(edition) == (0, 1, 0)
    assert "Take my answer back" in client.get(url).content.decode()


@pytest.mark.parametrize("answer", ["", "x", "-1", "999", "٢", "5"])
def test_nonsense_is_told_and_counts_nothing(answer):
    edition = make_edition(**ASKED)
    reply = visit(ravi()).post(f"/comments/{edition.article_id}/vote/", {"answer": answer})
    assert reply.status_code == 409
    assert votes(edition) == (0, 0, 0)


def test_the_script_gets_the_result():
    edition = make_edition(**ASKED)
    url, headers = f"/comments/{edition.article_id}/vote/", {"accept": "application/json"}
    reply = visit(ravi()).post(url, {"answer": "1"}, headers=headers).json()
    assert reply["answer"] == 1
    assert "100 %" in reply["html"]
    assert visit(ravi()).get(f"/comments/{edition.article_id}/me/").json()["answer"] == 1
    assert visit(ravi()).post(url, {"answer": "9"}, headers=headers).status_code == 409


def test_a_stranger_is_asked_to_sign_in():
    edition = make_edition(**ASKED)
    assert Client().post(f"/comments/{edition.article_id}/vote/", {"answer": "1"}).status_code == 302


# --- The desk --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("Only one", "two to six"),
        ("\n".join("abcdefg"), "two to six"),
        ("Yes\nyes", "are the same"),
        (f"Yes\n{'x' * 81}", "longer than"),
    ],
)
def test_answers_that_do_not_work_are_not_published(answers, said):
    article = make_article(prompt="Well?", answers=answers)
    with pytest.raises(Incomplete, match=said):
        publish(article)


def test_answers_without_a_question_are_not_published():
    with pytest.raises(Incomplete, match="no prompt"):
        publish(make_article(answers="Yes\nNo"))


def test_the_place_of_an_answer_survives_the_form():
    edition = make_edition(**ASKED)
    article = change(edition.article, answers="\n  The   sea \r\nNobody\n\n")
    assert article.answers == "\nThe sea\nNobody"
