"""Mail about discussions: when it leaves, what it does not say, and the link that stops it."""

import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from comments import following, mailing, posting
from comments.models import Comment, Following, Notification
from newsroom import farewells
from newsroom.lib.mail import CLAIM_LASTS, GIVE_UP_AFTER
from newsroom.lib.people import Mail
from newsroom.models import User
from tests.factories import make_comment, make_edition, make_shown_comment, make_user, mo, ravi, reject, take_down

pytestmark = pytest.mark.django_db

SECRET = "Quetzalcoatlus"
XSS = "<img src=x>"


def reader(wish: str = Mail.AT_ONCE, who: Callable[[], User] = ravi) -> User:
    """Somebody with a confirmed address, who wants mail."""
    person = who()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    User.objects.filter(pk=person.pk).update(talk_mail=wish)
    return User.objects.get(pk=person.pk)


@pytest.fixture
def answer(settle: Any) -> Callable[..., Comment]:
    """Mo answers what the reader said, who is told."""

    def answer(
        person: User, body: str = "So it is.", edition: Any = None, by: User | None = None, **more: Any
    ) -> Comment:
        head = make_shown_comment(edition or make_edition(headline="Harbour & Lights"), by=person)
        return settle(
            make_comment, edition or head.discussion.article.live_edition, by=by or mo(), parent=head, body=body, **more
        )

    return answer


def words_of(message: Any) -> str:
    """Everything in a mail that its reader could see, and its headers."""
    [(html, _)] = message.alternatives
    return f"{message.subject}\n{message.body}\n{html}\n{message.message().as_string()}"


def stop_url(message: Any) -> str:
    return message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")


# --- What it says ----------------------------------------------------------------------------------


def test_it_says_who_did_what_where_and_how_to_stop_it(answer, settings):
    settings.SITE_URL = "https://news.example"
    comment = answer(reader(), "So **it** is. https://a.example")
    assert mailing.send_notifications() == (1, 0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["ravi@example.com"], "mo answered you, on “Harbour & Lights”")
    assert f"https://news.example/comments/c/{comment.pk}/" in sent.body
    assert "> So it is. https://a.example" in sent.body
    assert "Harbour &amp; Lights" in sent.alternatives[0][0]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].startswith("<https://news.example/accounts/notifications/stop/")
    assert mailing.send_notifications() == (0, 0)


def test_what_a_spoiler_hides_is_in_no_part_of_it_and_no_word_in_the_subject(answer):
    person = reader()
    edition = make_edition(headline="Harbour Lights")
    answer(person, f"It is ||the {SECRET}||, you know", edition)
    answer(person, f"All {SECRET}", edition, is_spoiler=True, spoiler_scope="episode 8")
    mailing.send_notifications()
    [sent] = mail.outbox
    assert SECRET not in words_of(sent)
    assert sent.subject == "2 new for you, on “Harbour Lights”"
    assert "[spoiler], you know" in sent.body
    assert "[spoiler: episode 8]" in sent.body


def test_names_and_words_run_nothing_and_put_nothing_into_the_headers(answer):
    sender = make_user("mallory", is_staff=True)
    User.objects.filter(pk=sender.pk).update(display_name=f"Eve\r\nBcc: all@example.com {XSS}")
    answer(reader(), f"Look: {XSS}", by=User.objects.get(pk=sender.pk))
    mailing.send_notifications()
    [sent] = mail.outbox
    assert "\n" not in sent.subject
    assert sent.message()["Bcc"] is None
    [(html, _)] = sent.alternatives
    assert XSS not in html
    assert html.count("&lt;img src=x&gt;") >= 2
    assert XSS in sent.body


def test_many_are_a_few_lines_and_a_number_in_one_mail(settle):
    edition, other, person = make_edition(headline="Harbour Lights"), make_edition(), reader()
    for row in (edition, other):
        following.follow(posting.open_for(row), by=person, mode="follow")
    for _ in range(mailing.MOST_LINES + 2):
        settle(make_comment, edition, by=mo())
    settle(make_comment, other, by=mo())
    mailing.send_notifications()
    [sent] = mail.outbox
    assert sent.subject == "13 new for you, on 2 stories"
    assert (sent.body.count("mo commented"), sent.body.count("And 2 more:")) == (mailing.MOST_LINES + 1, 1)


# --- When it leaves --------------------------------------------------------------------------------


def test_at_once_by_the_hour_by_the_day_or_never(answer, settings):
    settings.TIME_ZONE = "UTC"
    with time_machine.travel("2030-05-06 09:20:00+00:00", tick=False) as clock:
        people = {wish: reader(wish, lambda wish=wish: make_user(f"r-{wish}", is_staff=True)) for wish in Mail.values}
        for person in people.values():
            answer(person)
        sent = []
        for moment in ("09:21", "09:59", "10:00", "10:01", "23:00"):
            clock.move_to(f"2030-05-06 {moment}:00+00:00")
            mailing.send_notifications()
            sent.append([message.to[0].split("@")[0] for message in mail.outbox])
        clock.move_to("2030-05-07 07:00:00+00:00")
        mailing.send_notifications()
        assert sent == [["r-at_once"], ["r-at_once"], *[["r-at_once", "r-hourly"]] * 3]
        assert [message.to[0] for message in mail.outbox[2:]] == ["r-daily@example.com"]
    assert "The mail of the day" in mail.outbox[2].body


def test_what_is_gone_was_seen_or_goes_to_nobody_is_not_mailed(answer):
    for number, change in enumerate(
        (
            lambda person, comment: reject(comment),
            lambda person, comment: take_down(publishing.unpublish, comment.discussion.article),
            lambda person, comment: Notification.objects.filter(person=person).update(seen_at=timezone.now()),
            lambda person, comment: User.objects.filter(pk=person.pk).update(is_active=False),
            lambda person, comment: User.objects.filter(pk=person.pk).update(email="else@example.com"),
            lambda person, comment: EmailAddress.objects.filter(user=person).update(verified=False),
            lambda person, comment: farewells.ask(person),
            lambda person, comment: following.follow(comment.discussion, by=person, mode="mute"),
            lambda person, comment: person.delete() if person.comments.all().update(author=mo()) else None,
        )
    ):
        person = reader(who=lambda number=number: make_user(f"p{number}", is_staff=number != 6))
        if number == 6:
            User.objects.filter(pk=person.pk).update(date_joined=timezone.now())
        comment = answer(person)
        change(person, comment)
        assert mailing.send_notifications() == (0, 0), number
    assert mail.outbox == []


class Server:
    """A mail server that refuses whom it is told to."""

    refuses = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Like any backend."""

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *args: object) -> None:
        """Nothing to close."""

    def open(self) -> None:
        """Nothing to open."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to[0] == self.refuses:
            raise smtplib.SMTPServerDisconnected(self.refuses)
        mail.outbox.extend(messages)
        return len(messages)


def test_what_failed_goes_again_and_what_left_does_not(answer, monkeypatch):
    server = type("Ours", (Server,), {"refuses": "ravi@example.com"})
    monkeypatch.setattr("newsroom.lib.mail.get_connection", server)
    for person in (reader(), reader(who=lambda: make_user("fine", is_staff=True))):
        answer(person)
    assert mailing.send_notifications() == (1, 1)
    server.refuses = ""
    assert mailing.send_notifications() == (1, 0)
    assert mailing.send_notifications() == (0, 0)
    assert [message.to for message in mail.outbox] == [["fine@example.com"], ["ravi@example.com"]]


def test_what_a_process_that_died_held_is_mailed_later_and_given_up_after_days(answer):
    answer(reader())
    assert mailing.due().claim()
    assert mailing.send_notifications() == (0, 0)
    with time_machine.travel(timezone.now() + CLAIM_LASTS + timedelta(seconds=1), tick=False):
        assert mailing.send_notifications() == (1, 0)
    answer(reader())
    with time_machine.travel(timezone.now() + GIVE_UP_AFTER + timedelta(minutes=1), tick=False):
        assert mailing.send_notifications() == (0, 0)
    assert Notification.objects.filter(dropped_at__isnull=False).count() == 1


def test_a_mail_about_many_stories_costs_as_much_as_about_one(answer):
    person, cost = reader(), []
    for many in (1, 4):
        for _ in range(many):
            answer(person, edition=make_edition())
        with CaptureQueriesContext(connection) as asked:
            mailing.send_notifications()
        # One for each is the claim, which asks for its own row alone.
        cost.append(len(asked) - many)
    assert cost[0] == cost[1]


# --- Stopping it -----------------------------------------------------------------------------------


@pytest.fixture
def sent(answer: Any) -> Any:
    answer(reader())
    mailing.send_notifications()
    return mail.outbox[0]


def wish_of(name: str = "ravi") -> str:
    return User.objects.get(username=name).talk_mail


def test_looking_changes_nothing_and_one_press_without_cookies_or_token_stops_it(sent):
    client, url = Client(enforce_csrf_checks=True), stop_url(sent)
    for response in (client.get(url), client.head(url)):
        assert response.status_code == 200
    assert wish_of() == Mail.AT_ONCE
    page = client.get(url)
    assert "Stop this mail?" in page.text
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    for _ in range(2):
        done = client.post(url, {"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "No more mail" in done.text) == (200, True)
    assert wish_of() == Mail.NEVER
    assert not Following.objects.exists()


def test_the_same_page_mutes_the_discussion_alone(sent):
    client, url = Client(enforce_csrf_checks=True), stop_url(sent)
    assert "that of “Harbour &amp; Lights”" in client.get(url).text
    assert "You hear nothing more" in client.post(url, {"mute": "1"}).text
    assert wish_of() == Mail.AT_ONCE
    assert Following.objects.get().mode == "mute"
    [mute_url] = re.findall(r"discussion: http://localhost:8000(\S+)", sent.body)
    assert client.get(mute_url).status_code == 200


def test_a_link_that_is_not_ours_or_of_nobody_says_so(sent):
    url = stop_url(sent)
    for wrong in (url[:-3] + "xx/", "/accounts/notifications/stop/x/"):
        for response in (Client().get(wrong), Client().post(wrong)):
            assert response.status_code == 404
            assert "This link is no longer good" in response.text
    User.objects.filter(username="ravi").update(is_active=False)
    assert Client().post(url).status_code == 404
    assert wish_of() == Mail.AT_ONCE
