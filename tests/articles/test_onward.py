"""What to read after a story: which stories, when they are chosen, and that only live ones are shown."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Edition
from articles.onward import onward
from tests.factories import edith, make_article, make_edition, make_section, make_topic, take_down

pytestmark = pytest.mark.django_db


def topics(*names: str) -> tuple[int, ...]:
    return tuple(make_topic(name).pk for name in names)


def next_of(edition: Edition) -> list[str]:
    story = Edition.objects.get(pk=edition.pk)
    from_page = Client().get(story.path).context["story"]
    return [card.headline for card in from_page.read_next]


def test_stories_that_share_more_topics_come_first_then_the_newest_of_the_section():
    film = make_section("film").pk
    one = make_edition(headline="One topic", topics=topics("Ferries"))
    two = make_edition(headline="Two topics", topics=topics("Ferries", "Storms"))
    make_edition(headline="Another section", section=film)
    old = make_edition(headline="Old", section=film)
    new = make_edition(headline="New", section=film)
    story = make_edition(section=film, topics=topics("Ferries", "Storms"))
    assert story.onward == [two.article_id, one.article_id, new.article_id, old.article_id]
    assert next_of(story) == ["Two topics", "One topic", "New"]
    page = Client().get(story.path).text
    assert re.search(r"<span>Next in FILM</span> <a [^>]*>Old ", page)


def test_what_readers_have_not_got_is_not_among_them():
    same = topics("Ferries")
    article = make_article(headline="Waits", topics=same)
    publishing.publish(article, version=article.version, by=edith(), at=timezone.now() + timedelta(days=1))
    make_article(headline="A draft", topics=same)
    gone = make_edition(headline="Goes", topics=same)
    story = make_edition(topics=same)
    assert next_of(story) == ["Goes"]
    take_down(publishing.unpublish, gone.article)
    assert next_of(story) == []
    assert "Read next" not in Client().get(story.path).text


def test_older_stories_lead_to_a_newer_one_once_it_is_live(django_capture_on_commit_callbacks):
    first = make_edition(headline="First", topics=topics("Ferries"))
    make_edition(headline="Second", topics=topics("Ferries"))
    assert next_of(first) == []
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick", verbosity=0)
    assert next_of(first) == ["Second"]


def test_a_story_does_not_lead_to_itself():
    first = make_edition(topics=topics("Ferries"))
    assert onward(first.article_id, section=first.section_id, topics=topics("Ferries")) == []


def test_choosing_takes_two_queries_whatever_there_is(django_assert_num_queries):
    for _ in range(8):
        last = make_edition(topics=topics("Ferries", "Storms"))
    same = topics("Ferries")
    with django_assert_num_queries(2):
        assert len(onward(last.article_id, section=last.section_id, topics=same)) == 4
