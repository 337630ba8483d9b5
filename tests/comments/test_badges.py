"""Badges: what an author is here, in a word, for no query more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Comment
from newsroom.models import User
from tests.factories import edith, make_edition, make_shown_comment, mo, rory, rosa, wren

pytestmark = pytest.mark.django_db


def badge(comment: Comment) -> str:
    return Comment.objects.with_people().get(pk=comment.pk).author_badge


@pytest.mark.parametrize(
    ("who", "word"), [(rory, "Author"), (wren, "Staff"), (edith, "Staff"), (mo, "Moderator"), (rosa, "New here")]
)
def test_each_is_called_what_they_are_under_this_story(who, word):
    edition = make_edition()
    comment = make_shown_comment(edition, by=who())
    assert badge(comment) == word


def test_a_byline_that_readers_do_not_have_yet_is_not_told():
    edition = make_edition(timezone.now() + timedelta(days=1))
    make_edition()
    comment = make_shown_comment(make_edition(), by=wren())
    Comment.objects.filter(pk=comment.pk).update(discussion=edition.article.discussion_row.pk, author=rory().pk)
    assert badge(comment) == "Staff"


def test_nobody_is_new_for_ever():
    comment = make_shown_comment(make_edition())
    User.objects.filter(pk=rosa().pk).update(date_joined=comment.posted_at - timedelta(days=7))
    assert badge(comment) == ""


def test_the_page_says_it_in_words(client):
    edition = make_edition()
    make_shown_comment(edition, by=rory())
    assert ">Author</span>" in client.get(edition.path).content.decode()
