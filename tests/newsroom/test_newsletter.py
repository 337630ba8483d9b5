"""The newsletter: an address is given, confirmed by its owner, left with one press; and nobody learns who is on it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom import letters, tries
from newsroom.models import SignUpTry, Subscriber
from tests.factories import edith, make_edition, make_section, make_user, mo, rory, rosa, visit

pytestmark = pytest.mark.django_db


def sign_up(email: str = "ann@example.com", sender: str = "192.0.2.1", headers: dict | None = None, **more: str):
    """Send the form as a browser does that has no cookie of ours; the mail leaves."""
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=sender)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return strict.post("/newsletter/", {"email": email, **more}, headers=headers or {})


def link(what: str = "confirm", message: int = -1) -> str:
    return re.search(rf"http://localhost:8000(/newsletter/{what}/\S+/)", mail.outbox[message].body)[1]


def subscribed(email: str = "ann@example.com") -> Subscriber:
    sign_up(email)
    Client().post(link())
    return Subscriber.objects.get(email=email)


# --- It works --------------------------------------------------------------------------------------


def test_from_the_box_on_a_page_to_the_list_and_off_it():
    page = Client().get(make_edition().path).content.decode()
    assert '<input type="hidden" name="place" value="story">' in page
    answer = sign_up("  Ann@Example.COM ", place="story")
    assert (answer.status_code, answer["Location"]) == (302, "/newsletter/sent/")
    row = Subscriber.objects.get()
    assert (row.email, row.place, row.is_on, row.state) == ("ann@example.com", "story", False, "Not confirmed")
    [message] = mail.outbox
    assert message.to == ["ann@example.com"]
    text, [html] = message.body, [part for part, kind in message.alternatives if kind == "text/html"]
    assert link() in text
    assert link() in html
    client = Client(enforce_csrf_checks=True)
    asked = client.get(link())
    assert "Yes, put me on the list" in asked.content.decode()
    assert not Subscriber.objects.on_the_list().exists(), "a program that follows links confirms nothing"
    assert "You are on the list" in client.post(link()).content.decode()
    assert Subscriber.objects.on_the_list().get() == row
    leave = letters.url_of("leave", row).removeprefix("http://localhost:8000")
    assert "Take me off the list" in client.get(leave).content.decode()
    assert Subscriber.objects.on_the_list().exists()
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.on_the_list().exists()
    assert "You are off the list" in client.get(leave).content.decode()


def test_the_box_stands_on_front_story_and_lists_without_token_or_cookie():
    path = make_edition().path
    for url, place in (
        ("/", "front"),
        (path, "story"),
        ("/tv/", "list"),
        ("/authors/rory-quill/", "list"),
        ("/archive/", "list"),
    ):
        answer = Client().get(url)
        assert f'name="place" value="{place}"' in answer.content.decode(), url
        assert not answer.cookies
        assert "csrf" not in answer.content.decode().lower()


def test_who_comes_back_is_on_the_list_again():
    row = subscribed()
    letters.leave(row)
    sign_up()
    Client().post(link())
    row.refresh_from_db()
    assert row.is_on
    assert Subscriber.objects.count() == 1


def test_pressing_twice_changes_nothing():
    row = subscribed()
    for verb in (letters.confirm, letters.leave):
        verb(row)
        row.refresh_from_db()
        before = (row.confirmed_at, row.unsubscribed_at)
        verb(row)
        row.refresh_from_db()
        assert (row.confirmed_at, row.unsubscribed_at) == before


# --- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "email", ["", "x", "ann@", "a\r\nBcc: b@example.com", "<script>@x.org", "ann@mailinator.com", "é" * 300]
)
def test_what_is_no_address_of_one_s_own_is_refused_and_kept(email):
    answer = sign_up(email)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "<script>@" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not mail.outbox
    assert not Subscriber.objects.exists()
    if email == "ann@mailinator.com":
        assert 'value="ann@mailinator.com"' in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_another_site_s_form_sends_no_mail_but_one_may_press_oneself(headers):
    answer = sign_up(headers=headers)
    assert answer.status_code == 403
    assert 'value="ann@example.com"' in answer.content.decode()
    assert not mail.outbox
    assert sign_up(headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}).status_code == 302


def test_a_link_that_is_late_changed_or_of_another_kind_opens_nothing(monkeypatch):
    sign_up()
    row = Subscriber.objects.get()
    good, leave = link(), letters.url_of("leave", row).removeprefix("http://localhost:8000")
    token = good.split("/")[3]
    for url in (
        f"/newsletter/confirm/{token}x/",
        "/newsletter/confirm/x/",
        leave.replace("leave", "confirm"),
        good.replace("confirm", "leave"),
    ):
        for answer in (Client().get(url), Client().post(url)):
            assert answer.status_code == 404, url
            assert "ann@example.com" not in answer.content.decode()
    monkeypatch.setattr(letters, "LINK_LASTS", timedelta(seconds=-1))
    assert Client().post(good).status_code == 404
    assert not Subscriber.objects.on_the_list().exists()


def test_a_link_s_page_is_kept_nowhere_and_tells_nobody_its_address():
    sign_up()
    answer = Client().get(link())
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"


# --- Nobody learns who is on the list --------------------------------------------------------------


def test_the_answer_is_the_same_for_an_address_on_the_list_and_its_owner_alone_is_told():
    subscribed("known@example.com")
    known, unknown = sign_up("Known@example.com"), sign_up("new@example.com")
    assert (known.status_code, known.headers, known.content) == (unknown.status_code, unknown.headers, unknown.content)
    assert [message.to[0] for message in mail.outbox[-2:]] == ["known@example.com", "new@example.com"]
    assert "on the list" in mail.outbox[-2].subject
    assert mail.outbox[-2].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(link("leave", -2))
    assert not Subscriber.objects.get(email="known@example.com").is_on


def test_an_address_is_mailed_three_times_a_day_whoever_asks_and_nothing_is_said_of_it():
    answers = {sign_up(sender=f"192.0.2.{number}").headers["Location"] for number in range(9)}
    assert answers == {"/newsletter/sent/"}
    assert len(mail.outbox) == tries.TO_AN_ADDRESS


@pytest.mark.parametrize("one_home", [["192.0.2.1"], ["2001:db8:1:2::1", "2001:db8:1:2:3::4"]])
def test_a_sender_who_asks_too_often_is_told_so_also_without_a_cache(one_home):
    for number in range(tries.FROM_A_SENDER):
        assert sign_up(f"a{number}@example.com", sender=one_home[number % len(one_home)]).status_code == 302
        cache.clear()
    answer = sign_up("last@example.com", sender=one_home[0])
    assert answer.status_code == 429
    assert 'value="last@example.com"' in answer.content.decode()
    assert not Subscriber.objects.filter(email="last@example.com").exists()
    assert sign_up("other@example.com", sender="198.51.100.7").status_code == 302


def test_what_is_kept_of_a_try_tells_neither_address_nor_sender():
    sign_up()
    row = SignUpTry.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", row.address)
    assert re.fullmatch("[0-9a-f]{64}", row.sender)


def test_an_address_is_there_once_whatever_its_letters():
    subscribed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="ann@example.com", asked_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="Ann@example.com", asked_at=timezone.now())


def test_tick_forgets_what_nobody_confirmed_and_old_tries():
    subscribed("on@example.com")
    sign_up("late@example.com")
    sign_up("waits@example.com")
    long_ago = timezone.now() - timedelta(days=4)
    Subscriber.objects.filter(email__in=["late@example.com", "on@example.com"]).update(asked_at=long_ago)
    SignUpTry.objects.update(at=long_ago)
    call_command("tick", verbosity=0)
    assert set(Subscriber.objects.values_list("email", flat=True)) == {"on@example.com", "waits@example.com"}
    assert not SignUpTry.objects.exists()


# --- The list in the admin -------------------------------------------------------------------------

LIST = "/admin/newsroom/subscriber/"


def test_editors_of_the_whole_paper_alone_see_and_take_away_the_addresses():
    subscribed()
    limited = make_user("tess", "Editor", is_staff=True)
    make_section().editors.add(limited)
    for who in (rosa(), rory(), mo(), limited):
        for url in (LIST, f"{LIST}export/"):
            answer = visit(who).get(url)
            assert answer.status_code in {302, 403}, (who, url)
    assert "ann@example.com" in visit(edith()).get(LIST).content.decode()
    only_looks = make_user("luke", is_staff=True)
    only_looks.user_permissions.add(Permission.objects.get(codename="view_subscriber"))
    page = visit(only_looks).get(LIST).content.decode()
    assert "ann@example.com" in page
    assert "Download" not in page
    assert visit(only_looks).get(f"{LIST}export/").status_code == 403


def test_the_download_has_what_the_list_shows_and_runs_nothing():
    subscribed("=cmd@example.com")
    sign_up("unconfirmed@example.com")
    answer = visit(edith()).get(f"{LIST}export/?state=on")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = text.splitlines()
    assert head == "address,state,given at,given,confirmed,left"
    assert row.startswith("'=cmd@example.com,On the list,")
    assert "no-store" in answer["Cache-Control"]


def test_an_address_is_erased_when_its_owner_asks_and_nobody_adds_one():
    row = subscribed()
    client = visit(edith())
    assert client.get(f"{LIST}add/").status_code == 403
    client.post(f"{LIST}{row.pk}/change/", {"email": "x@example.com"})
    assert Subscriber.objects.get().email == "ann@example.com"
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Subscriber.objects.exists()


def test_the_list_costs_the_same_for_two_and_for_a_hundred():
    client, cost = visit(edith()), []
    for count in (2, 98):
        Subscriber.objects.bulk_create(
            Subscriber(email=f"a{count}-{number}@example.com", asked_at=timezone.now()) for number in range(count)
        )
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        cost.append(len(asked))
    assert cost[0] == cost[1]
