"""Feeds as strangers' programs read them: the whole text, whole addresses, and no more than readers have."""

import json
from datetime import timedelta

import feedparser
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.draft import BylinePart
from articles.models import Topic
from tests.articles.test_spoilers import SAFE, TELLS, make_telling
from tests.factories import (
    correct,
    make_article,
    make_author,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

FORMS = ["feed/", "feed.atom", "feed.json"]
HOUR = timedelta(hours=1)


def read(path: str):
    """The feed as feedparser, or for JSON as the standard's names, has it."""
    answer = Client().get(path)
    assert answer.status_code == 200, path
    if path.endswith(".json"):
        return json.loads(answer.content)
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(path: str) -> list[str]:
    found = read(path)
    return [entry["title"] for entry in (found["items"] if path.endswith(".json") else found.entries)]


def whole(path: str) -> str:
    return Client().get(path).content.decode()


def test_an_entry_has_the_whole_story_with_whole_addresses():
    picture = make_picture(alt="A ferry", credit="Picture: Bex Molloy")
    edition = make_edition(
        headline="Ferries <1> & “two”",
        dek="A dek",
        body='<h2>A part</h2><p>Every word, <a href="/tv/other/">here too</a>.</p>',
        lead_image=picture.pk,
        topics=(make_topic("Ferries").pk,),
        bylines=(BylinePart(make_author("Rory Quill").pk), BylinePart(make_author("Wren Hale").pk)),
        prompt="And you?",
    )
    entry = read("/feed/").entries[0]
    assert entry.title == "Ferries <1> & “two”"
    assert entry.link == f"http://localhost:8000{edition.path}"
    assert entry.summary == "A dek"
    html = entry.content[0].value
    assert "Every word" in html
    assert 'href="http://localhost:8000/tv/other/"' in html
    assert 'src="/' not in html
    assert 'href="/' not in html
    assert "#part-" not in html
    assert f'href="http://localhost:8000{edition.path}#discussion">And you?' in html
    assert [author.name for author in entry.authors if author] == ["Rory Quill", "Wren Hale"]
    assert [tag.term for tag in entry.tags] == ["TV", "Ferries"]
    assert entry.media_content[0]["width"] == str(picture.width)
    assert entry.media_credit[0]["content"] == "Picture: Bex Molloy"


@pytest.mark.parametrize("form", FORMS)
def test_each_place_has_its_own(form):
    topic, author = make_topic("Ferries"), make_author("Wren Hale")
    make_edition(headline="On TV", topics=(topic.pk,))
    make_edition(headline="On film", section=make_section("film").pk, bylines=(BylinePart(author.pk),))
    assert titles(f"/{form}") == ["On film", "On TV"]
    assert titles(f"/film/{form}") == ["On film"]
    assert titles(f"/topics/ferries/{form}") == ["On TV"]
    assert titles(f"/authors/wren-hale/{form}") == ["On film"]


@pytest.mark.parametrize("form", FORMS)
def test_what_readers_do_not_have_is_in_none(form):
    make_article(headline="A draft")
    make_edition(timezone.now() + HOUR, headline="To come")
    for verb in (publishing.unpublish, publishing.retract):
        take_down(verb, make_edition(headline="Gone").article)
    changed = make_edition(headline="As it is")
    republish(changed.article, timezone.now() + HOUR, headline="As it will be")
    assert titles(f"/{form}") == ["As it is"]
    assert "As it will be" not in whole(f"/{form}")


@pytest.mark.parametrize("form", FORMS)
def test_a_topic_that_only_a_draft_has_is_nobodys_business(form):
    make_article(topics=(make_topic("Quetzalcoatlus").pk,))
    assert Topic.objects.exists()
    assert Client().get(f"/topics/quetzalcoatlus/{form}").status_code == 404
    assert Client().get(f"/no-such-section/{form}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_story_that_gives_much_away_warns_before_it_does(form):
    telling, safe = make_picture("Telling"), make_picture("Safe")
    make_telling(lead_image=telling.pk, safe_image=safe.pk, body="<p>Words that tell.</p>")
    assert titles(f"/{form}") == [SAFE]
    text = whole(f"/{form}")
    assert TELLS not in text
    assert telling.key not in text
    assert text.index("gives the ending away") < text.index("Words that tell")


@pytest.mark.parametrize("form", FORMS)
def test_corrections_are_in_the_story_and_have_a_feed_of_their_own(form):
    edition = make_edition(headline="Ferries")
    correct(edition, "It was two ferries, not three.")
    assert "It was two ferries, not three." in whole(f"/{form}")
    assert titles(f"/corrections/{form}") == ["Correction: Ferries"]
    assert "It was two ferries, not three." in whole(f"/corrections/{form}")


def test_an_entry_stays_the_same_when_its_address_changes():
    edition = make_edition(slug="old")
    before = read("/feed/").entries[0]
    republish(edition.article, slug="new", dek="Changed")
    after = read("/feed/").entries[0]
    assert (before.id, before.published) == (after.id, after.published)
    assert before.link != after.link


def test_updated_moves_only_when_readers_are_told():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        edition = make_edition()
        clock.shift(1)
        republish(edition.article, dek="A comma")
        entry = read("/feed.atom").entries[0]
        assert entry.updated == entry.published
        clock.shift(1)
        correct(edition.article.live_edition)
        assert read("/feed.atom").entries[0].updated > entry.published


def test_a_sponsored_story_says_so():
    make_edition(headline="Ferries", sponsor="Acme")
    entry = read("/feed/").entries[0]
    assert entry.title == "Paid for by Acme: Ferries"
    assert "Sponsored" in [tag.term for tag in entry.tags]
    assert "Paid for by Acme" in entry.content[0].value


@pytest.mark.parametrize("form", FORMS)
def test_a_second_look_costs_nothing(form):
    make_edition()
    first = Client().get(f"/{form}")
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    for name, value in (("if-none-match", first["ETag"]), ("if-modified-since", first["Last-Modified"])):
        assert Client().get(f"/{form}", headers={name: value}).status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_any_number_of_stories_takes_the_same_queries(django_assert_num_queries, form):
    for number in range(2):
        correct(make_edition(topics=(make_topic(f"Topic {number}").pk,)))
    with django_assert_num_queries(2):
        Client().get(f"/{form}")
    for number in range(12):
        correct(make_edition(topics=(make_topic(f"Topic {number}").pk,)))
    with django_assert_num_queries(2):
        Client().get(f"/{form}")


@pytest.mark.parametrize("path", ["/", "/tv/", "/topics/ferries/", "/authors/rory-quill/", "/corrections/"])
def test_each_page_names_its_feeds(path):
    make_edition(topics=(make_topic("Ferries").pk,))
    page = Client().get(path).text
    for form in FORMS:
        assert f'href="{path}{form}"' in page
        assert Client().get(f"{path}{form}").status_code == 200


def test_nothing_alive_travels():
    edition = make_edition(body="<p>Words</p>")
    edition.html = '<p onclick="x()">Words<script>alert(1)</script></p><iframe src="https://x.example"></iframe>'
    edition.save()
    text = read("/feed/").entries[0].content[0].value
    assert "Words" in text
    assert not {"onclick", "alert", "iframe"} & set(text.replace("<", " ").replace("=", " ").split())


def test_words_of_another_language_travel_as_such():
    make_edition(body='<p>She said <span lang="fr" dir="ltr">à <em>demain</em></span>.</p>')
    text = read("/feed.json")["items"][0]["content_html"]
    assert '<p>She said <span lang="fr" dir="ltr">à <em>demain</em></span>.</p>' in text


def test_what_needs_our_page_travels_as_a_link_or_stays_at_home():
    make_edition(
        body="<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"
        '<details class="spoiler"><summary>Season 2</summary><p>It was the ferry.</p></details>'
    )
    text = read("/feed.json")["items"][0]["content_html"]
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in text
    assert "data-player" not in text
    assert "<p><em>Spoiler Season 2</em> (folded on our page, left out here)</p>" in text
    assert "It was the ferry." not in text
