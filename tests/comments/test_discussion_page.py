"""Reading a discussion: its pages, its threads, and a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import reading
from comments.models import Comment
from tests.factories import make_comment, make_edition, make_shown_comment, ravi, reject

pytestmark = pytest.mark.django_db


def queries(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def talk(edition, count: int):
    """Comments by many, some answers below the first."""
    by = ravi()
    head = make_comment(edition, by=by)
    for number in range(count - 1):
        make_comment(edition, by=by, parent=head if number % 3 == 0 else None)


@pytest.mark.parametrize("page", ["{path}", "/comments/{id}/"])
def test_fifty_comments_cost_no_more_queries_than_two(client, page):
    _, few, many = make_edition(), make_edition(), make_edition()
    talk(few, 2)
    talk(many, 50)
    counts = [queries(client, page.format(path=row.path, id=row.article_id)) for row in (few, many)]
    assert counts[0] == counts[1] <= 6


def test_a_story_without_comments_costs_no_more_than_one_with(client):
    none, some = make_edition(), make_edition()
    talk(some, 3)
    assert queries(client, none.path) <= queries(client, some.path)


def test_a_comments_own_page_costs_the_same_in_a_long_thread(client):
    counts = []
    for size in (1, 30):
        edition, by = make_edition(), ravi()
        head = make_comment(edition, by=by)
        for _ in range(size):
            make_comment(edition, by=by, parent=head)
        counts.append(queries(client, head.get_absolute_url()))
    assert counts[0] == counts[1] <= 6


def test_going_back_page_by_page_shows_every_thread_once_the_newest_first(client):
    edition, by = make_edition(), ravi()
    written = [make_comment(edition, by=by).pk for _ in range(2 * reading.ROOTS + 3)]
    url, seen = f"/comments/{edition.article_id}/", []
    while url:
        shown = client.get(url).context["discussion"]
        seen += [node.comment.pk for node in shown.threads]
        url = shown.more_url
    assert seen == written[::-1]


def test_exactly_a_page_of_threads_offers_no_empty_next_one(client):
    edition, by = make_edition(), ravi()
    for _ in range(reading.ROOTS):
        make_comment(edition, by=by)
    assert client.get(f"/comments/{edition.article_id}/").context["discussion"].more_url == ""


def test_of_many_replies_the_first_are_shown_and_the_rest_are_counted(client):
    edition, by = make_edition(), ravi()
    head = make_comment(edition, by=by)
    for number in range(reading.REPLIES + 5):
        make_comment(edition, by=by, parent=head, body=f"Reply no. {number}.")
    reject(Comment.objects.get(root=head, reply_no=2))
    page = client.get(edition.path).content.decode()
    assert "5 more replies" in page
    assert "Reply no. 11." in page
    assert "Reply no. 12." not in page
    assert "Reply no. 16." in client.get(head.get_absolute_url()).content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "9" * 30, "١٢"])
def test_a_page_before_nonsense_is_not_found(client, before):
    edition = make_edition()
    assert client.get(f"/comments/{edition.article_id}/", {"before": before}).status_code == 404


@pytest.mark.parametrize("url", ["/comments/{n}/", "/comments/{n}/new/", "/comments/{n}/me/", "/comments/c/{n}/"])
@pytest.mark.parametrize("number", [0, 999_999, 10**18, 10**30])
def test_a_number_of_nothing_is_not_found(client, url, number):
    client.force_login(ravi())
    assert client.get(url.format(n=number)).status_code == 404


def test_the_count_on_lists_is_of_shown_comments_only(client):
    edition = make_edition(headline="Counted")
    make_shown_comment(edition)
    make_comment(edition)
    reject(make_comment(edition))
    assert '1<span class="visually-hidden"> comment on Counted' in client.get("/tv/").content.decode()


def test_a_held_or_rejected_comment_has_no_page(client):
    edition = make_edition()
    for comment in (make_comment(edition), reject(make_comment(edition))):
        assert client.get(comment.get_absolute_url()).status_code == 404


def test_answers_below_each_other_are_all_on_the_page_however_deep(client):
    edition, by = make_edition(), ravi()
    comment = None
    for number in range(10):
        comment = make_comment(edition, by=by, parent=comment, body=f"Depth no. {number}.")
    page = client.get(edition.path).content.decode()
    assert all(f"Depth no. {number}." in page for number in range(10))
    assert "to Ravi Regular" in page
