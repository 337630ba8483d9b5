"""The feed of a discussion: what can be read there, newest first, plain, and with nothing that a spoiler hides."""

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.feeds import ITEMS
from newsroom.models import User
from tests.factories import make_comment, make_edition, make_shown_comment, mo, reject, take_down

pytestmark = pytest.mark.django_db

SECRET = "Quetzalcoatlus"


def test_it_has_what_can_be_read_newest_first_and_leads_there(settings):
    settings.SITE_URL = "https://news.example"
    edition = make_edition(headline="Harbour & Lights")
    User.objects.filter(pk=mo().pk).update(display_name="Mo <b>")
    first = make_shown_comment(edition, by=mo(), body="**One** & <img src=x>")
    for hidden in (make_comment(edition, body="Held"), reject(make_shown_comment(edition, by=mo(), body="Rejected"))):
        assert hidden.state != "shown"
    make_shown_comment(edition, by=mo(), body=f"Two, ||{SECRET}||", parent=first)
    make_shown_comment(edition, by=mo(), body=SECRET, is_spoiler=True, spoiler_scope="episode 8")
    make_shown_comment(make_edition(), by=mo(), body="Elsewhere")
    answer = Client().get(f"/comments/{edition.article_id}/feed/")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert SECRET not in answer.text
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.content[0].value for entry in feed.entries] == [
        "<p>[spoiler: episode 8]</p>",
        "<p>Two, [spoiler]</p>",
        "<p>One &amp; &lt;img src=x&gt;</p>",
    ]
    last = feed.entries[-1]
    assert last.link == f"https://news.example/comments/c/{first.pk}/"
    assert "Harbour &amp; Lights" in last.title or "Harbour & Lights" in last.title


def test_it_is_there_while_the_story_is_and_story_and_discussion_lead_to_it():
    edition = make_edition()
    url = f"/comments/{edition.article_id}/feed/"
    assert feedparser.parse(Client().get(url).content).entries == []
    for page in (edition.path, f"/comments/{edition.article_id}/"):
        assert f'type="application/rss+xml" href="{url}"' in Client().get(page).text
    take_down(publishing.retract, edition.article)
    for gone in (url, "/comments/999999/feed/"):
        assert Client().get(gone).status_code == 404


def test_it_answers_not_modified_until_something_is_said_or_taken_away(client):
    edition = make_edition()
    comment = make_shown_comment(edition, by=mo())
    url = f"/comments/{edition.article_id}/feed/"
    first = client.get(url)
    assert "max-age=300" in first["Cache-Control"]
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    reject(comment)
    changed = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["Last-Modified"] != first["Last-Modified"]


def test_it_costs_two_queries_and_has_thirty_at_most():
    edition = make_edition()
    for many in (1, ITEMS):
        for _ in range(many):
            make_shown_comment(edition, by=mo())
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(f"/comments/{edition.article_id}/feed/")
        assert len(asked) == 2
    assert answer.text.count("<item>") == ITEMS
