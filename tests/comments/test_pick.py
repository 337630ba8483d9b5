"""Picks and the pinned comment: who may, how many, and where readers see them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from comments import picking
from comments.models import Comment
from comments.posting import Refused
from tests.factories import edith, make_comment, make_edition, make_shown_comment, mo, ravi, reject, rory, rosa, visit

pytestmark = pytest.mark.django_db


def is_picked(comment: Comment) -> bool:
    return Comment.objects.picks().filter(pk=comment.pk).exists()


@pytest.mark.parametrize("who", [mo, edith])
def test_moderators_and_editors_pick_and_take_that_back(who):
    comment = make_shown_comment(make_edition())
    picking.pick(comment, by=who())
    picking.pick(comment, by=who())
    assert is_picked(comment)
    assert Comment.objects.get(pk=comment.pk).picked_by == who()
    picking.unpick(comment, by=who())
    assert not is_picked(comment)


@pytest.mark.parametrize("who", [rory, ravi, rosa])
def test_others_do_not(who):
    comment = make_shown_comment(make_edition())
    for verb in (picking.pick, picking.unpick, picking.pin, picking.unpin):
        with pytest.raises(PermissionDenied):
            verb(comment, by=who())
    assert visit(who()).get(f"/comments/c/{comment.pk}/pick/").status_code == 403
    assert visit(who()).post(f"/comments/c/{comment.pk}/pick/", {"act": "pick"}).status_code == 403
    assert not is_picked(comment)


def test_a_stranger_is_asked_to_sign_in():
    comment = make_shown_comment(make_edition())
    assert visit(None).post(f"/comments/c/{comment.pk}/pick/", {"act": "pick"}).status_code == 302


def test_a_discussion_has_five_picks_at_most():
    edition = make_edition()
    comments = [make_shown_comment(edition, body=f"No. {number}.") for number in range(6)]
    for comment in comments[:5]:
        picking.pick(comment, by=mo())
    with pytest.raises(Refused, match="5 picks already"):
        picking.pick(comments[5], by=mo())
    response = visit(mo()).post(f"/comments/c/{comments[5].pk}/pick/", {"act": "pick"})
    assert (response.status_code, "5 picks already" in response.content.decode()) == (409, True)
    picking.unpick(comments[0], by=mo())
    picking.pick(comments[5], by=mo())
    picking.pick(make_shown_comment(make_edition()), by=mo())


def test_what_nobody_sees_is_not_picked():
    edition = make_edition()
    for comment in (make_comment(edition), reject(make_comment(edition))):
        with pytest.raises(Refused, match="not there"):
            picking.pick(comment, by=mo())


def test_the_page_asks_and_readers_see_the_chip():
    edition = make_edition()
    comment, client = make_shown_comment(edition), visit(mo())
    assert "Pick this comment?" in client.get(f"/comments/c/{comment.pk}/pick/").content.decode()
    assert client.post(f"/comments/c/{comment.pk}/pick/", {"act": "pick"}).url == comment.get_absolute_url()
    chip = '<span class="chip chip--good chip--small">Editors’ pick</span>'
    assert chip in Client().get(edition.path).content.decode()
    client.post(f"/comments/c/{comment.pk}/pick/", {"act": "unpick"})
    assert chip not in Client().get(edition.path).content.decode()


def test_one_comment_of_the_staff_is_pinned_above_the_others():
    edition = make_edition()
    first, second = (make_shown_comment(edition, by=mo(), body=f"From the house, {number}.") for number in "12")
    for comment in (first, second):
        visit(mo()).post(f"/comments/c/{comment.pk}/pick/", {"act": "pin"})
    page = Client().get(edition.path).content.decode()
    pinned = page[page.index('aria-label="Pinned"') : page.index("</aside>", page.index('aria-label="Pinned"'))]
    assert "From the house, 2." in pinned
    reject(second)
    assert 'aria-label="Pinned"' not in Client().get(edition.path).content.decode()
    picking.pin(first, by=mo())
    picking.unpin(first, by=mo())
    assert 'aria-label="Pinned"' not in Client().get(edition.path).content.decode()


def test_a_readers_comment_is_not_pinned():
    with pytest.raises(Refused, match="staff"):
        picking.pin(make_shown_comment(make_edition()), by=mo())


def test_the_script_learns_who_may_pick(client):
    edition = make_edition()
    for person, may in ((mo(), True), (edith(), True), (rory(), False), (rosa(), False)):
        client.force_login(person)
        assert client.get(f"/comments/{edition.article_id}/me/").json()["may_pick"] is may
