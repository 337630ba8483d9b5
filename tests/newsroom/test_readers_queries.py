"""What readers' pages cost: a fixed number of queries, however much is published and said."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from articles.onward import renew_around
from tests.factories import correct, make_edition, make_shown_comment, make_topic, mo

pytestmark = pytest.mark.django_db

MOST = 6


def queries_of(path: str) -> list[str]:
    client = Client()
    client.get(path)  # what is asked once in the life of a process
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in asked]


def test_a_story_with_its_discussion_is_six_queries_however_much_is_said():
    topic = make_topic("Ferries").pk
    others = [make_edition(topics=(topic,)) for _ in range(6)]
    body = f'<p>Words.</p><div data-story="{others[0].article_id}"></div>'
    edition = make_edition(topics=(topic,), body=body)
    correct(edition)
    cost = []
    for more in (1, 30):
        for _ in range(more):
            head = make_shown_comment(edition, by=mo())
            make_shown_comment(edition, by=mo(), parent=head)
        cost.append(len(queries_of(edition.path)))
    assert max(cost) <= MOST, queries_of(edition.path)
    assert len(set(cost)) == 1
    assert len(Edition.objects.get(pk=edition.pk).onward) == 4
    renew_around(article=edition.article_id)
    assert len(queries_of(edition.path)) == cost[0]
