"""Giving a story an end: readers lose it at that instant, and a later change does not forget it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, Edition
from articles.publishing import NotPossible
from articles.workflow import Seen
from tests.factories import edith, make_edition, republish, take_down

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def end(article: Article, at):
    article = Article.objects.get(pk=article.pk)
    return publishing.expire(article, version=article.version, by=edith(), at=at)


def test_readers_lose_it_at_that_instant():
    edition = make_edition()
    at = timezone.now() + HOUR
    end(edition.article, at)
    for moment, status in ((at - timedelta(microseconds=1), 200), (at, 404)):
        with time_machine.travel(moment, tick=False):
            assert Client().get(edition.path).status_code == status
    with time_machine.travel(at, tick=False):
        assert edition.article.seen == Seen.EXPIRED


def test_a_change_of_today_and_one_of_tomorrow_keep_the_end():
    edition = make_edition()
    at = timezone.now() + 5 * HOUR
    end(edition.article, at)
    republish(edition.article)
    republish(edition.article, timezone.now() + HOUR)
    last = edition.article.editions.order_by("live_at").last()
    assert (last.ends_at, last.ended_as) == (at, Edition.EndedAs.EXPIRED)


def test_unscheduling_a_change_leaves_the_end_where_it_was():
    edition = make_edition()
    at = timezone.now() + 5 * HOUR
    end(edition.article, at)
    republish(edition.article, timezone.now() + HOUR)
    take_down(publishing.unschedule, edition.article)
    edition.refresh_from_db()
    assert (edition.ends_at, edition.ended_as) == (at, Edition.EndedAs.EXPIRED)


def test_the_end_can_be_taken_away_again():
    edition = make_edition()
    end(edition.article, timezone.now() + HOUR)
    end(edition.article, None)
    edition.refresh_from_db()
    assert (edition.ends_at, edition.ended_as) == (None, "")


def test_a_scheduled_story_may_have_its_end_before_it_begins_to_be_read():
    begins = timezone.now() + HOUR
    edition = make_edition(at=begins)
    end(edition.article, begins + HOUR)
    with time_machine.travel(begins + HOUR, tick=False):
        assert Client().get(edition.path).status_code == 404


@pytest.mark.parametrize("hours", [-1, 0])
def test_an_end_that_is_not_to_come_is_refused(hours):
    edition = make_edition()
    with pytest.raises(NotPossible, match="in the future"):
        end(edition.article, timezone.now() + hours * HOUR)


def test_an_end_before_a_waiting_change_is_refused():
    edition = make_edition()
    republish(edition.article, timezone.now() + 2 * HOUR)
    with pytest.raises(NotPossible, match="after the last edition"):
        end(edition.article, timezone.now() + HOUR)


def test_a_story_that_readers_do_not_have_has_no_end():
    edition = make_edition()
    take_down(publishing.unpublish, edition.article)
    with pytest.raises(NotPossible):
        end(edition.article, timezone.now() + HOUR)
