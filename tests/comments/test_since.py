"""What has come since a page was loaded, and how far one has read."""

import pytest
from django.test import Client

from articles import publishing
from comments import marking
from comments.models import Discussion, ReadMark
from tests.factories import make_comment, make_edition, ravi, reject, rosa, take_down, visit

pytestmark = pytest.mark.django_db


def told(edition) -> dict:
    return Client().get(f"/comments/{edition.article_id}/since/").json()


def test_the_numbers_of_what_is_shown_are_told_the_newest_first():
    edition, by = make_edition(), ravi()
    for _ in range(3):
        make_comment(edition, by=by)
    reject(make_comment(edition, by=by))
    make_comment(edition)
    assert told(edition) == {"count": 3, "newest": [3, 2, 1]}


def test_where_nobody_spoke_there_is_nothing_to_tell():
    assert told(make_edition()) == {"count": 0, "newest": []}


def test_all_are_told_the_same_for_a_moment():
    answer = Client().get(f"/comments/{make_edition().article_id}/since/")
    assert "max-age=10" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


def test_of_a_story_readers_do_not_have_nothing_is_told():
    edition = make_edition()
    take_down(publishing.unpublish, edition.article)
    assert Client().get(f"/comments/{edition.article_id}/since/").status_code == 404
    assert visit(rosa()).post(f"/comments/{edition.article_id}/seen/", {"seq": "1"}).status_code == 404


def test_it_costs_the_same_for_many_as_for_few(django_assert_num_queries):
    edition, by = make_edition(), ravi()
    for _ in range(60):
        make_comment(edition, by=by)
    with django_assert_num_queries(3):
        assert len(told(edition)["newest"]) == 50


def test_the_mark_moves_forward_only_and_never_past_what_there_is():
    edition, by = make_edition(), ravi()
    for _ in range(3):
        make_comment(edition, by=by)
    client, url = visit(rosa()), f"/comments/{edition.article_id}/seen/"
    for seq, mark in (("2", 2), ("1", 2), ("99", 3), ("x", 3), ("", 3), ("-4", 3), ("9" * 30, 3)):
        assert client.post(url, {"seq": seq}).status_code == 204
        assert marking.mark_of(Discussion.objects.get(article=edition.article_id), rosa()) == mark
    assert ReadMark.objects.count() == 1
    assert client.get(f"/comments/{edition.article_id}/me/").json()["seen"] == 3


def test_asking_moves_no_mark_and_a_stranger_has_none():
    edition = make_edition()
    assert visit(rosa()).get(f"/comments/{edition.article_id}/seen/").status_code == 405
    assert Client().post(f"/comments/{edition.article_id}/seen/", {"seq": "1"}).status_code == 302
    assert not ReadMark.objects.exists()
