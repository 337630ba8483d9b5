"""A discussion is calmed for a while, over the mode its editors chose: by whom, how, until when, and what is told."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from comments import calming, posting
from comments.models import Calm, Discussion
from comments.workflow import State
from tests.factories import (
    edith,
    make_comment,
    make_edition,
    make_section,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    rory,
    rosa,
    visit,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def calmed(edition, measure, **more) -> Calm:
    given = {"by": mo(), "reason": "It became a quarrel.", "ends_at": timezone.now() + HOUR} | more
    return calming.calm(posting.open_for(edition), measure, **given)


def page_of(edition) -> str:
    return Client().get(edition.path).content.decode()


def send(edition, user, *, script=False, body="Kept words."):
    accept = {"Accept": "application/json"} if script else {}
    data = {"body": body, "key": str(uuid.uuid4())}
    return visit(user).post(f"/comments/{edition.article_id}/new/", data, headers=accept)


# --- What holds ------------------------------------------------------------------------------------


def test_a_pause_closes_it_by_the_clock_and_the_mode_stays():
    edition, by, now = make_edition(), ravi(), timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        here = calmed(edition, "pause").discussion
        assert Discussion.objects.get(pk=here.pk).mode == "open"
        assert not Discussion.objects.taking().filter(pk=here.pk).exists()
        with pytest.raises(posting.Closed, match=r"Paused until .*: It became a quarrel"):
            make_comment(edition, by=by)
        answer = send(edition, by)
        assert (answer.status_code, send(edition, by, script=True).status_code) == (409, 409)
        assert all(words in answer.content.decode() for words in ("It became a quarrel.", "Kept words."))
        assert "It became a quarrel." in page_of(edition)
        assert not visit(by).get(f"/comments/{edition.article_id}/me/").json()["is_open"]
        clock.move_to(now + HOUR)
        make_comment(edition, by=by)
        assert "Join the discussion" in page_of(edition)
        assert "quarrel" not in page_of(edition)


def test_slowed_it_keeps_the_slower_pace_and_says_so():
    edition, by, now = make_edition(), ravi(), timezone.now()
    Discussion.objects.filter(article=edition.article_id).update(slow_seconds=30)
    with time_machine.travel(now, tick=False) as clock:
        made = calmed(edition, "slow", seconds=120)
        make_comment(edition, by=by)
        clock.move_to(now + timedelta(seconds=60))
        with pytest.raises(posting.TooFast, match="1 minute"):
            make_comment(edition, by=by)
        assert "one comment in 2 minutes: It became a quarrel." in page_of(edition)
        assert visit(by).get(f"/comments/{edition.article_id}/me/").json()["slow"] == 120
        calming.lift(made, by=mo())
        make_comment(edition, by=by)
        clock.move_to(now + timedelta(seconds=70))
        with pytest.raises(posting.TooFast, match="20 seconds"):
            make_comment(edition, by=by)


def test_newcomers_are_read_first_regulars_are_not_and_then_all_are():
    edition, regular, known = make_edition(), ravi(), make_user("known")
    ravi().__class__.objects.filter(pk=regular.pk).update(date_joined=timezone.now() - timedelta(days=90))
    regular.refresh_from_db()
    for number in range(10):
        make_shown_comment(make_edition(slug=f"other-{number}"), by=regular)
    for number in range(2):
        make_shown_comment(edition, by=known, body=f"Number {number}.")
    calmed(edition, "newcomers")
    held = make_comment(edition, by=known)
    assert (held.state, make_comment(edition, by=regular).state) == (State.HELD, State.SHOWN)
    assert "but for those of regulars" in held.held_for
    calmed(edition, "all")
    assert make_comment(edition, by=regular, body="And one more thing.").state == State.HELD


def test_what_begins_while_a_comment_is_under_way_holds_for_it(monkeypatch):
    """The screens looked before it began; the lock comes after."""
    edition, by, look = make_edition(), ravi(), posting.look_at
    for measure in ("all", "pause"):

        def looked(*args, begun=measure, **more):
            seen = look(*args, **more)
            monkeypatch.setattr(posting, "look_at", look)
            calmed(edition, begun)
            return seen

        monkeypatch.setattr(posting, "look_at", looked)
        if measure == "all":
            assert make_comment(edition, by=by).state == State.HELD
        else:
            # By then the UPDATE itself finds it closed.
            with pytest.raises(posting.Closed, match="Paused"):
                make_comment(edition, by=by)


# --- Who and how -----------------------------------------------------------------------------------


def test_only_moderators_calm_and_let_go():
    edition = make_edition()
    made = calmed(edition, "pause")
    for stranger in (rosa(), rory(), edith()):
        with pytest.raises(PermissionDenied):
            calmed(edition, "pause", by=stranger)
        with pytest.raises(PermissionDenied):
            calming.lift(made, by=stranger)
        for url in (f"/desk/discussions/{made.discussion_id}/", f"/desk/calms/{made.pk}/lift/"):
            assert visit(stranger).post(url).status_code == 403
    assert Calm.objects.standing().get() == made


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " \x00 "},
        {"reason": "x" * 151},
        {"measure": "slow", "seconds": 0},
        {"measure": "slow", "seconds": 86_401},
        {"ends_at": timezone.now() - HOUR},
        {"ends_at": timezone.now() + timedelta(days=400)},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    given = {"measure": "pause"} | wrong
    with pytest.raises(calming.Refused):
        calmed(make_edition(), **given)


def test_the_same_measure_takes_the_place_of_the_one_before_and_both_are_on_record():
    edition = make_edition()
    first, second = calmed(edition, "pause", ends_at=None), calmed(edition, "pause")
    first.refresh_from_db()
    assert (first.lifted_by, first.lifted_at) == (mo(), second.began_at)
    assert list(Calm.objects.standing()) == [second]
    calming.lift(second, by=mo())
    with pytest.raises(calming.Refused, match="over already"):
        calming.lift(second, by=mo())
    make_comment(edition, by=ravi())
    assert Calm.objects.count() == 2


# --- At the desk -----------------------------------------------------------------------------------


def test_what_holds_stands_first_at_the_desk_whatever_came_and_went_since():
    edition = make_edition()
    holds = calmed(edition, "pause", ends_at=None)
    for _ in range(21):
        last = calming.lift(calmed(edition, "newcomers"), by=mo())
    page = visit(mo()).get(f"/desk/discussions/{holds.discussion_id}/")
    assert list(page.context["calms"])[:2] == [holds, last]
    assert f"/desk/calms/{holds.pk}/lift/" in page.content.decode()


def test_a_moderator_calms_and_lets_go_from_the_discussions_page(django_assert_num_queries):
    edition, desk = make_edition(headline="Two Ferries"), visit(mo())
    comment = make_comment(edition, by=rosa())
    url = f"/desk/discussions/{comment.discussion_id}/"
    assert url in desk.get("/desk/").content.decode()
    wrong = desk.post(url, {"measure": "slow", "seconds": "0", "length": "1", "reason": "Keep me."})
    assert (wrong.status_code, "Keep me." in wrong.content.decode()) == (422, True)
    data = {"measure": "slow", "seconds": "90", "length": "4", "reason": "Too fast & loud."}
    assert desk.post(url, data).status_code == 302
    made = Calm.objects.get()
    assert (made.measure, made.seconds, made.by, made.ends_at - made.began_at < timedelta(hours=4.1)) == (
        "slow",
        90,
        mo(),
        True,
    )
    page = desk.get(url).content.decode()
    assert "Two Ferries" in page
    assert "Too fast &amp; loud." in page
    with django_assert_num_queries(9):
        desk.get(url)
    for number in range(3):
        calmed(edition, "pause", reason=f"Again {number}.")
    with django_assert_num_queries(9):
        desk.get(url)
    assert desk.post(f"/desk/calms/{made.pk}/lift/").status_code == 302
    assert "slow" not in Calm.objects.standing().values_list("measure", flat=True)
    assert desk.post(f"/desk/calms/{made.pk}/lift/", follow=True).status_code == 200


@pytest.mark.parametrize(("length", "ends"), [("morning", "2026-05-02T07:00:00+02:00"), ("lifted", None)])
def test_it_lasts_until_the_morning_or_until_it_is_lifted(length, ends, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with time_machine.travel("2026-05-01T21:15:00+02:00", tick=False), timezone.override("Europe/Berlin"):
        pk = posting.open_for(make_edition()).pk
        data = {"measure": "pause", "length": length, "reason": "For the night."}
        assert visit(mo()).post(f"/desk/discussions/{pk}/", data).status_code == 302
        made = Calm.objects.get()
        assert made.ends_at == (ends and timezone.datetime.fromisoformat(ends))
        assert made.told == ("Paused until 2 May, 07:00: For the night." if ends else "Paused: For the night.")


def test_a_moderator_of_other_sections_neither_sees_nor_calms_it():
    made, fern = calmed(make_edition(section=make_section("tv").pk), "pause"), make_user("fern", "Moderator")
    make_section("film").moderators.add(fern)
    for url in (f"/desk/discussions/{made.discussion_id}/", f"/desk/calms/{made.pk}/lift/"):
        assert visit(fern).post(url).status_code == 404
    with pytest.raises(PermissionDenied):
        calming.lift(made, by=fern)
    with pytest.raises(PermissionDenied):
        calming.calm(made.discussion, "slow", by=fern, reason="So.", seconds=9)


def test_a_story_that_readers_do_not_have_has_no_discussion_here():
    edition = make_edition()
    made = calmed(edition, "pause")
    edition.__class__.objects.update(live_at=timezone.now() + HOUR)
    desk = visit(mo())
    assert desk.get(f"/desk/discussions/{made.discussion_id}/").status_code == 404
    assert desk.post(f"/desk/calms/{made.pk}/lift/").status_code == 404
