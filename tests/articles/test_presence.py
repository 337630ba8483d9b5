"""Presence: who is in a story, who writes it, and taking it over without losing a word."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import editing, presence
from articles.editing import Page
from articles.models import Article, Event, Presence, Revision
from newsroom.models import User
from tests.factories import edith, make_article, rory, wren

pytestmark = pytest.mark.django_db
DESK, PHONE, HERS = "page-of-the-desktop", "page-of-the-phone--", "page-of-ediths-----"
GONE = timedelta(seconds=151)


def opens(person: User, article: Article, page: str, *, to_write: bool = True, **more: bool) -> Presence:
    return presence.ping(article, by=person, page=page, to_write=to_write, **more)


def who_holds(article: Article) -> User | None:
    held = presence.holder(article)
    return held.user if held else None


def test_the_first_who_opened_it_to_write_holds_the_story():
    article = make_article()
    opens(edith(), article, HERS, to_write=False)
    opens(rory(), article, DESK)
    opens(edith(), article, "another-page-of-hers")
    assert who_holds(article) == rory()


def test_others_are_named_once_by_what_they_do_most():
    article = make_article()
    opens(rory(), article, PHONE, to_write=False)
    opens(rory(), article, DESK, is_writing=True)
    opens(edith(), article, HERS, to_write=False)
    there = presence.others(article, by=edith())
    assert [(one.user, one.opened_to_write, one.is_writing) for one in there] == [(rory(), True, True)]


def test_who_is_not_seen_for_150_seconds_is_gone():
    article = make_article()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opens(rory(), article, DESK)
        clock.shift(timedelta(seconds=149))
        assert who_holds(article) == rory()
        clock.shift(timedelta(seconds=2))
        assert who_holds(article) is None
        assert presence.others(article, by=edith()) == []


def test_who_comes_back_after_having_been_gone_stands_behind_who_came_meanwhile():
    article = make_article()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opens(rory(), article, DESK)
        clock.shift(GONE)
        opens(edith(), article, HERS)
        clock.shift(timedelta(seconds=10))
        opens(rory(), article, DESK)
        assert who_holds(article) == edith()


def test_who_leaves_is_gone_at_once():
    article = make_article()
    opens(rory(), article, DESK)
    presence.leave(article, by=edith(), page=DESK)
    assert who_holds(article) == rory()
    presence.leave(article, by=rory(), page=DESK)
    assert who_holds(article) is None


def test_a_new_page_after_saving_keeps_ones_place():
    article = make_article()
    opens(rory(), article, DESK)
    opens(edith(), article, HERS)
    presence.enter(article, presence.room_of(article), by=rory(), page=PHONE, to_write=True)
    presence.leave(article, by=rory(), page=DESK)
    assert who_holds(article) == rory()


def test_taking_over_keeps_the_holders_words_as_a_revision_and_tells_them():
    article = make_article(headline="One")
    opens(rory(), article, DESK)
    typed = replace(article.draft, headline="Half a sent")
    stored = editing.autosave(article, typed, version=article.version, by=rory(), page=Page(DESK, 1))
    opens(edith(), article, HERS, to_write=False)
    taken = presence.take_over(article, by=edith(), page=HERS)
    kept = article.revisions.first()
    assert (kept.kind, kept.draft.headline, kept.made_by) == (Revision.Kind.TAKEN_OVER, "Half a sent", rory())
    assert (taken.version, taken.headline, who_holds(article)) == (stored.version + 1, "Half a sent", edith())
    event = article.events.first()
    assert (event.kind, event.by, event.note) == (Event.Kind.TAKEN_OVER, edith(), "from rory")
    told = opens(rory(), article, DESK)
    assert (told.taken_by, told.opened_to_write) == (edith(), False)


def test_what_the_former_holders_page_still_sends_is_a_conflict():
    article = make_article()
    opens(rory(), article, DESK)
    presence.take_over(article, by=edith(), page=HERS)
    for verb in (editing.autosave, editing.save):
        with pytest.raises(editing.Conflict, match="by edith"):
            verb(article, replace(article.draft, dek="Late"), version=article.version, by=rory(), page=Page(DESK, 1))


def test_a_story_can_be_taken_back():
    article = make_article()
    opens(rory(), article, DESK)
    presence.take_over(article, by=edith(), page=HERS)
    presence.take_over(article, by=rory(), page=PHONE)
    assert who_holds(article) == rory()
    assert opens(edith(), article, HERS).taken_by == rory()


def test_taking_over_from_nobody_changes_no_version():
    article = make_article()
    for _ in range(2):
        assert presence.take_over(article, by=rory(), page=DESK).version == article.version
    assert who_holds(article) == rory()


def test_who_may_not_edit_takes_nothing_over():
    article = make_article()
    opens(rory(), article, DESK)
    with pytest.raises(PermissionDenied):
        presence.take_over(article, by=wren(), page=PHONE)
    assert who_holds(article) == rory()


def test_holding_is_courtesy_and_the_version_is_the_rule():
    article = make_article()
    opens(rory(), article, DESK)
    saved = editing.save(article, replace(article.draft, dek="By Edith"), version=article.version, by=edith())
    assert saved.dek == "By Edith"


def test_pages_long_gone_are_forgotten():
    article = make_article()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opens(rory(), article, DESK)
        assert presence.forget_gone() == 0
        clock.shift(GONE)
        assert presence.forget_gone() == 1
    assert not Presence.objects.exists()
