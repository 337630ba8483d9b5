"""Mail to those concerned: who is told of what, once; when it leaves; and what it does not say."""

import smtplib
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from articles import embargo, mailing, notes, publishing
from articles.intervals import announce_due
from articles.models import Article, StaffNotice
from newsroom.lib.mail import CLAIM_LASTS, GIVE_UP_AFTER
from newsroom.lib.people import Mail
from newsroom.models import User
from tests.articles.test_at_once import at_once
from tests.factories import (
    assign,
    edith,
    make_article,
    make_edition,
    make_note,
    make_user,
    mo,
    publish,
    rory,
    rosa,
    wren,
)

SECRET = "Quetzalcoatlus"
DAY = timedelta(days=1)


def told() -> set[tuple[str, str]]:
    """Who is told of what."""
    return set(StaffNotice.objects.values_list("person__username", "kind"))


def move(verb: Any, article: Article, by: User, **more: Any) -> Article:
    article = Article.objects.get(pk=article.pk)
    verb(article, version=article.version, by=by, **more)
    return Article.objects.get(pk=article.pk)


def wish(person: User, when: Mail) -> User:
    person.mail = when
    person.save(update_fields=["mail"])
    return person


class Server:
    """A mail server that refuses some, or is down."""

    refuses: str = ""
    is_down: bool = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Like any backend."""

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *args: object) -> None:
        """Nothing to close."""

    def open(self) -> None:
        if self.is_down:
            raise ConnectionRefusedError("down")

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        for message in messages:
            if self.refuses and self.refuses in message.to:
                raise smtplib.SMTPRecipientsRefused({self.refuses: (550, b"no")})
            mail.outbox.append(message)
        return len(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    kind = type("Ours", (Server,), {})
    monkeypatch.setattr("newsroom.lib.mail.get_connection", kind)
    return kind


# --- Who is told -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_is_mentioned_is_told_and_who_wrote_the_note_of_the_answer():
    article = make_article(by=rory())
    note = make_note(article, "@rory and @edith, look.", by=edith())
    assert told() == {("rory", "mentioned")}
    notes.answer(note, text="Done.", by=rory())
    assert told() == {("rory", "mentioned"), ("edith", "answered")}


@pytest.mark.django_db
def test_who_is_concerned_twice_is_told_once():
    note = make_note(make_article(), by=edith())
    notes.answer(note, text="Here you are, @edith.", by=rory())
    assert told() == {("edith", "mentioned")}


@pytest.mark.django_db
def test_the_new_assignee_is_told_and_of_a_new_day_nobody():
    article = make_article()
    assign(article, to=wren())
    assign(article, to=wren(), due=timezone.localdate())
    assign(article, to=edith())
    assert told() == {("wren", "assigned")}
    assert StaffNotice.objects.count() == 1


@pytest.mark.django_db
def test_the_assignee_is_told_the_day():
    assign(make_article(), to=wren(), due=date(2030, 12, 4))
    assert StaffNotice.objects.get().words == "Due Wednesday 4 December 2030"


@pytest.mark.django_db
def test_every_editor_is_told_of_what_is_submitted_until_one_has_worked_on_it():
    first, other = edith(), make_user("enid", "Editor", is_staff=True)
    article = move(publishing.submit, make_article(by=rory()), rory())
    assert told() == {("edith", "submitted"), ("enid", "submitted")}
    article = move(publishing.send_back, article, other, note="Who?")
    StaffNotice.objects.all().delete()
    move(publishing.submit, article, rory())
    assert told() == {("enid", "submitted")}
    assert first.is_active


@pytest.mark.django_db
def test_those_whose_story_it_is_are_told_what_became_of_it():
    article = make_article(by=edith(), bylines=make_article(by=rory()).draft.bylines)
    assign(article, to=wren())
    StaffNotice.objects.all().delete()
    article = move(publishing.submit, article, rory())
    article = move(publishing.send_back, article, make_user("enid", "Editor", is_staff=True), note="Who?")
    assert told() == {("edith", "submitted"), *((name, "sent_back") for name in ("rory", "wren", "edith"))}
    article = move(publishing.submit, article, rory())
    StaffNotice.objects.all().delete()
    move(publishing.approve, article, edith())
    assert told() == {("rory", "approved"), ("wren", "approved")}


@pytest.mark.django_db
def test_writers_are_told_once_their_story_is_live_not_when_it_is_scheduled():
    now = timezone.now()
    article = make_article(by=rory())
    publish(article, at=now + DAY)
    announce_due()
    assert told() == set()
    with time_machine.travel(now + DAY + timedelta(minutes=1), tick=False):
        announce_due()
        announce_due()
    assert told() == {("rory", "published")}
    assert StaffNotice.objects.count() == 1


@pytest.mark.django_db
def test_what_went_live_long_ago_is_no_news():
    with time_machine.travel(timezone.now() - 2 * GIVE_UP_AFTER, tick=False):
        make_edition()
    announce_due()
    assert told() == set()


@pytest.mark.django_db
def test_a_refused_move_tells_nobody():
    article = make_article()
    with pytest.raises(publishing.NotPossible):
        move(publishing.send_back, article, edith(), note="Too early")
    assert told() == set()


# --- What leaves -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_mail_says_who_did_what_where_and_why(settings):
    settings.SITE_URL = "https://news.example"
    article = make_article(headline="Harbour & Lights")
    note = make_note(article, "Who said that, @rory?\nAnd when?")
    assert mailing.send_notices() == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["rory@example.com"], "edith mentioned you: Harbour & Lights")
    assert f"https://news.example/admin/articles/article/{article.pk}/notes/#note-{note.pk}" in sent.body
    assert "  > Who said that, @rory?\n  > And when?\n" in sent.body
    assert "https://news.example/admin/mail/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mailing.send_notices() == (0, 0)


@pytest.mark.django_db
def test_several_things_go_in_one_mail_under_their_stories():
    for number in (1, 2):
        article = make_article(headline=f"Story {number}")
        make_note(article, "One, @rory")
        make_note(article, "Two, @rory")
    mailing.send_notices()
    (sent,) = mail.outbox
    assert sent.subject == "4 notices about 2 stories"
    assert sent.body.count("Story 1") == 1
    assert sent.body.index("Story 1") < sent.body.index("Story 2")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Eve\r\nBcc: all@example.com", "E" * 60])
def test_a_subject_is_one_line_of_bearable_length(name):
    editor = edith()
    User.objects.filter(pk=editor.pk).update(display_name=name)
    editor.refresh_from_db()
    make_note(make_article(headline="x" * 200), "@rory", by=editor)
    mailing.send_notices()
    (sent,) = mail.outbox
    assert "\n" not in sent.subject
    assert len(sent.subject) <= mailing.SUBJECT_LENGTH
    assert sent.message()["Bcc"] is None


@pytest.mark.django_db
def test_of_a_story_under_embargo_only_the_headline_leaves_the_house():
    article = make_article(headline="Under embargo", body=f"<p>{SECRET}</p>")
    terms = embargo.Terms(timezone.now() + DAY, "Studio")
    embargo.set_embargo(article, terms, version=article.version, by=edith())
    make_note(article, f"Is {SECRET} right, @rory?")
    article = move(publishing.submit, article, rory())
    move(publishing.send_back, article, edith(), note=f"Not {SECRET}")
    mailing.send_notices()
    assert mail.outbox
    for sent in mail.outbox:
        assert "Under embargo" in sent.body
        assert SECRET not in sent.body + sent.subject


@pytest.mark.django_db
def test_of_a_story_that_one_may_not_open_any_more_there_is_no_mail():
    article = make_article(by=rory())
    assign(article, to=wren())
    make_note(article, "Look, @wren")
    assign(article, to=None)
    assert mailing.send_notices() == (0, 0)
    assert mail.outbox == []
    assert not StaffNotice.objects.waiting().exists()


@pytest.mark.django_db
def test_the_mail_of_the_day_waits_for_the_morning(settings):
    settings.TIME_ZONE = "UTC"
    with time_machine.travel("2030-05-06 09:00:00+00:00", tick=False) as clock:
        wish(rory(), Mail.DAILY)
        article = make_article(by=rory())
        make_note(article, "@rory, one")
        assert mailing.send_notices() == (0, 0)
        clock.move_to("2030-05-07 06:59:59+00:00")
        make_note(article, "@rory, two")
        assert mailing.send_notices() == (0, 0)
        clock.move_to("2030-05-07 07:00:00+00:00")
        make_note(article, "@rory, three")
        assert mailing.send_notices() == (1, 0)
    (sent,) = mail.outbox
    assert ("one" in sent.body, "two" in sent.body, "three" in sent.body) == (True, True, False)
    assert "The mail of the day" in sent.body


@pytest.mark.django_db
def test_who_wants_none_has_left_or_has_no_address_gets_none():
    article, writer = make_article(by=rory()), rory()
    for change in ({"mail": Mail.NEVER}, {"is_active": False}, {"is_staff": False}, {"email": ""}):
        StaffNotice.objects.all().delete()
        note = make_note(article, f"@rory {change}")
        User.objects.filter(pk=writer.pk).update(**change)
        assert mailing.send_notices() == (0, 0)
        assert StaffNotice.objects.get(thing=f"note-{note.pk}").dropped_at
        User.objects.filter(pk=writer.pk).update(
            mail=Mail.AT_ONCE, is_active=True, is_staff=True, email="rory@example.com"
        )
    assert mail.outbox == []


# --- When the server fails -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_server_that_is_down_loses_nothing_and_tick_says_so(server):
    make_note(make_article(), "@rory")
    server.is_down = True
    out = StringIO()
    call_command("tick", stdout=out)
    assert "mailed 0, could not mail 1" in out.getvalue()
    server.is_down = False
    call_command("tick", stdout=out)
    assert "mailed 1" in out.getvalue()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_one_bad_address_stops_no_other(server):
    article = assign(make_article(by=rory()), to=wren())
    make_note(article, "@rory and @wren")
    server.refuses = "rory@example.com"
    assert mailing.send_notices() == (1, 1)
    assert [sent.to for sent in mail.outbox] == [["wren@example.com"]]
    server.refuses = ""
    assert mailing.send_notices() == (1, 0)


@pytest.mark.django_db
def test_after_three_days_it_is_given_up(server):
    make_note(make_article(), "@rory")
    server.is_down = True
    with time_machine.travel(timezone.now() + GIVE_UP_AFTER + timedelta(minutes=1), tick=False):
        assert mailing.send_notices() == (0, 0)
    assert StaffNotice.objects.get().dropped_at


@pytest.mark.django_db
def test_what_a_process_that_died_had_claimed_is_mailed_later():
    make_note(make_article(), "@rory")
    assert mailing.claim(rory())
    assert mailing.send_notices() == (0, 0)
    with time_machine.travel(timezone.now() + CLAIM_LASTS + timedelta(seconds=1), tick=False):
        assert mailing.send_notices() == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_of_four_ticks_at_once_one_mails(server):
    make_note(make_article(), "@rory")
    got = at_once(4, lambda _: mailing.send_notices())
    assert sorted(got) == [(0, 0)] * 3 + [(1, 0)]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("who", [mo, rosa])
def test_who_has_nothing_to_do_with_stories_is_never_told(who):
    make_note(make_article(), f"@{who().username}")
    assert told() == set()
