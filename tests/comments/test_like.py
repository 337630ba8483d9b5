"""Likes: one a person, counted by the rows there are, and never one's own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from comments import liking
from comments.models import Comment, Like
from comments.posting import Refused
from tests.articles.test_at_once import at_once, only
from tests.factories import make_comment, make_edition, make_shown_comment, make_user, ravi, reject, rosa, visit

pytestmark = pytest.mark.django_db


def count(comment: Comment) -> int:
    return Comment.objects.get(pk=comment.pk).like_count


def test_a_like_counts_once_and_can_be_taken_back_once():
    comment = make_shown_comment(make_edition())
    assert [liking.like(comment, by=ravi()), liking.like(comment, by=ravi())] == [1, 1]
    assert liking.like(comment, by=make_user("una")) == 2
    assert [liking.unlike(comment, by=ravi()), liking.unlike(comment, by=ravi())] == [1, 1]
    assert count(comment) == 1 == Like.objects.count()


def test_ones_own_is_not_liked():
    with pytest.raises(Refused, match="yourself"):
        liking.like(make_shown_comment(make_edition()), by=rosa())


def test_what_nobody_sees_is_not_liked():
    edition = make_edition()
    for comment in (make_comment(edition), reject(make_comment(edition))):
        with pytest.raises(Refused, match="not there"):
            liking.like(comment, by=ravi())


def test_who_has_left_likes_nothing():
    gone = make_user("gone", is_active=False)
    with pytest.raises(PermissionDenied):
        liking.like(make_shown_comment(make_edition()), by=gone)


def test_the_page_asks_and_the_button_likes():
    comment = make_shown_comment(make_edition())
    client, url = visit(ravi()), f"/comments/c/{comment.pk}/like/"
    assert "Like this comment?" in client.get(url).content.decode()
    assert count(comment) == 0
    assert client.post(url).url == comment.get_absolute_url()
    assert count(comment) == 1
    assert "Take it back" in client.get(url).content.decode()
    client.post(url, {"undo": "1"})
    assert count(comment) == 0


def test_the_script_gets_the_count_or_the_reason():
    comment = make_shown_comment(make_edition())
    url, headers = f"/comments/c/{comment.pk}/like/", {"accept": "application/json"}
    assert visit(ravi()).post(url, headers=headers).json() == {"count": 1}
    refused = visit(rosa()).post(url, headers=headers)
    assert (refused.status_code, refused.json()) == (409, {"message": "You wrote this comment yourself."})
    assert "yourself" in visit(rosa()).post(url).content.decode()


def test_a_stranger_is_asked_to_sign_in_and_what_is_not_there_is_not_found():
    comment = make_comment(make_edition())
    assert Client().post(f"/comments/c/{comment.pk}/like/").status_code == 302
    assert visit(ravi()).post(f"/comments/c/{comment.pk}/like/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twelve_likes_at_once_of_four_people_are_four():
    comment = make_shown_comment(make_edition())
    people = [make_user(f"reader-{number}") for number in range(4)]
    got = at_once(12, lambda n: liking.like(comment, by=people[n % 4]))
    assert len(only(int, got)) == 12, got
    assert count(comment) == 4 == Like.objects.count()
