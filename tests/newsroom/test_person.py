"""A commenter's own page: what everybody may read of them, and no more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from newsroom.models import User
from newsroom.pages import people
from tests.factories import (
    edith,
    make_comment,
    make_edition,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rory,
    rosa,
    take_down,
)

pytestmark = pytest.mark.django_db


def test_it_has_the_name_and_what_was_said_under_which_story(client):
    edition = make_edition(headline="The ferry is late")
    make_shown_comment(edition, body="I was *on* it.")
    page = client.get("/people/rosa/")
    text = page.content.decode()
    for words in ("Rosa Reads", ">RR<", "I was <em>on</em> it.", "The ferry is late", edition.path, "1 comment,"):
        assert words in text
    assert page["X-Robots-Tag"] == "noindex"
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_it_has_neither_the_address_nor_the_real_name(client):
    who = make_user("quiet", first_name="Quentin", last_name="Underhill")
    edition = make_edition()
    make_shown_comment(edition, by=who)
    for url in ("/people/quiet/", edition.path):
        text = client.get(url).content.decode()
        assert "quiet" in text
        assert not any(word in text for word in ("quiet@", "Quentin", "Underhill"))


def test_who_is_unknown_has_left_or_said_nothing_is_not_there(client):
    rosa(), rory()
    make_comment(make_edition(), body="Held.")
    gone = ravi()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    answers = [client.get(f"/people/{name}/") for name in ("nobody", "rosa", "ravi", "rory")]
    assert {answer.status_code for answer in answers} == {404}
    words = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert len(set(words)) == 1


def test_what_others_cannot_read_is_not_on_it(client):
    edition, other = make_edition(), make_edition(headline="Taken down")
    make_shown_comment(edition, body="Still here")
    make_shown_comment(other, body="Under what is gone")
    reject(make_shown_comment(edition, body="Rejected"))
    take_down(publishing.unpublish, other.article)
    text = client.get("/people/rosa/").content.decode()
    assert "Still here" in text
    assert not any(words in text for words in ("Under what is gone", "Taken down", "Rejected"))


def test_a_spoiler_is_folded_there_too(client):
    make_shown_comment(make_edition(), body="He dies.", is_spoiler=True, spoiler_scope="episode 8")
    assert "<summary>Spoiler: episode 8</summary>" in client.get("/people/rosa/").content.decode()


def test_it_is_paged_by_the_comment_and_costs_the_same_at_any_length(client, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 3)
    by, costs = mo(), []
    for many in (2, 5):
        for _ in range(many):
            make_shown_comment(make_edition(), by=by, body=f"Number {by.comments.count()}.")
        client.get("/people/mo/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/people/mo/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 6
    seen, url = [], "/people/mo/"
    while url:
        page = client.get(url).context["page"]
        seen += [comment.body for comment in page.rows]
        url = page.older_url and f"/people/mo/{page.older_url}"
    assert seen == [f"Number {n}." for n in range(6, -1, -1)]
    assert client.get("/people/mo/?before=2000-01-01T00:00:00Z_1").status_code == 404
    assert client.get("/people/mo/?before=nonsense").status_code == 200


def test_an_author_of_ours_is_linked_to_the_stories(client):
    edition = make_edition()
    make_shown_comment(edition, by=rory())
    make_shown_comment(edition, by=edith())
    assert "/authors/rory-quill/" in client.get("/people/rory/").content.decode()
    assert ">Staff<" in client.get("/people/rory/").content.decode()
    assert "/authors/" not in client.get("/people/edith/").content.decode()


def test_a_name_in_the_thread_leads_to_it_unless_its_owner_has_left(client):
    edition = make_edition()
    make_shown_comment(edition)
    assert 'href="/people/rosa/"' in client.get(edition.path).content.decode()
    User.objects.filter(username="rosa").update(is_active=False)
    assert 'href="/people/rosa/"' not in client.get(edition.path).content.decode()
