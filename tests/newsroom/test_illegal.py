"""Notices of what is against the law: from anybody, once, with a receipt, and seen by moderators alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Notice, Report
from newsroom import illegal, tries
from tests.factories import make_edition, make_shown_comment, mo, once_settled, ravi, reject, rosa, visit

pytestmark = pytest.mark.django_db

NOTICE = {
    "text": "It says that Mr Zyzzyva is a thief, which he is not.",
    "name": "Nell Ashby",
    "email": "Nell@example.com",
    "good_faith": "on",
}


@pytest.fixture(autouse=True)
def _mailed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.illegal.transaction.on_commit", lambda act, **how: act())


def said() -> Comment:
    return make_shown_comment(make_edition(), body="Pterodactyl.")


def tell(comment: Comment, client: Client | None = None, **fields: Any) -> Any:
    return (client or Client()).post(f"/comments/c/{comment.pk}/illegal/", NOTICE | fields)


def test_anybody_tells_and_moderators_alone_see_who(client):
    comment = said()
    first = client.get(f"/comments/c/{comment.pk}/report/").content.decode()
    assert f"/comments/c/{comment.pk}/illegal/" in first
    answer = tell(comment)
    notice = Notice.objects.get()
    assert f"It has the number {notice.pk}." in answer.content.decode()
    [receipt] = mail.outbox
    assert receipt.to == ["nell@example.com"]
    assert comment.get_absolute_url() in receipt.body
    assert not any(words in receipt.message().as_string() for words in ("Zyzzyva", "Nell", "Pterodactyl"))
    desk = visit(mo()).get("/desk/reported/").content.decode()
    assert all(words in desk for words in ("It is against the law", "Zyzzyva", "Nell Ashby", "nell@example.com"))
    reader = Client()
    reader.force_login(comment.author)
    for url in (
        comment.get_absolute_url(),
        "/accounts/",
        "/accounts/data/download/",
        f"/comments/c/{comment.pk}/report/",
    ):
        assert b"Zyzzyva" not in reader.get(url).content
    assert Comment.objects.shown().filter(pk=comment.pk).exists()


def test_the_same_person_tells_once_of_a_comment():
    comment, other = said(), said()
    for told in (comment, comment, other):
        assert tell(told).status_code == 200
    assert (Report.objects.count(), len(mail.outbox)) == (2, 2)
    assert tell(comment, email="other@example.com").status_code == 200
    assert Notice.objects.count() == 3


def test_name_and_address_may_be_left_out_for_the_gravest_alone():
    comment = said()
    nameless = {"name": "", "email": ""}
    assert tell(comment, **nameless).status_code == 422
    for _ in range(2):
        assert tell(comment, **nameless, is_child_abuse="on").status_code == 200
    assert (Notice.objects.get().email, mail.outbox) == ("", [])
    assert "notice no." in visit(mo()).get("/desk/reported/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "Bad."}, "at least 20 characters"),
        ({"text": "x" * 1001}, "at most 1000 characters"),
        ({"text": "A NUL \x00 in the middle of it all"}, "Null characters"),
        ({"name": ""}, "This field is required."),
        ({"email": "nell"}, "valid email"),
        ({"good_faith": ""}, "We need you to say so."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(wrong, words):
    answer = tell(said(), **wrong)
    text = answer.content.decode()
    assert (answer.status_code, words in text) == (422, True)
    assert "text" in wrong or "Mr Zyzzyva" in text
    assert not Report.objects.exists()


def test_senders_have_a_limit_and_addresses_are_not_flooded():
    comments = [said() for _ in range(tries.FROM_A_SENDER + 1)]
    answers = [tell(comment) for comment in comments if cache.clear() is None]
    assert [answer.status_code for answer in answers] == [200] * tries.FROM_A_SENDER + [429]
    assert "Mr Zyzzyva" in answers[-1].content.decode()
    assert len(mail.outbox) == tries.TO_AN_ADDRESS


def test_whoever_told_is_told_once_what_was_decided_and_then_forgotten():
    upheld, kept = said(), said()
    for comment in (upheld, kept):
        tell(comment)
    call_command("tick", verbosity=0)
    mail.outbox.clear()
    reject(upheld)
    kept.refresh_from_db()
    moderation.keep(kept, version=kept.version, by=mo())
    call_command("tick", verbosity=0)
    assert mail.outbox == []
    with once_settled():
        for _ in range(2):
            call_command("tick", verbosity=0)
    told = [message.body for message in mail.outbox if message.to == ["nell@example.com"]]
    assert sorted(["taken it down" in body for body in told]) == [False, True]
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        call_command("tick", verbosity=0)
    assert set(Notice.objects.values_list("name", "email")) == {("", "")}


def test_a_mail_that_fails_goes_the_next_time(monkeypatch, caplog):
    comment = said()
    tell(comment)
    reject(comment)
    mail.outbox.clear()
    with once_settled():
        with monkeypatch.context() as away:
            away.setattr("django.core.mail.EmailMessage.send", refuse)
            assert illegal.tell_decided() == 0
        assert "tried again" in caplog.text
        assert illegal.tell_decided() == 1
    assert [message.to for message in mail.outbox] == [["nell@example.com"]]


def refuse(*args: Any) -> None:
    raise ConnectionRefusedError("Nobody there.")


def test_what_nobody_can_read_nobody_can_tell_of(client):
    comment = said()
    reject(comment)
    for pk in (comment.pk, 999_999):
        assert client.get(f"/comments/c/{pk}/illegal/").status_code == 404
        assert client.post(f"/comments/c/{pk}/illegal/", NOTICE).status_code == 404


def test_the_desk_costs_the_same_with_many_notices():
    desk, costs = visit(mo()), []
    for _ in range(2):
        for number in range(2):
            tell(said(), email=f"{number}@example.com")
        desk.get("/desk/reported/")
        with CaptureQueriesContext(connection) as asked:
            desk.get("/desk/reported/")
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_reader_with_an_account_may_use_it_too(client):
    comment, reader = said(), ravi()
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    client.force_login(reader)
    assert f"/comments/c/{comment.pk}/illegal/" in client.get(f"/comments/c/{comment.pk}/report/").content.decode()
    assert tell(comment, client).status_code == 200
    assert Report.objects.get().reporter is None
    assert rosa() == comment.author
