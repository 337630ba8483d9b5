"""Discussions that heat up: when, what is proposed, who is asked and told, and what the rules do by themselves."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import calming, posting, warming
from comments.desk.heat import hot
from comments.heat import CROWD, Figures, proposed, rank
from comments.models import Calm, Comment, Heat, Report, Rules
from comments.workflow import Measure
from tests.factories import make_edition, make_heat, make_section, make_user, mo, ravi, rosa, visit

counts = st.integers(0, 200)
levels = st.floats(0, 100)


def strength(figures: Figures) -> int:
    measure = proposed(figures)
    return rank(measure) if measure else -1


@given(st.builds(Figures, counts, levels, counts, levels, counts, counts), counts, levels, levels, counts)
def test_more_heat_never_proposes_a_milder_measure(cooler, more, slower, heavier, worse):
    """More at the same share of trouble, against less that is usual, with heavier reports, or with more of it bad."""
    hotter = [
        Figures(cooler.comments + more, cooler.usual, 0, cooler.weight),
        Figures(cooler.comments, max(cooler.usual - slower, 0), 0, cooler.weight, cooler.held, cooler.rejected),
        Figures(cooler.comments, cooler.usual, 0, cooler.weight + heavier, cooler.held, cooler.rejected),
        Figures(cooler.comments, cooler.usual, 0, cooler.weight, cooler.held + worse, cooler.rejected),
        Figures(cooler.comments, cooler.usual, 0, cooler.weight, cooler.held, cooler.rejected + worse),
    ]
    without_trouble = Figures(cooler.comments, cooler.usual, 0, cooler.weight)
    assert strength(hotter[0]) >= strength(without_trouble)
    assert all(strength(one) >= strength(cooler) for one in hotter[1:])


@pytest.mark.parametrize(
    ("figures", "measure"),
    [
        (Figures(200, 1), None),
        (Figures(14, 0, weight=5), None),
        (Figures(43, 4, 9, 12, 12), "newcomers"),
        (Figures(43, 30, 9, 12, 12), "slow"),
        (Figures(3, 1, 9, 16), "slow"),
        (Figures(4, 1, held=4), None),
        (Figures(40, 2, 12, 16, 9, 9), "pause"),
    ],
)
def test_the_pace_alone_is_no_heat_and_trouble_is(figures, measure):
    assert proposed(figures) == measure


def heated(edition=None, comments=CROWD, weight=16.0):
    """A discussion of this moment with so much said, and reported."""
    discussion, now = posting.open_for(edition or make_edition(headline="Two Ferries")), timezone.now()
    start = discussion.comments.count()
    author = rosa()
    rows = [
        Comment(
            discussion=discussion,
            author=author,
            seq=start + number + 1,
            client_key=uuid.uuid4(),
            body="So.",
            html="So.",
            state="shown",
            posted_at=now,
        )
        for number in range(comments)
    ]
    Comment.objects.bulk_create(rows)
    discussion.seq = discussion.shown_count = start + comments
    discussion.save()
    Report.objects.create(comment=rows[0], version=1, reason="abuse", weight=weight, at=now)
    return discussion


def alarms():
    return [one for one in mail.outbox if "heating up" in one.subject]


def reachable(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.django_db
def test_tick_asks_and_mails_once_each_time_and_again_only_for_more(django_assert_num_queries):
    reachable(mo()), reachable(rosa())
    far = reachable(make_user("fern", "Moderator"))
    make_section("film").moderators.add(far)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        with django_assert_num_queries(3):
            assert warming.look_for_heat() == 0
        discussion = heated()
        call_command("tick")
        call_command("tick")
        heat = Heat.objects.get()
        assert (heat.measure, heat.figures.comments, heat.figures.reports) == ("newcomers", CROWD, 1)
        assert [(one.to, "Two Ferries" in one.body) for one in alarms()] == [([mo().email], True)]
        assert not Calm.objects.exists()
        warming.leave(heat, heat.measure, by=mo())
        warming.look_for_heat()
        assert not Heat.objects.unanswered().exists()
        Report.objects.update(weight=31)
        warming.look_for_heat()
        assert Heat.objects.unanswered().get().measure == Measure.PAUSE
        assert len(alarms()) == 1
        clock.shift(timedelta(minutes=31))
        assert warming.look_for_heat() == 0
        heated(discussion.article.editions.first())
        warming.look_for_heat()
        assert (Heat.objects.count(), len(alarms())) == (2, 2)


@pytest.mark.django_db
def test_mail_that_is_out_is_tried_again_until_one_leaves(monkeypatch):
    reachable(mo()), reachable(make_user("fern", "Moderator"))
    send, outcomes = EmailMessage.send, iter([OSError, OSError, OSError, None])

    def sent(message):
        if failure := next(outcomes):
            raise failure("The server is out.")
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", sent)
    heated()
    for alarmed in (0, 1, 1):
        warming.look_for_heat()
        assert len(alarms()) == alarmed


@pytest.mark.django_db
def test_reports_count_once_a_reporter_and_not_of_strangers_alone_nor_what_was_let_be():
    discussion = heated(comments=3, weight=16.0)
    Report.objects.update(reporter=rosa())
    first, *others = discussion.comments.all()
    several = [Report(comment=one, version=1, reporter=rosa(), weight=9.0, at=timezone.now()) for one in others]
    strangers = [
        Report(comment=first, version=1, reporter=make_user(f"new{number}"), weight=1.0, at=timezone.now())
        for number in range(20)
    ]
    for report in several + strangers:
        report.reason = "spam"
        report.save()

    def told():
        figures = warming.figures_at(timezone.now()).get(discussion.pk, Figures())
        return figures.reports, figures.weight

    assert told() == (23, 36.0)
    Report.objects.filter(comment=first, reporter=rosa()).update(outcome="kept", handled_at=timezone.now())
    assert told() == (22, 29.0)
    Report.objects.filter(reporter=rosa()).update(weight=1.0)
    assert told() == (0, 0)
    assert warming.look_for_heat() == 0


@pytest.mark.django_db
def test_one_press_calms_it_or_leaves_it_and_the_second_of_two_is_told():
    discussion = posting.open_for(make_edition(headline="Two Ferries"))
    heat, desk = make_heat(discussion), visit(mo())
    page = desk.get("/desk/reported/").content.decode()
    assert "Two Ferries" in page
    assert "43 comments in 10 minutes (usually 4), 9 reports, 12 held." in page
    assert desk.post(f"/desk/heats/{heat.pk}/", {"measure": "slow", "back": "/desk/reported/"}).url == "/desk/reported/"
    made = Calm.objects.standing().get()
    assert (made.measure, made.by, made.is_automatic, made.ends_at is None) == ("slow", mo(), False, False)
    assert "hot__panel" not in (again := desk.get("/desk/").content.decode())
    assert "Calmed now: 1" in again
    assert (
        "answered already by mo"
        in desk.post(f"/desk/heats/{heat.pk}/", {"measure": "slow"}, follow=True).content.decode()
    )
    other = make_heat(posting.open_for(make_edition()))
    assert desk.post(f"/desk/heats/{other.pk}/", {"measure": "slow", "leave": "1"}).status_code == 302
    other.refresh_from_db()
    assert (Calm.objects.count(), other.answered_by) == (1, mo())
    for verb in (warming.calm, warming.leave):
        with pytest.raises(PermissionDenied):
            verb(make_heat(discussion), "slow", by=ravi())


@pytest.mark.django_db
def test_the_desk_asks_about_no_discussion_that_is_calm_enough_however_many_are(django_assert_num_queries):
    mine = [posting.open_for(make_edition(headline=f"Ferry {number}")) for number in range(13)]
    for discussion in reversed(mine):
        make_heat(discussion)
    asked = mine.pop()
    calming.calm(asked, "slow", by=mo(), reason="Our own.", seconds=60)
    Heat.objects.filter(discussion=asked).update(measure="pause")
    for discussion in mine:
        calming.calm(discussion, "pause", by=mo(), reason="Our own.")
    hot(desk := mo())
    with django_assert_num_queries(4):
        seen = hot(desk)
    assert [one.row.discussion for one in seen["heats"]] == [asked]
    assert len(seen["calms"]) == 10


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [{}, {"leave": "1"}])
def test_a_press_does_what_its_button_said_or_nothing(answer):
    desk = visit(mo())
    risen, over, done = (make_heat(posting.open_for(make_edition())) for _ in range(3))
    assert '<input type="hidden" name="measure" value="slow">' in desk.get("/desk/").content.decode()
    Heat.objects.filter(pk=risen.pk).update(measure="pause")
    Heat.objects.filter(pk=over.pk).update(seen_at=timezone.now() - timedelta(minutes=31))

    def pressed(heat, **more):
        return desk.post(f"/desk/heats/{heat.pk}/", {"measure": "slow"} | answer | more, follow=True).content.decode()

    assert "Something else is proposed by now" in pressed(risen)
    assert "Something else is proposed by now" in pressed(risen, measure="\0")
    assert "not heating up any more" in pressed(over)
    assert not Calm.objects.exists()
    assert not Heat.objects.exclude(answered_at=None).exists()
    own = calming.calm(done.discussion, "slow", by=mo(), reason="Our own.", seconds=600)
    assert ("calmed this discussion already" in pressed(done)) is not bool(answer)
    assert Calm.objects.standing().get() == own


@pytest.mark.django_db
def test_the_rules_calm_it_at_once_and_say_that_it_was_automatic():
    Rules.objects.create(calms_heat=True)
    discussion = heated()
    warming.look_for_heat()
    made = Calm.objects.get()
    assert (made.by, made.is_automatic, made.measure) == (None, True, "newcomers")
    assert "read first automatically until" in Client().get(f"/comments/{discussion.article_id}/").content.decode()
    assert "read first automatically until" in visit(mo()).get("/desk/").content.decode()
    calming.lift(made, by=mo())
    warming.look_for_heat()
    assert not Calm.objects.standing().exists(), "What a moderator lifted does not come back in the same time."
    with pytest.raises(IntegrityError), transaction.atomic():
        Rules.objects.create(section=make_section("tv"), calms_heat=True)


@pytest.mark.django_db
@pytest.mark.parametrize("lifted", [10, 52, None])
def test_while_it_stays_hot_what_is_lifted_stays_so_and_what_runs_out_comes_again(lifted):
    """The rules calm it once more after an hour, if it is hot all the time; not where a moderator lifted it."""
    Rules.objects.create(calms_heat=True)
    edition, standing = make_edition(), Calm.objects.standing
    with time_machine.travel(timezone.now(), tick=False) as clock:
        heated(edition)
        warming.look_for_heat()
        first = standing().get()
        for minute in range(1, 64):
            clock.shift(timedelta(minutes=1))
            if minute % 8 == 0:
                heated(edition)
            if minute == lifted:
                calming.lift(first, by=mo())
            warming.look_for_heat()
            if lifted and minute >= lifted:
                assert not standing().exists(), minute
        assert standing().exclude(pk=first.pk).exists() is not bool(lifted)
        assert Heat.objects.count() == 1


@pytest.mark.django_db
def test_what_is_calmed_enough_or_closed_is_not_proposed():
    discussion = heated()
    calming.calm(discussion, "pause", by=mo(), reason="Enough.")
    assert warming.look_for_heat() == 0
    Calm.objects.update(lifted_at=timezone.now())
    discussion.mode = "closed"
    discussion.save()
    assert warming.look_for_heat() == 0
