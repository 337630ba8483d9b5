"""What is told of moderation: counted by the day, and again while decisions may be overturned."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comments import branches, moderation, tallying
from comments.models import Comment, Decision, Tally
from comments.models.tally import WITHIN
from tests.factories import make_comment, make_edition, make_shown_comment, make_user, mo, ravi, rosa

pytestmark = pytest.mark.django_db
PAGE, CSV = "/comments/moderation/", "/comments/moderation.csv"


def days_ago(days, minutes=0):
    """Noon of a day that is over, and some minutes."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return noon - timedelta(days=days) + timedelta(minutes=minutes)


def move(comment, posted, decided=None):
    """Let it have been said, and decided on, at these moments."""
    Comment.objects.filter(pk=comment.pk).update(posted_at=posted)
    for number, decision in enumerate(comment.decisions.order_by("pk")):
        Decision.objects.filter(pk=decision.pk).update(at=decided + timedelta(seconds=number))


@pytest.fixture
def yesterday():
    """Of six comments five were newcomers' and held, four of them let through; one is rejected, one for a moment."""
    edition, by = make_edition(), make_user("newcomer")
    ravi()
    Comment.objects.all().update(posted_at=days_ago(1))
    Decision.objects.all().delete()
    for minutes in (3, 40):
        move(make_shown_comment(edition, by=by), days_ago(1), days_ago(1, minutes))
    late = make_comment(edition, by=rosa())
    moderation.reject(late, version=1, by=mo(), reason="spam")
    move(late, days_ago(1), days_ago(1, 10))
    wrong = make_shown_comment(edition, by=ravi())
    branches.undo(moderation.reject(wrong, version=wrong.version, by=mo(), reason="abuse"), by=mo())
    move(wrong, days_ago(1), days_ago(1, 20))
    return edition


def sums():
    return tallying.account(list(Tally.objects.all()))


def test_a_day_is_counted_once_it_is_over_and_only_once(yesterday):
    make_comment(yesterday, by=ravi())
    assert tallying.fill() == 1
    assert tallying.fill() == 0
    told = sums()
    assert (told.posted, told.held, told.rulings, told.rejected) == (Comment.objects.count() - 1, 5, 5, 2)
    assert dict(told.by_reason) == {"Advertising or spam": 1, "Abuse or insults": 1}
    assert told.by_rule == (("newcomer", 5, 4),)
    assert told.by_version == (("newcomer 2", 5, 4),)
    assert (told.overturned, told.overturned_share, told.automated_share) == (1, "20 %", "50 %")
    assert told.median == "15 minutes"


def test_what_is_overturned_later_is_counted_again_the_next_day(yesterday):
    tallying.fill()
    before = sums().overturned
    spam = Comment.objects.get(author=rosa())
    moderation.approve(spam, version=spam.version, by=mo())
    Tally.objects.update(day=timezone.localdate() - timedelta(days=2))
    assert tallying.fill() > 1
    assert Tally.objects.filter(day=timezone.localdate() - timedelta(days=1)).exists()
    again = tallying.account(list(Tally.objects.filter(day=timezone.localdate() - timedelta(days=1))))
    assert again.overturned == before + 1


def test_a_screen_asked_later_counts_as_automated_and_once(yesterday):
    comment = Comment.objects.shown().filter(author=ravi()).latest("pk")
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    held.held_for = "It looks like advertising."
    held.save()
    moderation.record([held], "hold", to=lambda _: "held", by=None, rule="akismet 1")
    move(comment, days_ago(1), days_ago(1, 1))
    tallying.fill()
    assert {rule: number for rule, number, _ in sums().by_version}["akismet 1"] == 1
    assert sums().held == 6
    # A person agrees with it: that overturns nothing.
    comment.refresh_from_db()
    turned = sums().overturned
    moderation.reject(comment, version=comment.version, by=mo(), reason="spam")
    tallying.tally(timezone.localdate() - timedelta(days=1))
    assert {rule: lifted for rule, _, lifted in sums().by_version}["akismet 1"] == 0
    assert sums().overturned == turned


@pytest.mark.parametrize("place", range(len(WITHIN) + 1))
def test_how_long_it_took_is_said_in_words(place):
    assert tallying.spell(place) in (
        "1 minute,5 minutes,15 minutes,1 hour,4 hours,12 hours,1 day,3 days,7 days,more than a week".split(",")
    )


def test_everybody_reads_it_and_nobodys_name(client, yesterday, django_assert_num_queries):
    assert "nothing to count yet" in client.get(PAGE).content.decode()
    tallying.fill()
    with django_assert_num_queries(2):
        page = client.get(PAGE).content.decode()
    for words in ("50 %", "Advertising or spam", "Newcomer", "15 minutes"):
        assert words in page
    assert f">{mo().name}<" not in page
    lines = client.get(CSV).content.decode().splitlines()
    day = timezone.localdate() - timedelta(days=1)
    assert f"{day},hold,newcomer,True,5,4" in lines
    assert lines[0].endswith("day,what,reason,automated,number,overturned")


def test_the_desk_sees_who_decides_and_what_waits(client, yesterday):
    tallying.fill()
    make_comment(yesterday, by=rosa())
    client.force_login(mo())
    page = client.get("/desk/figures/").content.decode()
    for words in ("Who decided", "Half of what waited", "As a table", "20 %"):
        assert words in page
    late, severe = (make_comment(yesterday, by=rosa(), body=f"Words no. {number}.") for number in range(2))
    Comment.objects.filter(pk=late.pk).update(posted_at=days_ago(3))
    Comment.objects.filter(pk=severe.pk).update(severity=3)
    assert f"/desk/comments/{late.pk}/" in client.get("/desk/figures/").content.decode()


def test_the_desk_sees_how_fast_it_decides_by_the_hour(client, yesterday, django_assert_num_queries):
    """Two after 3 and 40 minutes and one after 10, all within the hour after noon."""
    client.force_login(mo())
    with django_assert_num_queries(11):
        chart = client.get("/desk/figures/").context["charts"][-1]
    assert (chart.of, "3 decisions. Hours without any" in chart.summary) == ("Hour", True)
    assert {bar.label: bar.words for bar in chart.bars} == {"12:00": "15 minutes"}


def test_the_hours_say_what_took_more_than_a_week_and_count_nothing_that_was_undone(client):
    client.force_login(mo())
    with time_machine.travel(days_ago(1).replace(hour=3), tick=False):
        comment = make_comment(make_edition(), by=rosa())
        Comment.objects.update(posted_at=days_ago(20))
        moderation.approve(comment, version=comment.version, by=mo())
        comment.refresh_from_db()
        moderation.hold(comment, version=comment.version, by=mo())
    with time_machine.travel(days_ago(1).replace(hour=5), tick=False):
        branches.undo(Decision.objects.get(ruling="hold"), by=mo())
    assert Decision.objects.filter(ruling="undo", before="held").exists()
    page = client.get("/desk/figures/").content.decode()
    assert "<title>3:00: more than a week</title>" in page
    assert '<th scope="row">3:00</th><td>more than a week</td>' in page
    assert "1 decision. Hours without any" in page
    assert "<title>5:00" not in page
