"""Recompile, announce, mark past: safe to run twice, late without harm."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from articles import intervals, publishing
from articles.cutting import recompile
from articles.models import Edition, EditionByline, EditionTopic
from articles.signals import edition_ended, edition_live
from tests.factories import change, make_edition, make_section, make_topic, republish, take_down

pytestmark = pytest.mark.django_db

NINE = datetime(2030, 3, 4, 9, tzinfo=UTC)


def snapshot() -> list[dict]:
    return list(Edition.objects.order_by("pk").values())


def test_recompiling_changes_nothing_where_nothing_changed():
    make_edition(topics=(make_topic().pk,), body="<h2>Part</h2><p>x</p>")
    republish(Edition.objects.get().article)
    before, links = snapshot(), EditionTopic.objects.count()
    assert recompile(Edition.objects.all()) == recompile(Edition.objects.all()) == 2
    assert (snapshot(), EditionTopic.objects.count()) == (before, links)


def test_recompiling_brings_a_new_name_and_leaves_address_and_times():
    topic, section = make_topic("Old name"), make_section()
    edition = make_edition(topics=(topic.pk,))
    topic.name, section.name = "New name", "Television"
    topic.save()
    section.save()
    recompile(Edition.objects.all())
    now = Edition.objects.get()
    assert (now.story.topics[0].name, now.story.section.name) == ("New name", "Television")
    kept = ("path", "live_at", "ends_at", "published_at", "updated_at", "number", "source")
    assert [getattr(now, name) for name in kept] == [getattr(edition, name) for name in kept]


def test_recompiling_takes_nothing_from_the_working_copy():
    edition = make_edition(headline="As cut")
    change(edition.article, headline="Typed since", body="<p>Typed since</p>")
    recompile(Edition.objects.all())
    assert Edition.objects.get().headline == "As cut"
    assert "Typed since" not in Edition.objects.get().html


def test_the_commands_run_twice_without_harm(capsys):
    make_edition()
    for command in ("tick", "tick", "recompile", "recompile"):
        call_command(command)
    assert Edition.objects.live().count() == 1


def test_an_edition_is_past_only_when_no_clock_can_revive_it():
    with time_machine.travel(NINE, tick=False) as clock:
        edition = make_edition(topics=(make_topic().pk,))
        clock.shift(timedelta(hours=1))
        republish(edition.article)
        assert intervals.mark_past() == 0
        clock.shift(timedelta(minutes=5))
        assert intervals.mark_past() == 0
        clock.shift(timedelta(microseconds=1))
        assert [intervals.mark_past(), intervals.mark_past()] == [1, 0]
        assert edition.article.live_edition.number == 2
    for rows in (Edition, EditionTopic, EditionByline):
        assert rows.objects.filter(past=True).count() == 1


def test_what_is_past_can_still_be_retracted_and_brought_back(client):
    with time_machine.travel(NINE, tick=False) as clock:
        edition = make_edition(topics=(make_topic().pk,))
        clock.shift(timedelta(hours=1))
        take_down(publishing.unpublish, edition.article)
        clock.shift(timedelta(hours=1))
        intervals.mark_past()
        take_down(publishing.retract, edition.article, note="Wrong after all.")
        assert client.get(edition.path).status_code == 410
        take_down(publishing.bring_back, edition.article)
        for url in (edition.path, "/topics/widows-keep/", "/authors/rory-quill/"):
            assert client.get(url).status_code == 200, url


@pytest.fixture
def told():
    """What others are told, in order."""
    heard = []

    def live(sender, edition, **kwargs):
        heard.append(("live", edition.number))

    def ended(sender, edition, **kwargs):
        heard.append((edition.ended_as, edition.number))

    edition_live.connect(live)
    edition_ended.connect(ended)
    yield heard
    edition_live.disconnect(live)
    edition_ended.disconnect(ended)


def test_others_are_told_once_of_each_edition_that_is_live_and_of_each_that_ends(
    told, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edition = make_edition()
        intervals.announce_due()
        intervals.announce_due()
    with django_capture_on_commit_callbacks(execute=True):
        republish(edition.article)
        intervals.announce_due()
    with django_capture_on_commit_callbacks(execute=True):
        take_down(publishing.retract, edition.article)
    assert told == [("live", 1), ("live", 2), ("superseded", 1), ("retracted", 2)]


def test_nobody_is_told_of_what_was_rolled_back(told, django_capture_on_commit_callbacks):
    edition = make_edition()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(publishing.NotPossible):
        take_down(publishing.retract, edition.article, note="")
    assert told == []
