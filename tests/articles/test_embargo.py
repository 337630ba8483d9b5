"""Embargoes: nothing reaches a reader before the lift, by no verb and at no address."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import embargo, publishing
from articles.editing import Conflict
from articles.embargo import Embargoed, Terms
from articles.models import Article, Edition, Embargo, Event
from newsroom.models import User
from tests.factories import change, edith, make_article, make_edition, make_user, mo, publish, rory, rosa, take_down

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def under_embargo(article: Article | None = None, hours: float = 24, **terms: Any) -> Article:
    """Edith puts a story under embargo."""
    article = Article.objects.get(pk=(article or make_article()).pk)
    promised = Terms(timezone.now() + hours * HOUR, source="Kittiwake Pictures", **terms)
    embargo.set_embargo(article, promised, version=article.version, by=edith())
    return article


def nora() -> User:
    """Nora runs the paper: an editor who may break an embargo."""
    user = make_user("nora", "Editor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="break_embargo"))
    return User.objects.get(pk=user.pk)


# --- It works --------------------------------------------------------------------------------------


def test_a_story_under_embargo_is_not_published_now_nor_scheduled_before():
    article = under_embargo(hours=24)
    for at in (None, timezone.now() + 23 * HOUR):
        with pytest.raises(Embargoed, match="Under embargo of Kittiwake Pictures until"):
            publish(article, at)
    assert not Edition.objects.exists()


def test_it_may_be_scheduled_for_the_very_moment_it_lifts():
    article = under_embargo()
    edition = publish(article, article.embargo.lifts_at)
    assert edition.live_at == article.embargo.lifts_at


def test_once_lifted_it_binds_nobody():
    article = under_embargo(hours=2)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
        assert publish(article).is_live


def test_the_event_says_what_was_promised():
    article = under_embargo()
    event = article.events.get(kind=Event.Kind.EMBARGOED)
    assert event.by == edith()
    assert "Kittiwake Pictures, until" in event.note


def test_breaking_it_is_on_record_and_frees_the_story():
    article = under_embargo()
    embargo.break_embargo(article, version=article.version, by=nora(), reason="It leaked elsewhere.")
    row = Embargo.objects.get()
    assert (row.broken_by, row.reason, row.stands) == (nora(), "It leaked elsewhere.", False)
    assert article.events.filter(kind=Event.Kind.EMBARGO_BROKEN, note="It leaked elsewhere.").exists()
    assert publish(article).is_live


def test_it_may_be_moved_later():
    article = under_embargo(hours=1)
    under_embargo(article, hours=5)
    assert Embargo.objects.get().lifts_at > timezone.now() + 4 * HOUR


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [rory, mo, rosa])
def test_only_editors_set_one(who):
    article = make_article()
    with pytest.raises(PermissionDenied):
        embargo.set_embargo(article, Terms(timezone.now() + HOUR, "X"), version=article.version, by=who())


@pytest.mark.parametrize("who", [rory, edith, mo])
def test_breaking_one_needs_its_own_right(who):
    article = under_embargo()
    with pytest.raises(PermissionDenied):
        embargo.break_embargo(article, version=article.version, by=who(), reason="Because")
    assert Embargo.objects.get().stands


# --- What is refused -------------------------------------------------------------------------------


def test_a_lift_in_the_past_is_refused():
    with pytest.raises(Embargoed, match="in the future"):
        under_embargo(hours=-1)


def test_a_story_readers_have_is_too_late_for_one():
    with pytest.raises(Embargoed, match="too late"):
        under_embargo(make_edition().article)


def test_a_lift_past_a_waiting_edition_is_refused():
    article = make_edition(at=timezone.now() + 2 * HOUR).article
    with pytest.raises(Embargoed, match="unschedule it first"):
        under_embargo(article, hours=3)
    under_embargo(article, hours=1)


def test_moving_it_earlier_is_breaking_it():
    article = under_embargo(hours=5)
    with pytest.raises(Embargoed, match="breaking it"):
        under_embargo(article, hours=1)


def test_breaking_one_needs_a_reason_and_something_to_break():
    article = make_article()
    with pytest.raises(Embargoed, match="No embargo"):
        embargo.break_embargo(article, version=article.version, by=nora(), reason="x")
    under_embargo(article)
    with pytest.raises(Embargoed, match="needs a reason"):
        embargo.break_embargo(article, version=article.version, by=nora(), reason="  ")


def test_words_that_changed_meanwhile_are_a_conflict():
    article = make_article()
    version = article.version
    change(article, dek="Changed")
    with pytest.raises(Conflict):
        embargo.set_embargo(article, Terms(timezone.now() + HOUR, "X"), version=version, by=edith())


def test_bringing_back_waits_for_the_lift_too():
    article = make_edition().article
    take_down(publishing.unpublish, article)
    under_embargo(article)
    with pytest.raises(Embargoed):
        take_down(publishing.bring_back, article)


# --- The page --------------------------------------------------------------------------------------


def page(user: User, article: Article, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    address = reverse("admin:articles_article_embargo", args=[article.pk])
    return client.post(address, data, follow=True) if data else client.get(address)


def test_the_page_sets_shows_and_breaks():
    article = make_article()
    lifts = timezone.now().replace(second=0, microsecond=0) + 24 * HOUR
    moment = lifts.strftime("%Y-%m-%dT%H:%M")
    page(nora(), article, lifts_at=moment, source="Kittiwake", terms="No spoilers", version=article.version, _set="1")
    assert Embargo.objects.get().lifts_at == lifts
    shown = page(nora(), article).text
    assert "Kittiwake" in shown
    assert shown.count(moment[:10]) >= 1
    data = {"break-reason": "Out already", "break-version": article.version, "_break": "1"}
    assert "on record" in page(nora(), article, **data).text
    assert not Embargo.objects.get().stands


def test_a_refusal_keeps_what_was_typed():
    article = make_article()
    answer = page(edith(), article, lifts_at="2001-01-01T10:00", source="Kittiwake", version=article.version, _set="1")
    assert answer.status_code == 409
    assert "in the future" in answer.text
    assert 'value="Kittiwake"' in answer.text


def test_a_writer_sees_the_embargo_and_sets_none():
    article = under_embargo()
    shown = page(rory(), article)
    assert "Under embargo" in shown.text
    assert "Change what was promised" not in shown.text
    data = {"lifts_at": "2101-01-01T10:00", "source": "X", "version": article.version, "_set": "1"}
    assert page(rory(), article, **data).status_code == 403
    assert Embargo.objects.get().source == "Kittiwake Pictures"
