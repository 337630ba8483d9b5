"""What moderators do about people: who may, what it stops, when it ends, what the person is told and may answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from comments import moderation, posting, rewording, sanctioning
from comments.models import Comment, Decision, Remark, Report, Sanction
from comments.workflow import Penalty, State
from newsroom import guests, takeout
from tests.articles.test_at_once import at_once, only
from tests.factories import (
    ana,
    make_comment,
    make_edition,
    make_guest,
    make_shown_comment,
    mo,
    ravi,
    rory,
    rosa,
    visit,
)

from .test_counters import assert_counters_equal_a_recount

pytestmark = pytest.mark.django_db
STANDING = "/accounts/standing/"
DAY = timedelta(days=1)


def impose(kind, person=None, **said):
    said.setdefault("reason", "abuse")
    if kind == "suspend":
        said.setdefault("until", timezone.now() + DAY)
    return sanctioning.impose(person or ravi(), kind, **{"by": mo()} | said)


@pytest.fixture
def edition():
    """With two shown comments by Ravi, who is trusted from then on."""
    edition = make_edition()
    for number in range(2):
        make_shown_comment(edition, by=ravi(), body=f"Said before, {number}.")
    return edition


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("warn", "A moderator has warned you: abuse or insults."),
        ("suspend", "You cannot comment until"),
        ("ban", "You cannot comment here any more: abuse or insults."),
    ],
)
def test_who_is_barred_neither_posts_nor_changes_words_and_keeps_what_was_typed(edition, kind, said):
    own = make_comment(edition, by=ravi())
    impose(kind)
    with pytest.raises(posting.Barred, match=said.split(":")[0]):
        make_comment(edition, by=ravi())
    with pytest.raises(posting.Barred):
        rewording.edit(own, posting.Words("Other words."), version=own.version, by=ravi())
    client, form = visit(ravi()), reverse("comments:form", args=[edition.article_id])
    assert said in client.get(form).content.decode()
    sent = {"body": "My long answer.", "key": "00000000-0000-4000-8000-000000000001"}
    answer = client.post(form, sent)
    assert (answer.status_code, "My long answer." in answer.content.decode()) == (409, True)
    assert STANDING in answer.content.decode()
    json = client.post(form, sent, headers={"accept": "application/json"})
    assert (json.status_code, said in json.json()["message"]) == (409, True)
    assert client.get(reverse("comments:me", args=[edition.article_id])).json()["is_open"] is False
    assert not Comment.objects.filter(body="My long answer.").exists()


def test_who_is_read_first_posts_and_waits_and_is_told_so(edition):
    impose("hold", until=timezone.now() + DAY)
    held = make_comment(edition, by=ravi())
    assert (held.state, "your account says why" in held.held_for) == (State.HELD, True)


@pytest.mark.parametrize("kind", ["hold", "suspend"])
def test_it_ends_by_the_clock(edition, kind):
    made = impose(kind, until=timezone.now() + DAY)
    Sanction.objects.filter(pk=made.pk).update(began_at=timezone.now() - 2 * DAY, until=timezone.now() - DAY)
    assert make_comment(edition, by=ravi()).state == State.SHOWN
    with pytest.raises(sanctioning.Refused, match="over already"):
        sanctioning.lift(made, by=mo())


def test_a_warning_stands_until_it_is_read_and_nobody_else_can_read_it(edition):
    made = impose("warn", note="Argue with what is said.")
    page = visit(ravi()).get(STANDING).content.decode()
    assert "Argue with what is said." in page
    assert visit(rosa()).post(STANDING, {"acknowledge": made.pk}).status_code == 404
    assert visit(ravi()).post(STANDING, {"acknowledge": made.pk}).status_code == 302
    assert make_comment(edition, by=ravi()).state == State.SHOWN


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"person": rory}, "Staff"),
        ({"person": ana}, "Staff"),
        ({"reason": ""}, "reason"),
        ({"kind": "suspend", "until": None}, "until when"),
        ({"kind": "suspend", "until": timezone.now() - DAY}, "past"),
        ({"again": True}, "stands already by mo"),
    ],
)
def test_what_cannot_be_done_is_said(edition, said, refusal):
    said = {"kind": "warn"} | said
    who = said.pop("person", ravi)()
    if said.pop("again", False):
        impose("warn")
    with pytest.raises(sanctioning.Refused, match=refusal):
        impose(said.pop("kind"), who, **said)
    assert Sanction.objects.count() == (1 if "already" in refusal else 0)


@pytest.mark.parametrize("by", [rosa, rory])
def test_only_moderators_do_any_of_it(by):
    made = impose("ban")
    acts = [
        lambda: impose("warn", rosa(), by=by()),
        lambda: sanctioning.lift(made, by=by()),
        lambda: sanctioning.uphold(made, by=by(), answer="No."),
        lambda: sanctioning.remark(ravi(), "Hm.", by=by()),
        lambda: sanctioning.appeal(made, "Why?", by=by()),
        lambda: sanctioning.acknowledge(made, by=by()),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_ban_takes_what_was_said_with_it_and_gives_it_back(edition, monkeypatch, settle):
    monkeypatch.setattr(sanctioning, "BATCH", 2)
    held = make_comment(make_edition(discussion="moderated"), by=ravi())
    answered = make_shown_comment(edition, by=rosa(), parent=edition.article.discussion_row.comments.first())
    rejected = make_comment(edition, by=ravi())
    moderation.reject(rejected, version=rejected.version, by=mo(), reason="spam")
    before = dict(Comment.objects.values_list("pk", "state"))
    ban = settle(impose, "ban", with_comments=True)
    assert set(Comment.objects.filter(author=ravi()).values_list("state", flat=True)) == {State.REJECTED}
    up = {pk for pk, state in before.items() if state in (State.SHOWN, State.HELD)} - {answered.pk}
    assert set(Decision.objects.filter(sanction=ban).values_list("comment", flat=True)) == up
    answered.refresh_from_db()
    assert answered.state == State.SHOWN
    assert_counters_equal_a_recount()
    # One is decided on anew meanwhile: that stays.
    anew = Comment.objects.filter(author=ravi()).exclude(pk__in=[held.pk, rejected.pk]).first()
    moderation.approve(anew, version=anew.version, by=ana())
    moderation.reject(anew, version=anew.version + 1, by=ana(), reason="off-topic")
    settle(sanctioning.lift, ban, by=ana(), answer="We were wrong.")
    assert dict(Comment.objects.values_list("pk", "state")) == before | {anew.pk: State.REJECTED}
    sanctioning.bring_back(ban.pk)
    assert_counters_equal_a_recount()


def test_each_is_mailed_with_its_reason_and_its_end_and_never_lost(settings, monkeypatch, settle):
    class Down:
        def send(self):
            raise OSError("The server is down.")

    monkeypatch.setattr(sanctioning, "letter", lambda *args, **kwargs: Down())
    made = settle(impose, "suspend", note="Four times the same link.")
    assert not mail.outbox
    monkeypatch.undo()
    assert (sanctioning.tell_all(), sanctioning.tell_all()) == (1, 0)
    assert mail.outbox[0].subject == "Newsroom: Suspension"
    for words in ("abuse or insults", "It ends on", "Four times the same link.", STANDING):
        assert words in mail.outbox[0].body
    sanctioning.appeal(made, "It was my review.", by=ravi())
    settle(sanctioning.uphold, made, by=mo(), answer="Not in the same words four times.")
    assert "Not in the same words four times." in mail.outbox[1].body
    settle(sanctioning.lift, made, by=ana())
    assert mail.outbox[2].subject == "Newsroom: Suspension lifted"


def test_a_person_answers_once_and_a_moderator_answers_that():
    made = impose("ban")
    reader, moderator = visit(ravi()), visit(mo())
    assert reader.post(STANDING, {"sanction": made.pk, "text": " "}).status_code == 422
    assert reader.post(STANDING, {"sanction": made.pk, "text": "It was <b>not</b> me."}).status_code == 302
    again = reader.post(STANDING, {"sanction": made.pk, "text": "And another thing."})
    assert (again.status_code, "And another thing." in again.content.decode()) == (422, True)
    assert visit(rosa()).post(STANDING, {"sanction": made.pk, "text": "Let him."}).status_code == 404
    assert "It was &lt;b&gt;not&lt;/b&gt; me." in moderator.get("/desk/sanctions/").content.decode()
    lift = reverse("desk:lift", args=[made.pk])
    assert "Say why it stays" in moderator.post(lift, {"stays": "1"}, follow=True).content.decode()
    moderator.post(lift, {"stays": "1", "answer": "It was you.", "from_appeals": "1"})
    assert "Nobody waits" in moderator.get("/desk/sanctions/").content.decode()
    assert "It was you." in reader.get(STANDING).content.decode()
    assert (
        "answered this already" in moderator.post(lift, {"stays": "1", "answer": "Yes."}, follow=True).content.decode()
    )
    moderator.post(lift)
    assert "lifted it" in moderator.post(lift, follow=True).content.decode()
    assert not Sanction.objects.standing().exists()


def test_what_is_over_is_still_answered_and_nobody_learns_who_lifted_it():
    warned, suspended = impose("warn"), impose("suspend")
    for made in (warned, suspended):
        sanctioning.appeal(made, "It was not me.", by=ravi())
    sanctioning.acknowledge(warned, by=ravi())
    Sanction.objects.filter(pk=suspended.pk).update(began_at=timezone.now() - 2 * DAY, until=timezone.now() - DAY)
    assert "Lift it" in visit(mo()).get(reverse("desk:person", args=[ravi().pk])).content.decode()
    sanctioning.uphold(warned, by=mo(), answer="It was.")
    sanctioning.lift(suspended, by=ana(), answer="We were wrong.")
    assert not Sanction.objects.appealed().exists()
    told = visit(ravi()).post(STANDING, {"sanction": suspended.pk, "text": "Who was it?"}).content.decode()
    assert "This is over already." in told
    assert "has lifted" not in told


def test_what_a_ban_had_answered_waits_again_once_it_is_lifted(edition, settle):
    comment = Comment.objects.shown().filter(author=ravi()).last()
    Report.objects.create(comment=comment, version=comment.version, reason="illegal", at=timezone.now())
    ban = settle(impose, "ban", with_comments=True)
    assert Report.objects.get().outcome == "upheld"
    settle(sanctioning.lift, ban, by=ana())
    assert Report.objects.get().handled_at is None


def test_a_guest_with_the_address_of_somebody_barred_comes_no_further(edition, mailoutbox):
    impose("suspend")
    guest = make_guest(edition, email=ravi().email.upper())
    guests.send_link(guest.pk)
    assert not mailoutbox
    with pytest.raises(posting.Closed):
        guests.confirm(guest)
    Sanction.objects.update(lifted_at=timezone.now())
    guests.send_link(guest.pk)
    assert len(mailoutbox) == 1


def test_the_page_of_a_person_does_and_shows_all_of_it(edition):
    client, url = visit(mo()), reverse("desk:person", args=[ravi().pk])
    sent = {"kind": "suspend", "reason": "spam", "length": "", "note": "Ads."}
    assert client.post(url, sent | {"until": "9999-12-31"}).status_code == 422
    missing = client.post(url, sent)
    assert (missing.status_code, "Say until when." in missing.content.decode()) == (422, True)
    assert "Ads." in missing.content.decode()
    day = timezone.localdate() + DAY
    # A day that was chosen counts more than a length that was not taken away.
    assert client.post(url, sent | {"until": day.isoformat(), "length": "24"}).status_code == 302
    assert timezone.localtime(Sanction.objects.get().until).date() == day + DAY
    client.post(reverse("desk:remark", args=[ravi().pk]), {"text": "Sells watches."})
    page = client.get(url).content.decode()
    for words in ("Suspension", "Ads.", "Sells watches.", "Shown: 4", "Trust: known: 4 shown", "Said before, 1."):
        assert words in page
    assert "Sells watches." not in visit(ravi()).get(STANDING).content.decode()


@pytest.mark.parametrize("times", [1, 4])
def test_its_queries_are_as_many_for_one_comment_as_for_many(times, django_assert_num_queries):
    edition = make_edition()
    for _ in range(times):
        moderation.reject(make_comment(edition, by=ravi()), version=1, by=mo(), reason="spam")
    for _ in range(times):
        Sanction.objects.all().update(lifted_at=timezone.now(), lifted_by=ana())
        impose("warn")
        sanctioning.remark(ravi(), "Hm.", by=mo())
    client = visit(mo())
    client.get("/desk/people/1/")
    with django_assert_num_queries(18):
        client.get(reverse("desk:person", args=[ravi().pk]))


def test_people_take_what_is_kept_about_them_along():
    impose("warn", note="Argue with what is said.")
    sanctioning.remark(ravi(), "Sells watches.", by=mo())
    told = takeout.gather(ravi())
    assert told["sanctions"][0]["note"] == "Argue with what is said."
    assert told["remarks"] == [{"text": "Sells watches.", "at": Remark.objects.get().at}]


def test_the_database_knows_no_suspension_without_an_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(person=ravi(), kind=Penalty.SUSPEND, reason="spam", began_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_a_ban_and_a_comment_at_once_either_comes_first():
    edition, moderator, by = make_edition(), mo(), ravi()
    for _ in range(3):
        got = at_once(
            4,
            lambda n: (
                sanctioning.impose(by, "ban", by=moderator, reason="spam")
                if n == 0
                else make_comment(edition, by=by, body=f"Number {n}.")
            ),
        )
        [ban] = only(Sanction, got)
        assert len(only(Comment, got)) + len(only(posting.Barred, got)) == 3, got
        assert all(comment.posted_at <= ban.began_at for comment in only(Comment, got))
        with pytest.raises(posting.Barred):
            make_comment(edition, by=by)
        sanctioning.lift(ban, by=moderator)
    assert_counters_equal_a_recount()
