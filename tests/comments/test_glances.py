"""Two moderators at one queue: each sees what the other has before them, and what the other has passed over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import glancing
from comments.desk.cards import Card, spread
from comments.models import Comment, Glance
from tests.factories import ana, make_comment, make_edition, mo, rosa, visit

pytestmark = pytest.mark.django_db


def test_who_comes_second_is_told_and_who_was_first_is_told_of_them():
    comment = make_comment(make_edition())
    url = f"/desk/comments/{comment.pk}/glance/"
    assert visit(mo()).post(url).json() == {"said": ""}
    assert visit(ana()).post(url).json() == {"said": "mo is looking at this"}
    assert visit(mo()).post(url).json() == {"said": "ana is looking at this"}
    assert Glance.objects.count() == 2


@pytest.mark.parametrize(
    ("minutes", "said"), [(1, "mo is looking at this"), (5, "mo has seen it and gone on"), (60 * 25, "")]
)
def test_the_queue_tells_of_the_others_for_a_day(minutes, said):
    comment = make_comment(make_edition())
    glancing.glance(comment, by=mo())
    Glance.objects.update(at=timezone.now() - timedelta(minutes=minutes))
    page = visit(ana()).get("/desk/").content.decode()
    assert (said or "data-others></li>") in page
    assert "mo is looking" not in visit(mo()).get("/desk/").content.decode()
    assert glancing.forget() == (1 if not said else 0)


def test_readers_cannot_say_so():
    comment = make_comment(make_edition())
    with pytest.raises(PermissionDenied):
        glancing.glance(comment, by=rosa())
    assert visit(rosa()).post(f"/desk/comments/{comment.pk}/glance/").status_code == 403


def test_one_sees_how_much_of_the_worst_one_unfolded_today_and_nobody_else_does():
    edition, desk = make_edition(), visit(mo())
    for number, (severity, sent) in enumerate(((3, {"opened": 1}), (3, {"opened": 1}), (3, {}), (1, {"opened": 1}))):
        comment = make_comment(edition, body=f"Number {number}.")
        Comment.objects.filter(pk=comment.pk).update(severity=severity)
        for fields in (sent, {}):  # staying at it afterwards takes nothing back
            desk.post(f"/desk/comments/{comment.pk}/glance/", fields)
    assert glancing.exposure(mo()) == 2
    assert "Severe words you unfolded today: 2." in desk.get("/desk/").content.decode()
    assert "you unfolded" not in visit(ana()).get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("severities", "order"),
    [
        ([3, 3, 3, 1, 1, 0, 0, 0], [0, 3, 4, 5, 1, 6, 7, 2]),
        ([3, 3], [0, 1]),
        ([1, 0], [0, 1]),
        ([], []),
    ],
)
def test_the_worst_are_spread_out(severities, order):
    cards = [Card(Comment(severity=severity, pk=number)) for number, severity in enumerate(severities)]
    assert [card.comment.pk for card in spread(cards)] == order
