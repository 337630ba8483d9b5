"""The list of stories: what a line says, what is found and in which order, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import editing, embargo, publishing
from articles.admin.story_list import words_of
from articles.draft import BylinePart
from articles.embargo import Terms
from articles.models import Article, Presence
from newsroom.models import User
from tests.factories import (
    change,
    edith,
    make_article,
    make_author,
    make_draft,
    make_edition,
    make_picture,
    make_section,
    make_topic,
    mo,
    republish,
    rory,
    rosa,
    take_down,
    wren,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
DAY = timedelta(days=1)


def get(user: User, query: str = "", **more: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"{LIST}?{query}" if query else LIST, **more)


def found(query: str = "", by: User | None = None) -> list[str]:
    """The headlines that the list shows Edith (unless told), from the top."""
    return [line.article.headline for line in get(by or edith(), query).context["cl"].lines]


# --- What a line says ------------------------------------------------------------------------------


def test_a_line_says_where_a_story_stands():
    picture = make_picture()
    edition = make_edition(
        headline="A ferry", dek="It is late.", lead_image=picture.pk, section=make_section("film").pk
    )
    change(edition.article, by=edith(), dek="It is later still.")
    page = get(edith()).text
    for words in ("A ferry", "It is later still.", "FILM", "Rory Quill", "Draft", "Live", "edith"):
        assert words in page
    assert f'src="/admin/articles/image/{picture.pk}/file/"' in page
    assert f"{LIST}{edition.article_id}/story-history/?from=live&amp;to=now" in page


def test_a_line_says_when_a_story_goes_live_in_the_sites_zone():
    with time_machine.travel("2030-03-04T12:00:00Z", tick=False):
        make_edition(timezone.now() + 2 * DAY, headline="Soon")
        make_edition(timezone.now() + 20 * DAY, headline="Later")
        page = get(edith()).text
    assert "Scheduled for Wed " in page
    assert "Scheduled for Sun 24 Mar 2030, " in page


def test_a_live_story_with_a_change_to_come_says_both():
    edition = make_edition()
    republish(edition.article, timezone.now() + DAY)
    page = get(edith()).text
    assert "change scheduled for" in page
    assert "differs from what is live" in page


def test_an_unchanged_story_differs_from_nothing():
    make_edition(topics=(make_topic().pk,))
    assert "differs from" not in get(edith()).text


def test_an_embargo_and_who_is_there_are_said():
    article = make_article()
    embargo.set_embargo(article, Terms(timezone.now() + DAY, "x"), version=article.version, by=edith())
    now = timezone.now()
    Presence.objects.create(article=article, user=rory(), page="p" * 20, opened_at=now, seen_at=now)
    page = get(edith()).text
    assert "Embargo until" in page
    assert "rory is looking" in page


def test_what_is_typed_is_no_markup():
    make_article(headline="<b>Bold</b>", dek="<script>x</script>")
    page = get(edith()).text
    assert "&lt;b&gt;Bold" in page
    assert "<script>x" not in page


# --- What is found ---------------------------------------------------------------------------------


def everything() -> None:
    """A story in each situation."""
    make_article(headline="draft")
    publishing.submit((it := make_article(headline="in review")), version=it.version, by=rory())
    make_edition(headline="live")
    make_edition(timezone.now() + DAY, headline="scheduled")
    republish(make_edition(headline="changing").article, timezone.now() + DAY)
    take_down(publishing.unpublish, make_edition(headline="unpublished").article)
    take_down(publishing.retract, make_edition(headline="retracted").article)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("stage=in_review", {"in review"}),
        ("stage=draft", {"draft", "unpublished", "retracted"}),
        ("readers=live", {"live", "changing"}),
        ("readers=scheduled", {"scheduled", "changing"}),
        ("readers=never", {"draft", "in review", "scheduled"}),
        ("readers=gone", {"unpublished", "retracted"}),
        ("readers=live&stage=in_review", set()),
    ],
)
def test_stories_are_sifted_by_where_they_stand(query, wanted):
    everything()
    assert set(found(query)) == wanted


def test_stories_are_sifted_by_section_author_embargo_and_time():
    other = make_author("Bex Molloy")
    film = make_article(headline="film", section=make_section("film").pk, bylines=(BylinePart(other.pk),))
    make_article(headline="nowhere", section=None)
    promised = Terms(timezone.now() + DAY, "x")
    embargo.set_embargo(film, promised, version=film.version, by=edith())
    Article.objects.filter(headline="nowhere").update(saved_at=timezone.now() - 10 * DAY)
    assert found("section=film") == ["film"]
    assert found("section=none") == ["nowhere"]
    assert found("author=bex-molloy") == ["film"]
    assert found("embargo=yes") == ["film"]
    assert found("embargo=no") == ["nowhere"]
    assert found("saved=7") == ["film"]
    assert set(found("saved=30")) == {"film", "nowhere"}


def test_mine_are_those_one_began_or_writes():
    make_article(by=edith(), headline="began", bylines=())
    make_article(headline="writes", bylines=(BylinePart(make_author("Edith", user=edith()).pk),))
    make_article(headline="neither")
    assert set(found("author=me")) == {"began", "writes"}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ferry", {"one", "two"}),
        ("FERRY late", {"one"}),
        ("zebra aardvark", {"one"}),
        ("zebra molloy ferry", {"one"}),
        ('"ferry late"', set()),
        ('"the ferry"', {"one", "two"}),
        ("salt & pepper", {"two"}),
        ("nothing", set()),
        ('"', set()),
    ],
)
def test_every_word_is_found_somewhere(query, wanted):
    topics = (make_topic("Zebra").pk, make_topic("Aardvark").pk)
    names = (BylinePart(make_author("Bex Molloy").pk),)
    make_article(headline="one", dek="Late again", body="<p>The ferry</p>", topics=topics, bylines=names)
    make_article(headline="two", body="<p>The ferry, salt &amp; pepper</p>", topics=topics[:1])
    client = Client()
    client.force_login(edith())
    listed = client.get(LIST, {"q": query}).context["cl"].lines
    assert {line.article.headline for line in listed} == wanted


def test_a_query_is_split_into_words():
    assert words_of("""one "two three" 'four'""") == ["one", "two three", "four"]
    assert len(words_of("x " * 90)) < 10


def test_stories_are_sorted_by_name():
    for headline in ("b", "a"):
        make_article(headline=headline)
    with time_machine.travel(timezone.now() - DAY):
        make_edition(headline="d")
    make_edition(headline="c")
    Article.objects.filter(headline="d").update(saved_at=timezone.now() + DAY)
    assert found("o=headline") == ["a", "b", "c", "d"]
    assert found("o=live") == ["c", "d", "a", "b"]
    assert found()[0] == "d"


@pytest.mark.parametrize(
    "query",
    [
        "stage=nonsense",
        "stage=%00",
        "readers=x",
        "section=%00x",
        "author=" + "9" * 40,
        "embargo=maybe",
        "saved=-1",
        "o=9",
        "q=%00",
        "q=" + "x" * 3000,
        "p=999",
        "p=x",
        "stage__exact=draft",
        "nonsense=1",
        "all=1",
    ],
)
def test_nonsense_in_the_address_is_no_error_of_the_server(query):
    make_article()
    assert get(edith(), query).status_code in {200, 302, 400}


def test_completing_a_name_survives_nonsense():
    client = Client()
    client.force_login(edith())
    asked = {"app_label": "articles", "model_name": "correction", "field_name": "article", "term": "\x00 ferry"}
    assert client.get("/admin/autocomplete/", asked).status_code in {200, 403}


def test_an_address_with_empty_words_is_made_short():
    assert get(edith(), "q=&stage=draft&readers=&o=").headers["Location"] == "?stage=draft"
    assert get(edith(), "q=&stage=").headers["Location"] == LIST


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [wren, mo, rosa])
def test_nobody_finds_a_story_that_is_not_theirs_by_its_words(who):
    make_article(by=rory(), headline="Canary")
    for query in ("", "q=Canary", "author=rory-quill", "readers=never"):
        assert 'class="title"' not in get(who(), query, follow=True).text


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stories", [2, 25])
@pytest.mark.parametrize("query", ["", "q=story&readers=never&author=me&o=live"])
def test_any_number_of_lines_takes_the_same_queries(django_assert_num_queries, stories, query):
    picture, now = make_picture().pk, timezone.now()
    for number in range(stories):
        article = make_article(by=edith(), topics=(make_topic(f"Topic {number}").pk,), lead_image=picture)
        Presence.objects.create(article=article, user=rory(), page="p" * 20, opened_at=now, seen_at=now)
        if not query:
            republish(publishing.publish(article, version=article.version, by=edith()).article, now + DAY)
    client = Client()
    client.force_login(edith())
    with django_assert_num_queries(16):
        client.get(f"{LIST}?{query}")


def test_a_thousand_stories_take_no_more(django_assert_num_queries):
    draft = make_draft()
    article = editing.start(by=edith(), draft=draft)
    Article.objects.bulk_create(
        Article(headline=f"Number {number}", section_id=article.section_id, created_by=edith(), saved_by=edith())
        for number in range(1000)
    )
    client = Client()
    client.force_login(edith())
    with django_assert_num_queries(16):
        page = client.get(LIST)
    assert len(page.context["cl"].lines) == 50
    assert reverse("admin:articles_article_changelist") == LIST


def test_a_list_is_counted_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.admin.counting.MOST_COUNTED", 3)
    monkeypatch.setattr("articles.admin.story_list.StoryListMixin.list_per_page", 2)
    client = Client()
    client.force_login(edith())
    for made, told in ((3, " 3 articles"), (2, " 3+ articles")):
        for _ in range(made):
            make_article()
        page = client.get("/admin/articles/article/?p=2").content.decode()
        assert told in " ".join(page.split())
    assert client.get("/admin/articles/article/?p=3").status_code == 302
