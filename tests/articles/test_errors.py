"""Errors that readers report: from a comment to the editors, back to who said it, and onto the correction."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import errors
from articles.models import ErrorNote
from articles.publishing import NotPossible
from comments import reporting
from newsroom.models import User
from tests.factories import correct, edith, make_edition, make_shown_comment, make_user, mo, rory, rosa, visit

pytestmark = pytest.mark.django_db


def una() -> User:
    user = make_user("una", display_name="Una <i>")
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return user


def note_on(edition, text: str = "It was two ferries.", *, may_be_thanked: bool = True) -> ErrorNote:
    comment = make_shown_comment(edition)
    reporting.report(comment, by=una(), reason="error", text=text, may_be_thanked=may_be_thanked)
    return ErrorNote.objects.latest("pk")


def test_an_error_a_reader_reports_comes_to_the_editors_with_its_place():
    edition = make_edition()
    comment = make_shown_comment(edition)
    data = {"reason": "error", "text": "It was two.", "may_be_thanked": "on"}
    page = visit(una()).post(f"/comments/c/{comment.pk}/report/", data).content.decode()
    assert "The editors look into it" in page
    note = ErrorNote.objects.get()
    assert (note.article, note.text, note.said_by, note.may_be_thanked) == (edition.article, "It was two.", una(), True)
    assert note.address == comment.get_absolute_url()


def test_editors_find_it_on_their_list_the_dashboard_and_the_story():
    edition = make_edition()
    note_on(edition, "Two <b>ferries</b>.")
    client = visit(edith())
    assert "Two &lt;b&gt;ferries" in client.get("/admin/articles/errornote/").content.decode()
    assert "1 error reported by readers" in client.get("/admin/").content.decode()
    page = client.get(f"/admin/articles/article/{edition.article_id}/change/").content.decode()
    assert "1 error reported by readers" in page


@pytest.mark.parametrize(("who", "status"), [(rosa, 302), (rory, 403), (mo, 403), (edith, 200)])
def test_only_who_may_correct_sees_the_list_and_answers(who, status):
    note = note_on(make_edition())
    client = visit(who())
    assert client.get("/admin/articles/errornote/").status_code == status
    client.post(f"/admin/articles/errornote/{note.pk}/answer/", {"found": "no-error"})
    assert ErrorNote.objects.filter(answer="no-error").exists() == (status == 200)
    if status == 403:
        with pytest.raises(PermissionDenied):
            errors.answer(note, found="fixed", by=who())


def test_the_list_costs_the_same_for_one_and_for_four():
    client, cost = visit(edith()), []
    for more in (1, 3):
        for _ in range(more):
            edition = make_edition()
            correct(edition)
            note_on(edition)
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/articles/errornote/")
        cost.append(len(asked))
    assert cost[0] == cost[1]


def test_a_correction_thanks_who_spotted_it_on_the_story_and_in_the_list():
    edition = make_edition()
    note, correction = note_on(edition), correct(edition)
    data = {"found": "fixed", "correction": correction.pk}
    assert visit(edith()).post(f"/admin/articles/errornote/{note.pk}/answer/", data).status_code == 302
    for path in (edition.path, "/corrections/"):
        assert "Spotted by Una &lt;i&gt;" in Client().get(path).content.decode(), path
    assert "It was an error, and is mended" in visit(una()).get("/accounts/").content.decode()


@pytest.mark.parametrize("why", ["not asked for", "has left"])
def test_who_did_not_agree_or_has_left_is_not_named(why):
    edition = make_edition()
    note, correction = note_on(edition, may_be_thanked=why != "not asked for"), correct(edition)
    errors.answer(note, found="fixed", correction=correction, by=edith())
    if why == "has left":
        User.objects.filter(pk=una().pk).update(is_active=False)
    assert "Spotted by" not in Client().get(edition.path).content.decode()


def test_an_answer_is_given_once_and_its_correction_is_of_the_same_story():
    edition = make_edition()
    note, foreign = note_on(edition), correct(make_edition())
    with pytest.raises(NotPossible, match="this story"):
        errors.answer(note, found="fixed", correction=foreign, by=edith())
    with pytest.raises(NotPossible, match="this story"):
        errors.answer(note, found="no-error", correction=correct(edition), by=edith())
    errors.answer(note, found="no-error", by=edith())
    with pytest.raises(NotPossible, match="already"):
        errors.answer(note, found="fixed", by=edith())


@pytest.mark.parametrize("data", [{}, {"found": "maybe"}, {"found": "fixed", "correction": "x"}, {"found": "\x00"}])
def test_an_answer_that_says_nothing_is_told_and_not_kept(data):
    note = note_on(make_edition())
    page = visit(edith()).post(f"/admin/articles/errornote/{note.pk}/answer/", data, follow=True).content.decode()
    assert "Choose what came of it" in page
    assert ErrorNote.objects.open().count() == 1
