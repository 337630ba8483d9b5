"""What a reader hides is told to nobody who did not ask: not in titles, lists, feeds, mail, nor to search engines."""

import pytest
from django.test import Client

from tests.factories import make_edition, make_shown_comment, ravi

pytestmark = pytest.mark.django_db

MARKER = "quetzalcoatlus"


def test_hidden_words_stand_folded_and_out_of_snippets():
    comment = make_shown_comment(make_edition(), by=ravi(), body=f"It was ||{MARKER}|| all along")
    page = Client().get(comment.get_absolute_url()).content.decode()
    assert page.count(MARKER) == 1
    assert f"<summary>Spoiler</summary><span data-nosnippet>{MARKER}</span></details>" in page
    assert comment.plain == "It was [spoiler] all along"


def test_a_comment_that_says_so_is_folded_whole_under_its_scope():
    comment = make_shown_comment(
        make_edition(), by=ravi(), body=MARKER, is_spoiler=True, spoiler_scope="season 2, episode 8"
    )
    page = Client().get(comment.get_absolute_url()).content.decode()
    assert "<summary>Spoiler: season 2, episode 8</summary>" in page
    assert comment.plain == "[spoiler: season 2, episode 8]"
    assert MARKER not in comment.plain


def test_a_scope_alone_says_that_it_is_one():
    client, edition = Client(), make_edition()
    client.force_login(ravi())
    data = {"body": MARKER, "key": "6f1de5a5-6a2c-4c58-9a3c-0b8c5ad39f7d", "spoiler_scope": "<b>S2</b>\nE8"}
    client.post(f"/comments/{edition.article_id}/new/", data)
    page = client.get(edition.path).content.decode()
    assert "<summary>Spoiler: &lt;b&gt;S2&lt;/b&gt; E8</summary>" in page
