"""Reports: who may make them, what they are kept as, and what becomes of them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from comments import moderation, muting, reporting
from comments.models import Comment, Report
from comments.posting import Refused
from comments.trust import Trust, report_weight
from comments.workflow import Complaint
from newsroom import takeout
from newsroom.models import User
from tests.factories import make_comment, make_edition, make_shown_comment, make_user, mo, ravi, reject, rosa, visit

pytestmark = pytest.mark.django_db


def known(name: str = "una", **fields) -> User:
    """Somebody whose e-mail address is confirmed."""
    user = make_user(name, **fields)
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return user


def url_of(comment: Comment) -> str:
    return f"/comments/c/{comment.pk}/report/"


def test_a_report_keeps_the_words_version_the_reason_and_hides_nothing():
    comment = make_shown_comment(make_edition())
    made = reporting.report(comment, by=known(), reason="abuse")
    assert (made.version, made.reason, made.weight, made.handled_at) == (comment.version, "abuse", 1.0, None)
    assert Comment.objects.get(pk=comment.pk).state == "shown"
    assert list(Comment.objects.reported()) == [comment]


def test_the_same_reason_again_is_the_first_report_and_another_is_another():
    comment = make_shown_comment(make_edition())
    first = reporting.report(comment, by=known(), reason="abuse")
    assert reporting.report(comment, by=known(), reason="abuse") == first
    reporting.report(comment, by=known(), reason="spam")
    assert Report.objects.count() == 2


@pytest.mark.parametrize("reason", Complaint.values)
def test_every_reason_of_the_list_will_do(reason):
    assert reporting.report(make_shown_comment(make_edition()), by=known(), reason=reason, text="So.").text == "So."


@pytest.mark.parametrize("reason", ["other", "error"])
def test_some_reasons_need_words(reason):
    with pytest.raises(Refused, match="few words"):
        reporting.report(make_shown_comment(make_edition()), by=known(), reason=reason, text=" \n")


def test_ones_own_is_not_reported_nor_what_nobody_sees():
    edition = make_edition()
    with pytest.raises(Refused, match="yourself"):
        reporting.report(make_shown_comment(edition), by=rosa(), reason="spam")
    for comment in (make_comment(edition), reject(make_comment(edition))):
        with pytest.raises(Refused, match="not there"):
            reporting.report(comment, by=known(), reason="spam")


def test_who_has_confirmed_no_address_or_has_left_reports_nothing():
    comment = make_shown_comment(make_edition())
    with pytest.raises(Refused, match="Confirm"):
        reporting.report(comment, by=ravi(), reason="spam")
    with pytest.raises(PermissionDenied):
        reporting.report(comment, by=known("gone", is_active=False), reason="spam")
    assert not Report.objects.exists()


def test_there_is_a_limit_within_an_hour(monkeypatch):
    monkeypatch.setattr(reporting, "MOST_AN_HOUR", 2)
    edition = make_edition()
    comments = [make_shown_comment(edition, body=f"No. {number}.") for number in range(3)]
    for comment in comments[:2]:
        reporting.report(comment, by=known(), reason="spam")
    with pytest.raises(Refused, match="within an hour"):
        reporting.report(comments[2], by=known(), reason="spam")
    Report.objects.update(at=timezone.now() - timedelta(hours=2))
    assert reporting.report(comments[2], by=known(), reason="spam")


@pytest.mark.parametrize(("ruling", "outcome"), [("keep", "kept"), ("reject", "upheld")])
def test_a_ruling_answers_the_open_reports_with_it(ruling, outcome):
    comment = make_shown_comment(make_edition())
    reporting.report(comment, by=known(), reason="abuse")
    reporting.report(comment, by=known(), reason="error", text="It was two.")
    more = {"reason": "abuse"} if ruling == "reject" else {}
    getattr(moderation, ruling)(comment, version=comment.version, by=mo(), **more)
    assert not Comment.objects.reported().exists()
    answered = Report.objects.get(reason="abuse")
    assert (answered.outcome, answered.handled_by) == (outcome, mo())
    assert Report.objects.get(reason="error").handled_at is None


def test_an_error_in_the_story_is_not_the_moderators_business():
    reporting.report(make_shown_comment(make_edition()), by=known(), reason="error", text="It was two.")
    assert not Comment.objects.reported().exists()


def test_who_was_right_before_weighs_more_and_who_was_not_less():
    person, edition, now = known(), make_edition(), timezone.now()
    for number in range(6):
        comment = make_shown_comment(edition, body=f"No. {number}.")
        assert reporting.report(comment, by=person, reason="spam").weight == 1.0
    for outcome, weight in (("upheld", 1.0), ("kept", 0.0)):
        Report.objects.update(handled_at=now, outcome=outcome)
        assert reporting.weight_of(person) == weight


@pytest.mark.parametrize(
    ("trust", "agreed", "answered", "weight"),
    [
        (Trust.NEW, 0, 0, 1.0),
        (Trust.KNOWN, 5, 5, 2.0),
        (Trust.TRUSTED, 0, 0, 4.0),
        (Trust.KNOWN, 18, 20, 9.2),  # the best of readers is believed alone
        (Trust.KNOWN, 14, 20, 2.0),
        (Trust.KNOWN, 7, 20, 0.0),
        (Trust.NEW, 20, 20, 1.0),
    ],
)
def test_what_a_report_weighs(trust, agreed, answered, weight):
    assert report_weight(trust, agreed=agreed, answered=answered) == pytest.approx(weight, abs=0.01)


def reported(comment, weights, settle):
    """Everybody reports it; what each of them weighs is given."""
    for number, weight in enumerate(weights):
        settle(reporting.report, comment, by=known(f"reader-{number}"), reason="abuse")
        Report.objects.filter(reporter__username=f"reader-{number}").update(weight=weight)
    settle(reporting.weigh, comment.pk)
    return Comment.objects.get(pk=comment.pk)


@pytest.mark.parametrize(
    ("weights", "state"),
    [([2.0] * 5, "held"), ([2.0] * 4, "shown"), ([1.0] * 9, "shown"), ([1.0] * 7 + [2.0], "held"), ([9.2], "held")],
)
def test_reports_that_weigh_enough_bring_it_back_before_a_moderator(weights, state, settle):
    comment = make_shown_comment(make_edition(), by=ravi())
    now = reported(comment, weights, settle)
    assert now.state == state
    if state == "held":
        decision = now.decisions.first()
        assert (decision.by, decision.rule) == (None, "reports 1")
        assert "Readers have reported it" in now.held_for
        assert f"{len(weights)} reports of readers weigh" in now.signals[-1]["evidence"]
        assert Report.objects.open().count() == len(weights)


def test_reports_of_staff_and_of_errors_hold_nothing(settle):
    edition = make_edition()
    assert reported(make_shown_comment(edition, by=mo()), [9.0], settle).state == "shown"
    Report.objects.all().delete()
    comment = make_shown_comment(edition, by=ravi())
    settle(reporting.report, comment, by=known(), reason="error", text="It sank in 1912.")
    Report.objects.update(weight=9.0)
    settle(reporting.weigh, comment.pk)
    assert Comment.objects.get(pk=comment.pk).state == "shown"


def test_words_that_were_let_be_are_not_reported_again_the_same_day():
    comment = make_shown_comment(make_edition(), by=ravi())
    reporting.report(comment, by=known(), reason="abuse")
    moderation.keep(comment, version=comment.version, by=mo())
    with pytest.raises(Refused, match="lets them stand"):
        reporting.report(comment, by=known("uma"), reason="spam")
    assert reporting.report(comment, by=known("uma"), reason="illegal").weight == 1.0
    Report.objects.update(handled_at=timezone.now() - timedelta(hours=25), outcome="kept")
    assert reporting.report(comment, by=known("una"), reason="spam")
    Report.objects.update(handled_at=timezone.now(), outcome="kept")
    Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now() + timedelta(seconds=1))
    comment.refresh_from_db()
    assert reporting.report(comment, by=known("uta"), reason="spam")


def test_the_heaviest_are_first_at_the_desk():
    edition = make_edition()
    light, heavy = (make_shown_comment(edition, body=f"No. {number}.") for number in range(2))
    reporting.report(light, by=known(), reason="spam")
    for name in ("una", "uma"):
        reporting.report(heavy, by=known(name), reason="spam")
    assert list(Comment.objects.reported()) == [heavy, light]


def test_the_desk_lists_what_is_reported_and_keeps_it(django_assert_num_queries):
    edition, client = make_edition(), visit(mo())
    comments = [make_shown_comment(edition, body=f"Said no. {number}.") for number in range(4)]
    reporting.report(comments[0], by=known(), reason="other", text="It is <b>rude</b>.")
    page = client.get("/desk/reported/").content.decode()
    assert "Said no. 0." in page
    assert "It is &lt;b&gt;rude&lt;/b&gt;." in page
    assert 'Reported <span class="queues__count">1<' in client.get("/desk/").content.decode()
    with django_assert_num_queries(25):
        client.get("/desk/reported/")
    for comment in comments[1:]:
        reporting.report(comment, by=known(), reason="spam")
    with django_assert_num_queries(25):
        client.get("/desk/reported/")
    data = {"version": comments[0].version, "back": "/desk/reported/"}
    assert client.post(f"/desk/comments/{comments[0].pk}/keep/", data).url == "/desk/reported/"
    assert Report.objects.filter(outcome="kept").count() == 1
    assert Comment.objects.get(pk=comments[0].pk).state == "shown"


def test_the_page_asks_and_keeps_the_report():
    comment, client = make_shown_comment(make_edition()), visit(known())
    assert "What is wrong with it?" in client.get(url_of(comment)).content.decode()
    assert "A moderator looks at the comment" in client.post(url_of(comment), {"reason": "spam"}).content.decode()
    assert Report.objects.get().reason == "spam"


def test_who_only_disagrees_is_thanked_and_nothing_is_kept():
    comment, client = make_shown_comment(make_edition()), visit(known())
    assert "Nothing was reported" in client.post(url_of(comment), {"reason": "disagree"}).content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, {"reason": "because"}, {"reason": "other"}, {"reason": "spam", "text": "x" * 1001}, {"reason": "\x00"}]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(data):
    comment, client = make_shown_comment(make_edition()), visit(known())
    response = client.post(url_of(comment), {"text": "Kept words."} | data if data.get("reason") != "other" else data)
    assert response.status_code == 422
    assert data.get("text", "Kept words." if data.get("reason") != "other" else "") in response.content.decode()
    assert not Report.objects.exists()


def test_a_stranger_is_asked_to_sign_in_and_others_are_told_why_not():
    comment = make_shown_comment(make_edition())
    assert "/accounts/login/?next=" in Client().get(url_of(comment)).content.decode()
    assert "/login/" in Client().post(url_of(comment), {"reason": "spam"})["Location"]
    for person, words in ((rosa(), "withdraw it"), (ravi(), "Confirm your e-mail")):
        response = visit(person).post(url_of(comment), {"reason": "spam"})
        assert response.status_code == 403
        assert words in response.content.decode()
    assert visit(known()).get(url_of(make_comment(make_edition()))).status_code == 404
    assert not Report.objects.exists()


def test_who_takes_their_data_along_finds_what_they_reported_and_muted():
    comment, person = make_shown_comment(make_edition()), known()
    reporting.report(comment, by=person, reason="other", text="It is rude.")
    reporting.report(comment, by=person, reason="error", text="It was two.")
    muting.mute(comment, by=person)
    data = takeout.gather(person)
    assert [row["words"] for row in data["reports"]] == ["It is rude.", "It was two."]
    assert [row["text"] for row in data["errors"]] == ["It was two."]
    assert [row["muted__username"] for row in data["mutes"]] == ["rosa"]
    assert takeout.archive(person)
