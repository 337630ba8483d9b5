"""Addresses: whose they are, who may not have them, and where old ones lead."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from articles import publishing
from articles.cutting import AddressTaken, take_address
from articles.models import Address, Article
from articles.models.taxonomy import RESERVED_SECTIONS, RESERVED_SLUGS, Section
from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_section,
    publish,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


def test_the_address_is_made_from_the_headline():
    assert make_edition(headline="“Forty Miles” of Salt: a review!").path == "/tv/forty-miles-of-salt-a-review/"


def test_a_long_headline_gives_an_address_of_whole_words():
    slug = make_edition(headline="wordy " * 33).path.split("/")[2]
    assert len(slug) <= 80
    assert set(slug.split("-")) == {"wordy"}


@pytest.mark.parametrize("headline", ["?!", "日本のドラマ", "—"])
def test_a_headline_without_latin_letters_gives_an_address_too(client, headline):
    edition = make_edition(headline=headline)
    assert edition.path == f"/tv/story-{edition.article_id}/"
    assert client.get(edition.path).status_code == 200


def test_a_made_address_steps_aside_for_another_storys():
    paths = [make_edition(headline="Same again").path for _ in range(3)]
    assert paths == ["/tv/same-again/", "/tv/same-again-2/", "/tv/same-again-3/"]


def test_an_address_typed_by_hand_is_refused_when_it_is_taken():
    make_edition(slug="the-slug")
    article = make_article(slug="the-slug")
    with pytest.raises(AddressTaken, match="the-slug"):
        publish(article)
    assert not article.editions.exists()
    assert Article.objects.get(pk=article.pk).stage == "draft"


def test_the_same_slug_in_another_section_is_another_address():
    make_edition(slug="the-slug")
    assert make_edition(slug="the-slug", section=make_section("film").pk).path == "/film/the-slug/"


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS - {"feed.atom", "feed.json"}))
def test_a_reserved_word_is_no_address(word):
    with pytest.raises(AddressTaken):
        publish(make_article(slug=word))


@pytest.mark.parametrize("word", ["Archive", "Feed", "Page", "Search"])
def test_a_headline_that_is_a_reserved_word_steps_aside(word):
    assert make_edition(headline=word).path == f"/tv/{word.lower()}-2/"


def first_words() -> set[str]:
    """The first words of all addresses of the site but the stories' own."""
    patterns = [str(entry.pattern) for entry in get_resolver().url_patterns if str(entry.pattern)]
    stories = next(entry for entry in get_resolver().url_patterns if not str(entry.pattern))
    patterns += [str(entry.pattern) for entry in stories.url_patterns if isinstance(entry, URLPattern)]
    words = {pattern.split("/")[0] for pattern in patterns}
    # A section's pattern is the last; a file's name has a dot, which no section's has.
    return {word for word in words if word and "<" not in word}


def test_no_section_may_hide_a_page_of_the_site():
    assert first_words() <= RESERVED_SECTIONS
    assert {"admin", "desk", "topics", "media"} <= first_words()


@pytest.mark.parametrize("word", ["admin", "desk", "static", "topics"])
def test_a_section_with_a_reserved_name_is_invalid(word):
    with pytest.raises(Exception, match="uses the address"):
        Section(name="New", slug=word).full_clean()


def test_every_old_address_answers_301_in_one_hop(client):
    edition = make_edition(slug="one")
    for slug in ("two", "three"):
        republish(edition.article, slug=slug)
    for old in ("/tv/one/", "/tv/two/"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, "/tv/three/"), old
    assert client.get("/tv/three/").status_code == 200


def test_a_story_that_changes_its_section_leads_on_from_the_old_one(client):
    edition = make_edition(slug="moved")
    republish(edition.article, section=make_section("film").pk)
    assert client.get("/tv/moved/")["Location"] == "/film/moved/"


def test_an_old_address_of_a_story_that_returns_to_it_is_live_again(client):
    edition = make_edition(slug="one")
    republish(edition.article, slug="two")
    republish(edition.article, slug="one")
    assert client.get("/tv/one/").status_code == 200
    assert client.get("/tv/two/")["Location"] == "/tv/one/"


def test_a_path_that_only_a_future_edition_uses_is_not_told_of(client):
    edition = make_edition(slug="now")
    republish(edition.article, timezone.now() + TOMORROW, slug="the-secret-is-out")
    assert client.get("/tv/the-secret-is-out/").status_code == 404
    assert client.get("/tv/now/").status_code == 200


@pytest.mark.parametrize(("verb", "status"), [(publishing.unpublish, 404), (publishing.retract, 410)])
def test_all_addresses_of_a_story_taken_down_answer_alike(client, verb, status):
    edition = make_edition(slug="one")
    republish(edition.article, slug="two")
    republish(edition.article, timezone.now() + TOMORROW, slug="three")
    take_down(verb, edition.article)
    assert [client.get(f"/tv/{slug}/").status_code for slug in ("one", "two", "three")] == [status, status, 404]


def test_a_path_that_a_cancelled_edition_would_have_had_is_free_again():
    waiting = make_edition(timezone.now() + TOMORROW, slug="wanted")
    with pytest.raises(AddressTaken):
        publish(make_article(slug="wanted"))
    take_down(publishing.unschedule, waiting.article)
    assert make_edition(slug="wanted").path == "/tv/wanted/"


def test_scheduling_again_under_another_path_frees_the_first():
    article = make_edition(timezone.now() + TOMORROW, slug="wanted").article
    republish(article, timezone.now() + TOMORROW, slug="other")
    assert make_edition(slug="wanted").path == "/tv/wanted/"


def test_cancelling_a_change_does_not_free_the_path_readers_have(client):
    edition = make_edition(slug="mine")
    republish(edition.article, timezone.now() + TOMORROW)
    take_down(publishing.unschedule, edition.article)
    with pytest.raises(AddressTaken):
        publish(make_article(slug="mine"))
    assert client.get("/tv/mine/").status_code == 200


def test_a_path_readers_had_is_kept_for_ever():
    edition = make_edition(slug="mine")
    take_down(publishing.unpublish, edition.article)
    with pytest.raises(AddressTaken):
        publish(make_article(slug="mine"))


def test_a_path_of_one_of_two_waiting_editions_stays_while_the_other_has_it():
    article = make_edition(timezone.now() + TOMORROW, slug="mine").article
    republish(article, timezone.now() + 2 * TOMORROW, waiting="keep")
    assert Address.objects.get(path="/tv/mine/").article == article
    take_down(publishing.unschedule, article)
    assert not Address.objects.filter(path="/tv/mine/").exists()


def test_after_a_hundred_of_a_name_it_is_said_to_be_taken():
    article = make_article(headline="Common")
    other = make_article()
    paths = ["/tv/common/", *(f"/tv/common-{n}/" for n in range(2, 100))]
    Address.objects.bulk_create(Address(path=path, article=other) for path in paths)
    with pytest.raises(AddressTaken):
        take_address(article, make_draft(headline="Common"))


def test_a_new_headline_leaves_the_address_of_a_story_that_has_none_of_its_own():
    edition = make_edition(headline="The first headline")
    assert republish(edition.article, headline="A better one").path == edition.path


def test_a_new_section_takes_the_slug_along():
    edition = make_edition(headline="The first headline")
    moved = republish(edition.article, section=make_section("film").pk, headline="A better one")
    assert moved.path == "/film/the-first-headline/"
