"""A draft is reached by no address of readers: the whole map is walked with a word that only the draft has."""

import itertools
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles.cutting import preview
from articles.draft import BylinePart
from articles.models import Address
from comments.models import Discussion
from tests.factories import (
    change,
    make_article,
    make_author,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    republish,
    rosa,
)

pytestmark = pytest.mark.django_db

CANARY = "quetzalcoatlus"


def secret() -> dict:
    """Every field of a draft, each with the word in it."""
    return {
        "headline": f"{CANARY} one",
        "dek": f"{CANARY} two",
        "slug": CANARY,
        "body": f"<h2>{CANARY}</h2><p>{CANARY} three</p>",
        "topics": (make_topic(CANARY).pk,),
        "bylines": (BylinePart(make_author(CANARY).pk),),
        "lead_image": make_picture(CANARY, alt=CANARY, credit=CANARY).pk,
        "prompt": f"{CANARY} four",
        "sponsor": f"{CANARY} five",
        "trailer_url": f"https://example.com/{CANARY}",
        "canonical_url": f"https://example.com/{CANARY}/first",
        "spoiler_scope": f"{CANARY} six",
        "safe_headline": f"{CANARY} seven",
        "safe_image": make_picture(f"{CANARY} safe", alt=CANARY, credit=CANARY).pk,
        "search_title": f"{CANARY} eight",
        "search_description": f"{CANARY} nine",
        "social_title": f"{CANARY} ten",
        "social_description": f"{CANARY} eleven",
    }


def readers_patterns() -> list[str]:
    """All patterns but those of the admin and the desk."""

    def walk(entries, prefix):
        for entry in entries:
            text = prefix + str(entry.pattern).removeprefix("^").removesuffix("$")
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, text)
            elif isinstance(entry, URLPattern):
                yield text

    shut = {"admin/", "desk/"}
    return list(walk([entry for entry in get_resolver().url_patterns if str(entry.pattern) not in shut], "/"))


def urls(article_id: int) -> list[str]:
    """Every address of readers, filled in with all that could lead to the draft."""
    values = {
        "<slug:slug>": [CANARY, f"{CANARY}-one", "tv", "widows-keep"],
        "<slug:section>": ["tv", CANARY],
        "<int:article_id>": [str(article_id)],
        "<int:pk>": ["1", str(article_id)],
        "<path:name>": [CANARY, f"../originals/{CANARY}"],
    }
    found = set()
    for pattern in readers_patterns():
        holes = [hole for hole in values if hole in pattern]
        for choice in itertools.product(*(values[hole] for hole in holes)):
            url = pattern
            for hole, value in zip(holes, choice, strict=True):
                url = url.replace(hole, value)
            found.add(url)
    return sorted(found)


def assert_nowhere(article_id: int, visited: list[str]):
    for client in (Client(), signed_in()):
        for url in visited:
            response = client.get(url)
            where = f"{url} as {'a reader' if client.session else 'a stranger'}"
            body = b"".join(response.streaming_content) if response.streaming else response.content
            # A page of errors may repeat the address that was asked for; ours do not.
            assert CANARY not in body.decode(errors="replace").lower().replace(url, ""), where
            if CANARY in url:
                assert response.status_code in {400, 404}, where


def signed_in() -> Client:
    client = Client()
    client.force_login(rosa())
    return client


def test_the_walk_goes_everywhere_readers_go():
    patterns = readers_patterns()
    for part in ("/topics/", "/authors/", "/comments/c/", "/<slug:section>/<slug:slug>/", "/accounts/", "/media/"):
        assert any(pattern.startswith(part) for pattern in patterns), part


def test_a_draft_that_was_never_published_is_nowhere():
    make_edition(headline="Something that is live")
    article = make_article(**secret())
    assert_nowhere(article.pk, urls(article.pk))
    assert not Address.objects.filter(article=article).exists()
    assert not Discussion.objects.filter(article=article).exists()


def test_a_scheduled_story_is_nowhere():
    make_edition(headline="Something that is live")
    edition = make_edition(timezone.now() + timedelta(hours=1), **secret())
    assert_nowhere(edition.article_id, urls(edition.article_id))


def test_the_unpublished_changes_of_a_live_story_are_nowhere():
    edition = make_edition(headline="As readers have it", slug="as-it-is")
    change(edition.article, **secret())
    assert_nowhere(edition.article_id, [*urls(edition.article_id), edition.path])


def test_a_change_that_waits_is_nowhere():
    edition = make_edition(headline="As readers have it", slug="as-it-is")
    republish(edition.article, timezone.now() + timedelta(hours=1), **secret())
    assert_nowhere(edition.article_id, [*urls(edition.article_id), edition.path])


def test_looking_at_a_preview_publishes_nothing():
    make_section()
    article = make_article(**secret())
    assert preview(article, article.draft).headline == f"{CANARY} one"
    assert not article.editions.exists()
    assert not Address.objects.exists()


def test_a_comment_cannot_be_written_under_a_draft():
    article = make_article(**secret())
    response = signed_in().post(f"/comments/{article.pk}/new/", {"body": "First!", "key": "x"})
    assert response.status_code == 404
    assert not Discussion.objects.filter(article=article).exists()
