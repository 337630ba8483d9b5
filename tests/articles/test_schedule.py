"""Publishing at a later moment: the clock does it, and nothing shows before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import embargo, intervals, publishing
from articles.editing import Conflict
from articles.models import Article, Edition, EditionTopic
from comments.models import Discussion
from tests.factories import (
    change,
    edith,
    make_article,
    make_edition,
    make_section,
    make_topic,
    publish,
    republish,
    rory,
    take_down,
    without_its_words,
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
        assert (response.status_code, without_its_words(response)) == (404, without_its_words(never)), url


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


# --- Moving what waits -----------------------------------------------------------------------------


def reschedule(edition: Edition, at: datetime, **options) -> Edition:
    """Edith moves a waiting edition of the story as it is now."""
    article = Article.objects.get(pk=edition.article_id)
    options = {"version": article.version, "by": edith()} | options
    return publishing.reschedule(article, edition, at=at, **options)


@pytest.mark.parametrize("offset", [-HOUR / 2, HOUR, timedelta(days=40)])
def test_a_waiting_story_moves_to_another_moment_with_its_words_and_its_date(client, clock, offset):
    topic = make_topic("Embargoed")
    edition = make_edition(NINE, headline="Moved", topics=(topic.pk,))
    change(edition.article, headline="Typed since")
    reschedule(edition, NINE + offset)
    clock.move_to(NINE + offset - timedelta(microseconds=1))
    assert client.get(edition.path).status_code == 404
    clock.move_to(NINE + offset)
    assert "Moved" in client.get(edition.path).text
    live, link = edition.article.live_edition, EditionTopic.objects.live().get(topic=topic)
    assert live.published_at == live.updated_at == link.published_at == NINE + offset


def test_what_a_moved_change_replaces_ends_at_the_new_moment(clock):
    first = make_edition(headline="First")
    Edition.objects.update(ends_at=NINE + 3 * HOUR, ended_as="expired")
    second = republish(first.article, NINE, headline="Second")
    reschedule(second, NINE + HOUR)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ends_at, first.ended_as) == (second.live_at, "superseded")
    assert (second.ends_at, second.ended_as) == (NINE + 3 * HOUR, "expired")
    assert second.published_at == first.published_at
    assert headlines(clock, first.article) == ["First", "First", "Second"]


def test_after_a_move_unscheduling_still_gives_the_predecessor_its_end_back(clock):
    first = make_edition(headline="First")
    reschedule(republish(first.article, NINE, headline="Second"), NINE + HOUR)
    take_down(publishing.unschedule, first.article)
    assert headlines(clock, first.article) == ["First", "First", "First"]


def test_what_readers_are_told_moves_with_the_change_that_tells_it(clock):
    first = make_edition()
    change(first.article, dek="News")
    told = publish(first.article, NINE, significant=True)
    untold = republish(first.article, NINE + 2 * HOUR, waiting="keep")
    assert told.updated_at == untold.updated_at == NINE
    for at in (NINE + HOUR, NINE - HOUR / 2):
        reschedule(told, at)
        assert {row.updated_at for row in first.article.editions.waiting()} == {at}


def test_a_printed_story_keeps_its_printed_date(clock):
    printed = NINE - timedelta(days=900)
    edition = make_edition(NINE, printed_at=printed)
    assert reschedule(edition, NINE + HOUR).published_at == printed


def test_where_another_edition_or_an_end_is_in_the_way_nothing_moves(clock):
    first = make_edition()
    second = republish(first.article, NINE + HOUR)
    third = republish(first.article, NINE + 2 * HOUR, waiting="keep")
    Edition.objects.filter(ends_at=None).update(ends_at=NINE + 4 * HOUR, ended_as="expired")
    refused = [
        (second, NINE + 2 * HOUR, "ends on"),
        (second, NINE + 3 * HOUR, "ends on"),
        (second, NINE + HOUR, "already"),
        (third, NINE + HOUR, "which it replaces"),
        (third, NINE, "which it replaces"),
        (third, NINE + 4 * HOUR, "ends on"),
        (second, timezone.now(), "in the future"),
        (first, NINE, "does not wait"),
    ]
    before = list(Edition.objects.values_list("live_at", "ends_at", "ended_as"))
    for edition, at, words in refused:
        with pytest.raises(publishing.NotPossible, match=words):
            reschedule(edition, at)
    assert list(Edition.objects.values_list("live_at", "ends_at", "ended_as")) == before


def test_a_story_that_comes_back_after_its_end_comes_back_no_sooner(clock):
    first = make_edition()
    Edition.objects.update(ends_at=NINE, ended_as="expired")
    again = republish(first.article, NINE + HOUR)
    with pytest.raises(publishing.NotPossible, match="until"):
        reschedule(again, NINE - HOUR / 2)
    assert reschedule(again, NINE).live_at == NINE
    first.refresh_from_db()
    assert (first.ends_at, first.ended_as) == (NINE, "expired")


def test_another_storys_edition_is_not_moved(clock):
    mine, other = make_edition(NINE), make_edition(NINE)
    with pytest.raises(publishing.NotPossible):
        publishing.reschedule(mine.article, other, version=mine.article.version, by=edith(), at=NINE + HOUR)


def test_nothing_moves_before_its_embargo_lifts(clock):
    article = make_article()
    embargo.set_embargo(article, embargo.Terms(NINE, "The studio"), version=article.version, by=edith())
    edition = publish(article, NINE + HOUR)
    with pytest.raises(embargo.Embargoed):
        reschedule(edition, NINE - timedelta(minutes=1))
    assert reschedule(edition, NINE).live_at == NINE


def test_a_move_is_on_record_and_needs_the_version_and_the_right(clock):
    edition = make_edition(NINE)
    version = Article.objects.get().version
    with pytest.raises(PermissionDenied):
        reschedule(edition, NINE + HOUR, by=rory())
    reschedule(edition, NINE + HOUR, note="The cast asked.")
    event = edition.article.events.first()
    assert (event.kind, event.by, event.edition) == ("rescheduled", edith(), edition)
    assert event.note == "from Mon 4 Mar 2030, 09:00 UTC to Mon 4 Mar 2030, 10:00 UTC: The cast asked."
    with pytest.raises(Conflict):
        reschedule(edition, NINE + 2 * HOUR, version=version)
    assert Article.objects.get().stage == "published"


def test_a_scheduled_story_is_announced_once_and_only_when_it_is_live(clock):
    make_edition(NINE, section=make_section("film").pk)
    assert intervals.announce_due() == 0
    clock.move_to(NINE)
    assert [intervals.announce_due(), intervals.announce_due()] == [1, 0]
