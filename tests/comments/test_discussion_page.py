"""Reading a discussion: its pages, its threads, and a number of queries that does not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import posting, reading
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
    assert "Show 5 more replies" in page
    assert "Reply no. 2." in page
    assert "Reply no. 3." not in page
    assert f"/comments/c/{head.pk}/replies/?after=3" in page
    assert "Reply no. 7." in client.get(head.get_absolute_url()).content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 30, "١٢", "1-x", "1-2-3", "1-"])
def test_a_page_after_nonsense_is_not_found(client, after):
    comment = make_shown_comment(make_edition())
    found = {client.get(f"/comments/{comment.discussion.article_id}/", {"after": after}).status_code}
    assert found == {404} if after != "1-" else {200}
    if "-" not in after:
        assert client.get(f"/comments/c/{comment.pk}/replies/", {"after": after}).status_code == 404


def test_an_order_there_is_not_is_not_found(client):
    assert client.get(f"/comments/{make_edition().article_id}/?order=worst").status_code == 404


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
    page = client.get(f"/comments/c/{comment.root_id}/replies/").content.decode()
    assert all(f"Depth no. {number}." in page for number in range(10))
    assert "to Ravi Regular" in page


# --- Orders ----------------------------------------------------------------------------------------


def walk(client, edition, order: str) -> list[int]:
    """The first comments of all pages of an order."""
    url, seen = f"/comments/{edition.article_id}/?order={order}", []
    while url:
        shown = client.get(url).context["discussion"]
        seen += [node.comment.pk for node in shown.threads]
        url = shown.more_url
    return seen


def test_each_order_shows_every_thread_once_page_by_page(client):
    edition, by = make_edition(), ravi()
    written = [make_comment(edition, by=by).pk for _ in range(2 * reading.ROOTS + 3)]
    for place, pk in enumerate(written):
        Comment.objects.filter(pk=pk).update(like_count=place % 4)
    liked = sorted(written, key=lambda pk: (-Comment.objects.get(pk=pk).like_count, -pk))
    assert walk(client, edition, "oldest") == written
    assert walk(client, edition, "newest") == written[::-1]
    assert walk(client, edition, "liked") == liked


def test_picks_stand_alone_also_replies(client):
    edition, by = make_edition(), ravi()
    head = make_comment(edition, by=by)
    reply = make_comment(edition, by=by, parent=head)
    make_comment(edition, by=by)
    hidden = reject(make_comment(edition, by=by))
    Comment.objects.filter(pk__in=[reply.pk, hidden.pk]).update(picked_at=reply.posted_at)
    assert walk(client, edition, "picks") == [reply.pk]


@pytest.mark.parametrize("order", ["newest", "oldest", "liked", "picks"])
def test_every_order_costs_the_same(client, order):
    few, many = make_edition(), make_edition()
    talk(few, 2)
    talk(many, 50)
    Comment.objects.update(picked_at=Comment.objects.first().posted_at)
    counts = [queries(client, f"/comments/{row.article_id}/?order={order}") for row in (few, many)]
    assert counts[0] == counts[1] <= 4


# --- Conversations ---------------------------------------------------------------------------------


def long_branch(size: int) -> list[Comment]:
    """A head, and below it one long chain of answers."""
    edition, by = make_edition(), ravi()
    made = [make_comment(edition, by=by, body="Number 0.")]
    for number in range(1, size):
        made.append(make_comment(edition, by=by, parent=made[-1], body=f"Number {number}."))
    return made


def numbers(response) -> list[int]:
    return [int(found) for found in re.findall(r"<p>Number (\d+)\.</p>", response.content.decode())]


def test_a_long_conversation_is_read_part_by_part(client, monkeypatch):
    monkeypatch.setattr(reading, "MORE_REPLIES", 4)
    chain = long_branch(12)
    url, seen = f"/comments/c/{chain[0].pk}/replies/", []
    while url:
        answer = client.get(url)
        seen += numbers(answer)
        url = answer.context["branch"].after_url
    assert seen == [0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 0, 9, 10, 11]


def test_the_part_for_the_script_is_the_list_alone(client):
    chain = long_branch(6)
    answer = client.get(f"/comments/c/{chain[0].pk}/replies/?after=3&part=1")
    assert numbers(answer) == [4, 5]
    assert "<html" not in answer.content.decode()
    answer = client.get(f"/comments/{chain[0].discussion.article_id}/?part=1")
    assert numbers(answer) == [0, 1, 2, 3]
    assert "<html" not in answer.content.decode()


def test_a_permalink_shows_what_it_answers_and_what_stands_next_to_it(client, monkeypatch):
    monkeypatch.setattr(reading, "MORE_REPLIES", 6)
    monkeypatch.setattr(reading, "ABOVE", 2)
    chain = long_branch(20)
    answer = client.get(chain[10].get_absolute_url())
    assert numbers(answer) == [0, 8, 9, 10, 11, 12, 13]
    assert "Earlier replies" in answer.content.decode()
    assert "More replies" in answer.content.decode()


def test_a_page_within_a_conversation_names_whom_each_answers(client):
    chain = long_branch(6)
    page = client.get(f"/comments/c/{chain[0].pk}/replies/?after=3&part=1").content.decode()
    assert "to Ravi Regular" in page


def test_the_name_of_whoever_took_back_what_is_answered_is_not_said(client):
    chain = long_branch(6)
    url = f"/comments/c/{chain[0].pk}/replies/?after=3&part=1"
    assert 'comment__to">to Ravi Regular' in client.get(url).content.decode()
    posting.withdraw(chain[3], by=ravi())
    assert "comment__to" not in client.get(url).content.decode()


def test_a_conversation_costs_the_same_however_long(client):
    few, many = long_branch(3), long_branch(30)
    for url in ("/comments/c/{}/replies/", "/comments/c/{}/"):
        assert queries(client, url.format(few[0].pk)) == queries(client, url.format(many[0].pk)) <= 5


def test_a_head_and_a_branch_that_are_gone_have_no_page(client):
    [head] = long_branch(1)
    reject(head)
    assert client.get(f"/comments/c/{head.pk}/replies/").status_code == 404
