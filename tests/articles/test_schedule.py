"""Publishing at a later moment: the clock does it, and nothing shows before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import intervals, publishing
from articles.models import Article, Edition, EditionTopic
from comments.models import Discussion
from tests.factories import (
    change,
    make_article,
    make_edition,
    make_section,
    make_topic,
    publish,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

NINE = datetime(2030, 3, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    """Eight o'clock, until the test moves it."""
    with time_machine.travel(NINE - HOUR, tick=False) as traveller:
        yield traveller


def surfaces(edition: Edition) -> list[str]:
    """Every page of readers that may name a story."""
    discussion = f"/comments/{edition.article_id}/"
    return ["/", edition.path, "/tv/", "/topics/embargoed/", "/authors/rory-quill/", discussion]


def test_before_its_moment_a_story_is_nowhere_and_at_it_everywhere(client, clock):
    make_edition(headline="Something else, so that no list is empty")
    edition = make_edition(NINE, headline="The secret", topics=(make_topic("Embargoed").pk,))
    clock.move_to(NINE - timedelta(microseconds=1))
    for url in surfaces(edition):
        assert "The secret" not in client.get(url).content.decode(), url
    clock.move_to(NINE)
    for url in surfaces(edition):
        assert "The secret" in client.get(url).content.decode(), url


def test_before_its_moment_its_pages_answer_as_if_there_were_none(client, clock):
    edition = make_edition(NINE, topics=(make_topic("Embargoed").pk,))
    never = client.get("/tv/never-written/")
    for url in [
        edition.path,
        "/topics/embargoed/",
        "/authors/rory-quill/",
        f"/comments/{edition.article_id}/",
    ]:
        response = client.get(url)
        assert (response.status_code, response.content) == (404, never.content), url


def test_before_its_moment_it_counts_in_no_query_of_readers(clock):
    edition = make_edition(NINE, topics=(make_topic().pk,))
    asked = [
        Edition.objects.live(),
        Edition.objects.begun(),
        EditionTopic.objects.live(),
        Discussion.objects.public(),
    ]
    assert [rows.count() for rows in asked] == [0, 0, 0, 0]
    assert edition.article.seen == "scheduled"
    clock.move_to(NINE)
    assert [rows.count() for rows in asked] == [0, 0, 0, 0], "a query asked at eight stays of eight"
    assert Article.objects.with_live().get().is_live_now
    assert Discussion.objects.public().count() == EditionTopic.objects.live().count() == 1


@pytest.mark.parametrize("offset", [timedelta(0), timedelta(microseconds=-1), timedelta(days=-1)])
def test_the_moment_must_be_in_the_future(clock, offset):
    with pytest.raises(publishing.NotPossible, match="future"):
        publish(make_article(), timezone.now() + offset)


def test_a_change_replaces_what_is_live_at_its_instant(client, clock):
    first = make_edition(headline="Before nine")
    second = republish(first.article, NINE, headline="From nine", slug=first.path.split("/")[-2])
    first.refresh_from_db()
    assert first.ends_at == second.live_at == NINE
    clock.move_to(NINE - timedelta(microseconds=1))
    assert "Before nine" in client.get(first.path).content.decode()
    clock.move_to(NINE)
    page = client.get(first.path).content.decode()
    assert "From nine" in page
    assert "Before nine" not in page


def test_the_working_copy_stays_free_while_a_change_waits(clock):
    waiting = republish(make_edition().article, NINE, headline="As scheduled")
    change(waiting.article, headline="Typed since")
    clock.move_to(NINE)
    assert waiting.article.live_edition.headline == "As scheduled"


def headlines(clock, article: Article) -> list[str]:
    """What readers have at half past eight, at nine and at ten."""
    found = []
    for minutes in (-30, 0, 60):
        clock.move_to(NINE + timedelta(minutes=minutes))
        live = article.live_edition
        found.append(live.headline if live else "")
    return found


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ("recut", ["Fixed", "Fixed", "Fixed"]),
        ("cancel", ["Fixed", "Fixed", "Fixed"]),
        ("keep", ["Fixed", "Scheduled", "Scheduled"]),
    ],
)
def test_publishing_now_asks_what_becomes_of_the_waiting_one(clock, answer, then):
    article = republish(make_edition(headline="First").article, NINE, headline="Scheduled").article
    clock.shift(timedelta(minutes=1))
    republish(article, waiting=answer, headline="Fixed")
    assert article.editions.waiting().count() == {"recut": 1, "cancel": 0, "keep": 1}[answer]
    assert headlines(clock, article) == then


@pytest.mark.parametrize("answer", ["recut", "cancel", "keep"])
def test_publishing_first_and_keeping_a_schedule_leaves_the_story_one_date(clock, answer):
    topic = make_topic()
    article = make_edition(NINE, headline="Scheduled", topics=(topic.pk,)).article
    clock.shift(timedelta(minutes=1))
    now = republish(article, waiting=answer, headline="Sooner").published_at
    clock.move_to(NINE)
    live = article.live_edition
    assert live.published_at == now
    assert EditionTopic.objects.live().get(topic=topic).published_at == now


def test_of_two_scheduled_from_the_start_the_first_dates_the_story(clock):
    article = make_edition(NINE + HOUR, headline="At ten").article
    republish(article, NINE, waiting="keep", headline="At nine")
    republish(article, NINE + 2 * HOUR, waiting="keep", headline="At eleven")
    assert headlines(clock, article) == ["", "At nine", "At ten"]
    clock.move_to(NINE + 2 * HOUR)
    assert article.live_edition.headline == "At eleven"
    assert {edition.published_at for edition in article.editions.begun()} == {NINE}


def test_a_change_inherits_the_expiry_of_what_it_replaces(client, clock):
    first = make_edition()
    Edition.objects.update(ends_at=NINE + HOUR, ended_as="expired")
    second = republish(first.article, NINE)
    assert (second.ends_at, second.ended_as) == (NINE + HOUR, "expired")
    clock.move_to(NINE + HOUR)
    assert client.get(second.path).status_code == 404
    assert first.article.seen == "expired"


def test_unscheduling_gives_the_predecessor_its_end_back(clock):
    first = make_edition(headline="First")
    Edition.objects.update(ends_at=NINE + HOUR, ended_as="expired")
    waiting = republish(first.article, NINE, headline="Cancelled")
    article = take_down(publishing.unschedule, first.article)
    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.ends_at, first.ended_as) == (NINE + HOUR, "expired")
    assert (waiting.ends_at, waiting.ended_as) == (NINE, "cancelled")
    assert article.stage == "draft"
    assert headlines(clock, article) == ["First", "First", ""]


def test_unscheduling_cancels_all_that_waits(clock):
    article = make_edition(NINE, headline="One").article
    republish(article, NINE + HOUR, waiting="keep", headline="Two")
    take_down(publishing.unschedule, article)
    assert article.seen == "never"
    assert headlines(clock, article) == ["", "", ""]


def test_what_does_not_wait_cannot_be_unscheduled():
    with pytest.raises(publishing.NotPossible):
        take_down(publishing.unschedule, make_edition().article)


def test_scheduling_again_moves_the_moment(clock):
    article = make_edition(NINE, headline="Planned").article
    republish(article, NINE + HOUR, headline="Put off")
    assert headlines(clock, article) == ["", "", "Put off"]


def test_a_scheduled_story_is_announced_once_and_only_when_it_is_live(clock):
    make_edition(NINE, section=make_section("film").pk)
    assert intervals.announce_due() == 0
    clock.move_to(NINE)
    assert [intervals.announce_due(), intervals.announce_due()] == [1, 0]
