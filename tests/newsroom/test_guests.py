"""Guests: a name, an address and words; nothing of it is anywhere before the owner of the address says so."""

import re
import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Edition
from comments import following, moderation, telling
from comments.models import Comment, Discussion, Guest, Notification, Rules
from newsroom import farewells, guests, naming, tries
from newsroom.models import User
from tests.comments.test_counters import assert_counters_equal_a_recount
from tests.factories import make_edition, make_shown_comment, make_user, mo, ravi, rory, rosa, take_down
from tests.newsroom.test_leaving import a_day_later, everything

pytestmark = pytest.mark.django_db

MARK = "zyzzyva"
FORM = {"body": f"I was *on* it, {MARK}.", "name": "Nell Ashby", "email": "Nell@Example.com "}


@pytest.fixture(autouse=True)
def _mailed_at_once(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "transactional_db" not in request.fixturenames:
        monkeypatch.setattr("newsroom.guests.transaction.on_commit", lambda act, **how: act())


def welcoming(**fields: Any) -> Edition:
    """A story whose discussion takes guests."""
    edition = make_edition(**fields)
    Discussion.objects.filter(article=edition.article_id).update(takes_guests=True)
    return edition


def say(edition: Edition, client: Client | None = None, **fields: Any) -> Any:
    data = FORM | {"key": uuid.uuid4()} | fields
    return (client or Client()).post(f"/comments/{edition.article_id}/guest/", data)


def links() -> list[str]:
    """The addresses in the last mail that confirm and erase, from the root of the site."""
    return re.findall(r"/comments/guest/\S+/(?:confirm|erase)/", str(mail.outbox[-1].body))


def confirmed(edition: Edition, **fields: Any) -> Comment:
    say(edition, **fields)
    Client().post(links()[0])
    return Comment.objects.latest("pk")


def test_it_is_in_the_discussion_once_its_owner_has_pressed_the_button(client):
    edition = welcoming()
    assert say(edition)["Location"] == "/comments/guests/sent/"
    assert not Comment.objects.exists()
    confirm, _ = links()
    assert mail.outbox[-1].to == ["nell@example.com"]
    assert MARK not in mail.outbox[-1].message().as_string()
    page = client.get(confirm)
    assert "I was <em>on</em> it" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert not Comment.objects.exists()
    answers = [client.post(confirm).content.decode() for _ in range(2)]
    assert all("A moderator reads it first" in answer for answer in answers)
    comment = Comment.objects.get()
    assert (comment.state, comment.author, comment.guest_name) == ("held", None, "Nell Ashby")
    assert MARK not in client.get(edition.path).content.decode()
    moderation.approve(comment, version=comment.version, by=mo())
    text = client.get(edition.path).content.decode()
    assert 'chip chip--small">Guest</span>' in text
    assert 'class="comment__name">Nell Ashby</span>' in text
    assert "Nell@" not in text
    assert_counters_equal_a_recount()


def test_after_two_comments_that_were_shown_an_address_is_new_no_more():
    edition = welcoming()
    for number in range(2):
        comment = confirmed(edition, body=f"Number {number}, and so on.")
        assert comment.state == "held"
        moderation.approve(comment, version=comment.version, by=mo())
    assert confirmed(edition, body="The third.").state == "shown"
    assert confirmed(edition, body="Mine.", email="other@example.com").state == "held"


def test_guests_are_led_to_their_form_where_they_are_taken_and_nowhere_else(client):
    edition, other = welcoming(), make_edition()
    assert client.get(f"/comments/{edition.article_id}/new/")["Location"] == f"/comments/{edition.article_id}/guest/"
    assert "/login/" in client.get(f"/comments/{other.article_id}/new/")["Location"]
    assert client.get(f"/comments/{other.article_id}/guest/")["Location"] == f"/comments/{other.article_id}/new/"
    answer = say(other)
    assert (answer.status_code, MARK in answer.content.decode()) == (409, True)
    comment = make_shown_comment(edition)
    for path in (f"{edition.article_id}/new/?parent={comment.pk}", f"c/{comment.pk}/like/"):
        assert "/login/" in client.get(f"/comments/{path}")["Location"]
    client.force_login(rosa())
    assert client.get(f"/comments/{edition.article_id}/guest/")["Location"] == f"/comments/{edition.article_id}/new/"
    assert client.get("/comments/999999/guest/").status_code == 404


@pytest.mark.parametrize(
    ("site", "section", "taken"),
    [(None, None, False), (True, None, True), (True, False, False), (False, True, False), (None, True, True)],
)
def test_the_rules_of_the_house_say_where_guests_are_taken(site, section, taken):
    edition = make_edition()
    for place, allowed in ((None, site), (edition.section, section)):
        if allowed is not None:
            Rules.objects.create(section=place, takes_guests=allowed)
    assert Rules.objects.seed(edition.section_id, "open", timezone.now())["takes_guests"] is taken


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"body": " "}, "Write something first."),
        ({"body": "x" * 5001}, "5,000 characters"),
        ({"name": "Rory Quill"}, "Somebody here has this name"),
        ({"name": "Ravi RegulаrX"}, "one script"),
        ({"name": "Newsroom Staff"}, "kept for the paper"),
        ({"name": "Nell\u200b"}, "nobody can see"),
        ({"name": ""}, "This field is required."),
        ({"email": "nell"}, "valid email"),
        ({"email": "nell@mailinator.com"}, "This box is gone"),
        ({"body": "STOP SHOUTING AT ALL OF US HERE"}, "shouting"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_words(wrong, words):
    rory(), ravi()
    answer = say(welcoming(), **wrong)
    text = answer.content.decode()
    assert (answer.status_code, words in text) == (422, True)
    assert "name" in wrong or 'value="Nell Ashby"' in text
    assert not Guest.objects.exists()
    assert not mail.outbox


def test_nobody_learns_which_addresses_are_known():
    edition = welcoming()
    make_user("known")
    User.objects.filter(username="known").update(email="Known@example.com")
    shut = make_user("shut")
    User.objects.filter(pk=shut.pk).update(is_active=False)
    answers = [say(edition, email=email) for email in ("known@example.com", shut.email, "new@example.com")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to[0] for message in mail.outbox] == ["known@example.com", "new@example.com"]


def test_a_second_sending_is_the_same_words_and_one_mail():
    edition, key = welcoming(), uuid.uuid4()
    assert say(edition, key=key).status_code == say(edition, key=key).status_code == 302
    assert (Guest.objects.count(), len(mail.outbox)) == (1, 1)


def test_senders_and_addresses_have_limits_also_without_a_cache():
    edition = welcoming()
    for number in range(tries.FROM_A_SENDER):
        assert say(edition, email=f"a{number % 2}@example.com").status_code == 302
        cache.clear()
    assert len(mail.outbox) == 2 * tries.TO_AN_ADDRESS
    answer = say(edition)
    assert (answer.status_code, MARK in answer.content.decode()) == (429, True)


def test_a_discussion_that_has_closed_meanwhile_gives_the_words_back():
    edition = welcoming()
    say(edition)
    confirm, _ = links()
    discussion = Discussion.objects.filter(article=edition.article_id)
    for change, back in (({"mode": "closed"}, {"mode": "open"}), ({"takes_guests": False}, {"takes_guests": True})):
        discussion.update(**change)
        answer = Client().post(confirm)
        assert (answer.status_code, MARK in answer.content.decode()) == (409, True)
        discussion.update(**back)
    naming.rename(ravi(), "Nell Ashby")
    assert "taken this name meanwhile" in Client().post(confirm).content.decode()
    take_down(publishing.unpublish, edition.article)
    assert MARK in Client().post(confirm).content.decode()
    assert not Comment.objects.filter(author=None).exists()


def test_slow_mode_holds_for_an_address():
    edition = welcoming()
    Discussion.objects.filter(article=edition.article_id).update(slow_seconds=600)
    confirmed(edition)
    say(edition, body="And another thing.")
    answer = Client().post(links()[0])
    assert (answer.status_code, "slow mode" in answer.content.decode()) == (409, True)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert Client().post(links()[0]).status_code == 200


def test_links_have_an_end_and_what_nobody_confirmed_is_deleted():
    say(welcoming())
    confirm, erase = links()
    assert Client().get(confirm.replace("confirm", "erase")).status_code == 404
    for nonsense in ("x", "x:y:z", confirm.split("/")[3][:-1]):
        assert Client().get(f"/comments/guest/{nonsense}/confirm/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert Client().get(confirm).status_code == 404
        assert Client().get(erase).status_code == 200
        call_command("tick", verbosity=0)
    assert not Guest.objects.exists()
    assert Client().get(erase).status_code == 404


def test_a_guest_erases_all_of_it_by_the_link_before_and_after():
    edition = welcoming()
    comment = confirmed(edition)
    moderation.approve(comment, version=comment.version, by=mo())
    comment.refresh_from_db()
    make_shown_comment(edition, by=ravi(), body="An answer.", parent=comment)
    _, erase = links()
    assert MARK in Client().get(erase).content.decode()
    assert "It is gone" in Client().post(erase).content.decode()
    assert not any(word in everything() for word in (MARK, "nell"))
    assert "This comment has been erased." in Client().get(edition.path).content.decode()
    assert_counters_equal_a_recount()
    assert Client().post(erase).status_code == 404
    say(edition)
    Client().post(links()[1])
    assert not any(word in everything() for word in (MARK, "nell"))


def test_superusers_erase_it_in_the_admin_and_nobody_else_sees_the_address(admin_client):
    edition = welcoming()
    comment = confirmed(edition)
    row = Guest.objects.get()
    desk = Client()
    desk.force_login(mo())
    assert "A guest, without an account" in desk.get("/desk/").content.decode()
    assert "nell@" not in desk.get("/desk/").content.decode()
    assert desk.get(f"/admin/comments/guest/{row.pk}/delete/").status_code == 403
    assert "nell@example.com" in admin_client.get("/admin/comments/guest/").content.decode()
    admin_client.post(f"/admin/comments/guest/{row.pk}/delete/", {"post": "yes"})
    comment.refresh_from_db()
    assert (comment.state, comment.guest_name) == ("erased", "")


def test_whoever_leaves_takes_what_they_said_as_a_guest_along():
    confirmed(welcoming(), email="rosa@example.com")
    farewells.ask(rosa())
    a_day_later()
    assert MARK not in everything()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_comment_comes(transactional_db):
    edition = welcoming()
    say(edition)
    row, seen = Guest.objects.get(), []

    def press() -> None:
        try:
            seen.append(guests.confirm(row).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(seen), len(set(seen)), Comment.objects.count()) == (8, 1, 1)
    assert_counters_equal_a_recount()


def test_who_follows_a_discussion_is_told_of_a_guest_and_a_guest_is_mentioned_by_nobody():
    edition = welcoming()
    following.follow(edition.article.discussion_row, by=ravi(), mode="follow")
    comment = confirmed(edition)
    moderation.approve(comment, version=comment.version, by=mo())
    telling.tell_of_comment(comment.pk)
    assert Notification.objects.get(person=ravi(), comment=comment).kind == "follow"
    telling.tell_of_comment(make_shown_comment(edition, by=rosa(), body="As @Nell Ashby said, @ravi.").pk)
    assert Notification.objects.filter(person=ravi(), kind__in=["follow", "mention"]).count() == 2
