"""“Updated” on a story moves only when an editor says that readers should be told, and it never goes back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles import publishing
from articles.cutting import preview
from articles.models import Edition
from articles.publishing import Waiting
from tests.factories import change, make_article, make_edition, publish, take_down

pytestmark = pytest.mark.django_db

NINE = datetime(2030, 1, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


def change_to(edition: Edition, dek: str, at: datetime | None = None, **options: object) -> Edition:
    """Edith publishes another dek."""
    change(edition.article, dek=dek)
    return publish(edition.article, at, **options)


def test_the_first_edition_is_not_an_update_whatever_was_ticked(clock):
    edition = publish(make_article(), significant=True)
    assert edition.updated_at == edition.published_at == NINE
    assert not edition.card.is_updated


def test_a_small_change_tells_readers_nothing(clock):
    first = make_edition()
    clock.shift(HOUR)
    second = change_to(first, "A comma")
    assert second.updated_at == second.published_at == NINE
    assert "Updated" not in Client().get(second.path).text


def test_a_significant_change_tells_readers_when(clock):
    first = make_edition()
    clock.shift(HOUR)
    second = change_to(first, "Another ending", significant=True)
    assert (second.published_at, second.updated_at) == (NINE, NINE + HOUR)
    page = Client().get(second.path).text
    assert 'Updated <time datetime="2030-01-01T10:00:00+00:00">' in page
    assert 'property="article:modified_time" content="2030-01-01T10:00:00+00:00"' in page


def test_a_small_change_after_a_significant_one_keeps_its_time(clock):
    first = make_edition()
    clock.shift(HOUR)
    change_to(first, "Another ending", significant=True)
    clock.shift(HOUR)
    assert change_to(first, "A comma").updated_at == NINE + HOUR


def test_a_scheduled_change_is_told_of_from_its_own_moment(clock):
    first = make_edition()
    later = change_to(first, "Later", at=NINE + 5 * HOUR, significant=True)
    assert later.updated_at == later.live_at == NINE + 5 * HOUR
    assert "Updated" not in Client().get(first.path).text


def test_a_story_that_ran_before_is_not_updated_by_coming_here(clock):
    edition = make_edition(printed_at=datetime(1999, 12, 31, tzinfo=UTC))
    clock.shift(HOUR)
    assert not change_to(edition, "A comma").card.is_updated
    assert change_to(edition, "More", significant=True).updated_at == NINE + HOUR


def test_a_waiting_edition_cut_anew_brings_no_change_of_its_own(clock):
    first = make_edition()
    change_to(first, "Later", at=NINE + 5 * HOUR, significant=True)
    clock.shift(HOUR)
    now = change_to(first, "Sooner", significant=True)
    assert now.updated_at == first.article.waiting_edition.updated_at == NINE + HOUR


@pytest.mark.parametrize("significant", [True, False])
def test_a_waiting_edition_that_is_kept_never_takes_the_time_back(clock, significant):
    first = make_edition()
    waits = change_to(first, "Later", at=NINE + 5 * HOUR, significant=significant)
    clock.shift(HOUR)
    change_to(first, "Now", significant=True, waiting=Waiting.KEEP)
    waits.refresh_from_db()
    assert waits.updated_at == (NINE + 5 * HOUR if significant else NINE + HOUR)


def test_a_first_edition_that_became_the_second_is_no_update(clock):
    waits = make_edition(NINE + 5 * HOUR)
    clock.shift(HOUR)
    change_to(waits, "Sooner", waiting=Waiting.KEEP)
    waits.refresh_from_db()
    assert waits.updated_at == waits.published_at == NINE + HOUR


def test_what_is_taken_down_and_published_anew_keeps_its_time(clock):
    first = make_edition()
    clock.shift(HOUR)
    change_to(first, "Another ending", significant=True)
    clock.shift(HOUR)
    take_down(publishing.unpublish, first.article)
    clock.shift(HOUR)
    assert change_to(first, "A comma").updated_at == NINE + HOUR
    take_down(publishing.unpublish, first.article)
    assert take_down(publishing.bring_back, first.article).updated_at == NINE + HOUR


def test_a_preview_shows_the_time_that_readers_have(clock):
    first = make_edition()
    clock.shift(HOUR)
    change_to(first, "Another ending", significant=True)
    clock.shift(HOUR)
    article = change(first.article, dek="A comma")
    assert preview(article, article.draft).updated_at == NINE + HOUR
