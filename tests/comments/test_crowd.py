"""A discussion of ten thousand: one branch two thousand deep, one head with nine thousand replies."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import posting
from comments.models import Comment, Discussion
from tests.factories import make_comment, make_edition, ravi

pytestmark = pytest.mark.django_db
DEEP, WIDE = 2_000, 9_000
FAR = 1_000_000  # keys that the database does not give out itself


def crowd(edition, *, deep: int = DEEP, wide: int = WIDE) -> tuple[Comment, Comment]:
    """The heads of a branch so deep, each reply to the one before it, and of one so wide, each to its head."""
    by, discussion, now = ravi(), posting.open_for(edition), timezone.now()
    first, second = (make_comment(edition, by=by, body=f"Head {number}.") for number in range(2))
    rows = []
    for head, size, step in ((first, deep, 1), (second, wide, 0)):
        begin = discussion.pk * FAR + len(rows)
        for place in range(size):
            parent = begin + place - 1 if step and place else head.pk
            words = f"Reply {place} to {head.pk}."
            rows.append(
                Comment(
                    pk=begin + place, discussion=discussion, author=by, parent_id=parent, root=head, reply_no=place + 1,
                    seq=len(rows) + 3, body=words, html=f"<p>{words}</p>", state="shown", posted_at=now,
                    client_key=uuid.uuid4(),
                )
            )  # fmt: skip
        Comment.objects.filter(pk=head.pk).update(branch_size=size, shown_replies=size)
    Comment.objects.bulk_create(rows, batch_size=500)
    Discussion.objects.filter(pk=discussion.pk).update(seq=len(rows) + 2, shown_count=len(rows) + 2)
    return first, second


def cost(url: str) -> tuple[int, int]:
    """How many queries a page takes, and how many characters it has."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(url)
    assert answer.status_code == 200, url
    return len(captured), len(answer.content)


def test_a_crowd_costs_as_many_queries_as_twenty_and_a_page_as_large():
    _, few, many = (make_edition() for _ in range(3))
    small, large = crowd(few, deep=10, wide=10), crowd(many)
    deep = Comment.objects.get(root=large[0], reply_no=DEEP)
    pairs = [
        (few.path, many.path),
        *(
            (f"/comments/{few.article_id}/?order={name}", f"/comments/{many.article_id}/?order={name}")
            for name in ORDERS
        ),
        (small[0].get_absolute_url(), large[0].get_absolute_url()),
        (Comment.objects.get(root=small[0], reply_no=10).get_absolute_url(), deep.get_absolute_url()),
        (f"/comments/c/{small[1].pk}/replies/", f"/comments/c/{large[1].pk}/replies/?after=8000"),
    ]
    for of_few, of_many in pairs:
        (queries, _), (more_queries, size) = cost(of_few), cost(of_many)
        assert more_queries == queries, of_many
        assert size < 200_000, of_many
    assert "Show 1997 more replies" in Client().get(many.path).content.decode()


ORDERS = ("newest", "oldest", "liked")
