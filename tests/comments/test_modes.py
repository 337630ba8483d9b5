"""Who may post in a discussion, and until when: how it begins, its end, slow mode, and the pause of all."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from comments import posting
from comments.models import Discussion, Rules
from comments.workflow import State
from tests.factories import edith, make_comment, make_edition, make_section, mo, ravi, rory, rosa, visit

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/rules/"


def discussion_of(edition) -> Discussion:
    return Discussion.objects.get(article=edition.article_id)


# --- How it begins ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "section", "story", "begins"),
    [
        ("open", None, "open", "open"),
        ("open", "moderated", "open", "moderated"),
        ("moderated", "open", "open", "moderated"),
        ("moderated", "closed", "open", "closed"),
        ("open", "open", "moderated", "moderated"),
        ("closed", "open", "open", "closed"),
    ],
)
def test_the_strictest_of_site_section_and_story_holds(site, section, story, begins):
    Rules.objects.create(mode=site)
    if section:
        Rules.objects.create(section=make_section("tv"), mode=section)
    Rules.objects.create(section=make_section("film"), mode="closed")
    assert discussion_of(make_edition(discussion=story)).mode == begins


def test_the_earliest_end_and_the_slowest_pace_hold():
    Rules.objects.create(closes_after_days=30, slow_seconds=10)
    Rules.objects.create(section=make_section("tv"), closes_after_days=14, slow_seconds=60)
    edition = make_edition()
    row = discussion_of(edition)
    assert (row.closes_at, row.slow_seconds) == (edition.published_at + timedelta(days=14), 60)


def test_what_began_already_goes_its_own_way():
    edition = make_edition()
    Rules.objects.create(mode="closed")
    assert discussion_of(edition).is_open


def test_there_is_one_row_for_the_site_and_one_for_a_section():
    for section in (None, make_section("tv")):
        Rules.objects.create(section=section)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rules.objects.create(section=section, mode="closed")


# --- Its end ---------------------------------------------------------------------------------------


def test_it_closes_by_the_clock_and_stays_open_if_a_moderator_says_so():
    edition, by = make_edition(), ravi()
    now = timezone.now()
    Discussion.objects.filter(article=edition.article_id).update(closes_at=now + timedelta(days=1))
    with time_machine.travel(now, tick=False) as clock:
        clock.move_to(now + timedelta(hours=23))
        make_comment(edition, by=by)
        clock.move_to(now + timedelta(days=1))
        with pytest.raises(posting.Closed, match="closed"):
            make_comment(edition, by=by)
        assert "This discussion is closed." in Client().get(edition.path).content.decode()
        Discussion.objects.filter(article=edition.article_id).update(stays_open=True)
        make_comment(edition, by=by)
        assert "Join the discussion" in Client().get(edition.path).content.decode()


def test_in_a_moderated_one_the_regular_waits_too():
    edition = make_edition(discussion="moderated")
    assert make_comment(edition, by=ravi()).state == State.HELD


# --- Slow mode -------------------------------------------------------------------------------------


def test_in_slow_mode_one_thing_is_said_at_a_time():
    edition, by, other = make_edition(), ravi(), rosa()
    Discussion.objects.filter(article=edition.article_id).update(slow_seconds=90)
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        make_comment(edition, by=by)
        make_comment(edition, by=other)
        clock.move_to(now + timedelta(seconds=50))
        with pytest.raises(posting.TooFast, match="40 seconds"):
            make_comment(edition, by=by)
        make_comment(edition, by=mo()), make_comment(edition, by=mo(), body="And again.")
        clock.move_to(now + timedelta(seconds=90))
        make_comment(edition, by=by)


def test_who_was_too_fast_keeps_the_words():
    edition = make_edition()
    Discussion.objects.filter(article=edition.article_id).update(slow_seconds=600)
    make_comment(edition, by=ravi())
    data = {"body": "Too fast.", "key": "6f1de5a5-6a2c-4c58-9a3c-0b8c5ad39f7d"}
    answer = visit(ravi()).post(f"/comments/{edition.article_id}/new/", data)
    assert answer.status_code == 422
    assert "10 minutes" in answer.content.decode()
    assert "Too fast." in answer.content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes")],
)
def test_a_short_while_is_said_in_words(seconds, words):
    assert posting.spell(seconds) == words


# --- The pause -------------------------------------------------------------------------------------


def test_the_pause_holds_everywhere_at_once_and_is_said():
    edition, by = make_edition(), ravi()
    make_comment(edition, by=by)
    Rules.objects.create(is_paused=True, pause_message="Back after the news.")
    with pytest.raises(posting.Closed, match="Back after the news"):
        make_comment(edition, by=by)
    data = {"body": "Kept words.", "key": "6f1de5a5-6a2c-4c58-9a3c-0b8c5ad39f7d"}
    answer = visit(by).post(f"/comments/{edition.article_id}/new/", data)
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("Back after the news.", "Kept words."))
    assert "Back after the news." in Client().get(edition.path).content.decode()
    Rules.objects.update(is_paused=False)
    make_comment(edition, by=by, body="Again.")


def test_only_the_whole_site_is_paused_and_never_without_a_word():
    for wrong in ({"section": make_section("tv"), "is_paused": True}, {"is_paused": True, "pause_message": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rules.objects.create(**wrong)


# --- The admin's pages -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [edith, mo])
def test_editors_and_moderators_make_the_rules(who):
    data = {"mode": "moderated", "slow_seconds": "30", "closes_after_days": "14", "pause_message": "Soon."}
    assert visit(who()).post(f"{LIST}add/", data).status_code == 302
    row = Rules.objects.get()
    assert (row.section, row.mode, row.closes_after_days, row.slow_seconds) == (None, "moderated", 14, 30)
    again = visit(who()).post(f"{LIST}add/", data)
    assert again.status_code == 200
    assert "There are rules for this already." in again.content.decode()


def test_a_pause_without_a_word_is_refused_kindly():
    data = {"mode": "open", "slow_seconds": "0", "is_paused": "on", "pause_message": ""}
    answer = visit(mo()).post(f"{LIST}add/", data)
    assert answer.status_code == 200
    assert "readers are told why" in re.sub(r"\s+", " ", answer.content.decode())


def test_writers_do_not():
    assert visit(rory()).get(LIST).status_code == 403
