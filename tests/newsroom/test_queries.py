"""What the admin's pages cost: the same number of queries for ten stories, a hundred and a thousand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Byline, Edition, Event, Note, Presence
from tests.factories import edith, make_author, make_edition, rory

pytestmark = pytest.mark.django_db

PAGES = {
    "the list": "/admin/articles/article/",
    "the form": "/admin/articles/article/{pk}/change/",
    "the dashboard": "/admin/",
    "the calendar": "/admin/articles/article/calendar/",
    "the board": "/admin/articles/article/board/",
    "open notes": "/admin/articles/note/",
    "the audit log": "/admin/articles/event/",
}


def crowd(model: Edition, count: int) -> None:
    """So many stories, each in review with a live edition, one that waits, a byline, a note and somebody in it."""
    now, author = timezone.now(), make_author("Rory Quill", user=rory())
    stories = Article.objects.bulk_create(
        Article(
            headline=f"Story {n}",
            section_id=model.section_id,
            stage="in_review",
            created_by=edith(),
            saved_by=edith(),
            assignee=edith(),
            due_on=timezone.localdate(),
        )
        for n in range(count)
    )
    editions = []
    for number, story in enumerate(stories):
        values = {field.attname: getattr(model, field.attname) for field in Edition._meta.concrete_fields}
        values |= {"id": None, "article_id": story.pk, "path": f"/tv/story-{number}/"}
        at = now + timedelta(hours=1)
        editions.append(Edition(**values | {"ends_at": at, "ended_as": Edition.EndedAs.SUPERSEDED}))
        editions.append(Edition(**values | {"number": 2, "live_at": at}))
    Edition.objects.bulk_create(editions)
    Byline.objects.bulk_create(Byline(article=story, author=author) for story in stories)
    Note.objects.bulk_create(Note(article=story, text="@edith look", by=rory(), at=now) for story in stories)
    Event.objects.bulk_create(
        Event(article=story, kind=Event.Kind.SUBMITTED, by=rory(), at=now, version=1) for story in stories
    )
    Presence.objects.bulk_create(
        Presence(article=story, user=rory(), page=f"{'p' * 20}{story.pk}", opened_at=now, seen_at=now)
        for story in stories
    )


def queries_of(path: str, pk: int) -> int:
    client = Client()
    client.force_login(edith())
    address = path.format(pk=pk)
    client.get(address)  # what is asked once in the life of a process
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_each_page_takes_the_same_queries_for_ten_stories_a_hundred_and_a_thousand():
    model = make_edition()
    cost: dict[str, list[int]] = {}
    for more in (10, 90, 900):
        crowd(model, more)
        for page, path in PAGES.items():
            cost.setdefault(page, []).append(queries_of(path, model.article_id))
    assert {page: counts for page, counts in cost.items() if len(set(counts)) > 1} == {}
