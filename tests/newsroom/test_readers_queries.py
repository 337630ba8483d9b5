"""What readers' pages cost: a fixed number of queries, however much is published and said."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.layout import Place
from articles.models import Article, Edition, EditionByline, EditionTopic, SearchEntry
from articles.onward import renew_around
from comments.models import Discussion
from tests.factories import correct, edith, make_edition, make_picture, make_shown_comment, make_topic, mo

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


def crowd(model: Edition, count: int) -> None:
    """So many live stories like one, a minute apart, about its topics and by its authors, to be searched for."""
    by = edith()
    stories = Article.objects.bulk_create(
        Article(headline=f"Story {n}", section_id=model.section_id, created_by=by, saved_by=by) for n in range(count)
    )
    values = {field.attname: getattr(model, field.attname) for field in Edition._meta.concrete_fields} | {"id": None}
    editions = []
    for number, story in enumerate(stories, start=1):
        at = model.published_at - timedelta(minutes=number)
        times = dict.fromkeys(("published_at", "updated_at", "live_at", "announced_at"), at)
        path = f"/tv/story-{story.pk}/"
        editions.append(
            Edition(**values | times | {"article_id": story.pk, "path": path, "headline": f"Story {number}"})
        )
    Edition.objects.bulk_create(editions)
    pairs = list(zip(stories, editions, strict=True))
    for link, names in ((EditionTopic, ("topic_id",)), (EditionByline, ("author_id", "role"))):
        for row in link.objects.filter(edition=model):
            same = {name: getattr(row, name) for name in names}
            link.objects.bulk_create(
                link(edition=edition, article=story, published_at=edition.published_at, **same)
                for story, edition in pairs
            )
    entry = SearchEntry.objects.get(edition=model)
    words = {name: getattr(entry, name) for name in ("headline", "dek", "topics", "body", "facets")}
    SearchEntry.objects.bulk_create(SearchEntry(edition=edition, **words) for edition in editions)
    Discussion.objects.bulk_create(Discussion(article=story, seq=3, shown_count=3) for story in stories)
    # Some at a time: at the end of the test PostgreSQL would have too many of them to look at in its five seconds.
    connection.check_constraints()


ALLOWED = {
    "/": 6,
    "/tv/": 4,
    "/topics/ferries/": 5,
    "/authors/rory-quill/": 5,
    "/search/?q=ferry": 4,
    "/search/?q=ferry&section=tv&sort=date&page=3": 4,
    "/search/?q=fery": 4,
    "/search/?q=xyzzyx": 4,
    "/search/?topic=ferries": 4,
    "/search/suggest/?q=fer": 1,
    "/feed/": 2,
    "/feed.json": 2,
    "/archive/": 3,
    "/sitemap.xml": 2,
    "/sitemap-lists.xml": 6,
    "/sitemap-news.xml": 1,
    "{story}": 6,
    "{discussion}": 4,
}


@pytest.mark.postgres
def test_every_page_of_readers_costs_the_same_with_fifty_stories_and_with_five_thousand():
    picture = make_picture().pk
    body = "<p>A ferry, at sea.</p>"
    model = make_edition(headline="The ferry", topics=(make_topic("Ferries").pk,), lead_image=picture, body=body)
    correct(model)
    for _ in range(30):
        make_shown_comment(model, by=mo())
    for place in Place:
        make_edition(headline=f"A ferry for {place}").article.slots.create(place=place)
    named = {"story": model.path, "discussion": f"/comments/{model.article_id}/"}
    cost: dict[str, list[int]] = {}
    for crowds in ([50], [990] * 5):
        for more in crowds:
            crowd(model, more)
        # So many rows at once, and nobody has counted them for the planner yet.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        renew_around(article=model.article_id)
        for path in ALLOWED:
            cost.setdefault(path, []).append(len(queries_of(path.format(**named))))
    assert {path: counts for path, counts in cost.items() if len(set(counts)) > 1} == {}
    assert {path: counts for path, counts in cost.items() if max(counts) > ALLOWED[path]} == {}
