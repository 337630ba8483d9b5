"""Taking one's data along, and having one's account deleted: all of it, a day later, and of nobody else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Task

from articles.models import Edition
from comments import (
    calming,
    excluding,
    glancing,
    liking,
    moderation,
    muting,
    posting,
    reporting,
    rewording,
    sanctioning,
    voting,
)
from comments.models import Comment, Discussion, Heat
from newsroom import farewells, guests, letters, naming, takeout
from newsroom.models import Leaving, Subscriber, User
from tests.comments.test_counters import assert_counters_equal_a_recount
from tests.factories import (
    ana,
    edith,
    make_comment,
    make_edition,
    make_guest,
    make_heat,
    make_section,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rosa,
    visit,
)

pytestmark = pytest.mark.django_db

MARK = "zyzzyva"
PASSWORD = "correct horse battery"


def marked() -> User:
    """Somebody with the mark in every field that they, or others about them, can write."""
    user = make_user(MARK, first_name=f"F{MARK}", last_name=f"L{MARK}", password=PASSWORD)
    naming.rename(user, f"{MARK} Smith")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=f"other-{MARK}@example.com")
    for email in (user.email, f"other-{MARK}@example.com"):
        Subscriber.objects.create(email=email, asked_at=timezone.now())
    about = {"object_repr": MARK, "change_message": MARK, "content_type": ContentType.objects.get_for_model(User)}
    LogEntry.objects.create(user=edith(), object_id=str(user.pk), action_flag=CHANGE, **about)
    now = timezone.now()
    failure = {"started": now, "stopped": now, "success": False, "func": "x", "name": "x"}
    Task.objects.create(id="1" * 32, result=f"Refused: {user.email}", **failure)
    Task.objects.create(id="2" * 32, result="Refused: somebody@else.example", **failure)
    return User.objects.get(pk=user.pk)


def said(user: User) -> Edition:
    """Every kind of comment of theirs, answered and not, with other people's around them."""
    edition = make_edition(prompt="Well?", answers="Yes\nNo")
    voting.vote(edition, answer=2, by=user)
    words = {"body": MARK, "is_spoiler": True, "spoiler_scope": MARK}
    head = make_shown_comment(edition, by=user, **words)
    alone = make_shown_comment(edition, by=user, **words)
    make_shown_comment(edition, by=ravi(), body="An answer.", parent=head)
    other = make_shown_comment(edition, by=ravi(), body="A head.")
    make_shown_comment(edition, by=user, body=f"A reply, {MARK}.", parent=other)
    rewording.edit(alone, posting.Words(f"{MARK} again"), version=alone.version, by=user)
    held = make_comment(edition, by=user, body=f"{MARK} https://a.example https://b.example https://c.example")
    Comment.objects.filter(pk=held.pk).update(held_for=MARK, signals=[{"evidence": MARK}])
    reject(make_shown_comment(edition, by=user, body=MARK))
    moderation.Decision.objects.filter(comment__author=user).update(note=f"You, {MARK}")
    Comment.objects.filter(pk=head.pk).update(picked_at=timezone.now())
    liking.like(other, by=user)
    liking.like(head, by=ravi())
    for by, what in ((user, other), (ravi(), head)):
        EmailAddress.objects.get_or_create(user=by, email=by.email, defaults={"verified": True, "primary": True})
        reporting.report(what, by=by, reason="other", text=f"This is {MARK} again.")
        muting.mute(what, by=by)
    reporting.report(other, by=user, reason="error", text=f"An error, {MARK}.")
    return edition


def everything() -> str:
    """Every value of every row of every table, sessions and results opened."""
    rows = [row for model in apps.get_models() if not model._meta.proxy for row in model._default_manager.all()]
    values = [str([getattr(row, field.attname) for field in row._meta.concrete_fields]) for row in rows]
    return "\n".join([*values, *(str(row.get_decoded()) for row in Session.objects.all())]).lower()


def a_day_later() -> None:
    Leaving.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    call_command("tick", verbosity=0)


def test_of_whoever_leaves_nothing_is_left_in_any_table():
    user = marked()
    edition = said(user)
    session = visit(user)
    session.get("/accounts/")
    kept = Comment.objects.exclude(author=user).count()
    assert everything().count(MARK) > 30
    farewells.ask(user)
    a_day_later()
    assert MARK not in everything()
    assert str(user.pk) not in [str(row.get_decoded().get("_auth_user_id")) for row in Session.objects.all()]
    assert_counters_equal_a_recount()
    assert Comment.objects.exclude(author=None).count() == kept
    assert {comment.like_count for comment in Comment.objects.filter(body="A head.")} == {0}
    assert set(Discussion.objects.values_list("votes_2", flat=True)) == {0}
    assert Task.objects.filter(id="2" * 32).exists()
    page = Client().get(edition.path).content.decode()
    assert page.count("This comment has been erased.") == 1
    assert "An answer." in page
    assert MARK not in page
    assert Client().get(f"/people/{MARK}/").status_code == 404


def test_it_takes_a_day_and_signing_in_keeps_the_account():
    user = marked()
    edition = said(user)
    farewells.ask(user)
    call_command("tick", verbosity=0)
    assert User.objects.filter(pk=user.pk).exists()
    client = Client()
    answer = client.post("/accounts/login/", {"login": MARK, "password": PASSWORD}, follow=True)
    assert "your account stays" in answer.content.decode()
    a_day_later()
    assert User.objects.filter(pk=user.pk).exists()
    assert MARK in Client().get(edition.path).content.decode()


def test_the_mail_says_so_once_and_how_to_stay(django_capture_on_commit_callbacks):
    user = rosa()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = farewells.ask(user), farewells.ask(user)
    assert first == second
    [message] = mail.outbox
    assert message.to == ["rosa@example.com"]
    assert "Sign in before then" in message.body
    assert "/accounts/login/" in message.body


def test_one_asks_with_the_password_and_is_signed_out():
    user = marked()
    client = visit(user)
    wrong = client.post("/accounts/data/leave/", {"proof": "wrong"})
    assert wrong.status_code == 422
    assert not Leaving.objects.exists()
    assert client.get("/accounts/data/leave/")["Location"] == "/accounts/data/"
    assert client.post("/accounts/data/leave/", {"proof": PASSWORD})["Location"] == "/accounts/left/"
    assert Leaving.objects.get().person == user
    assert client.get("/accounts/data/").status_code == 302


def test_one_who_is_signed_in_elsewhere_may_stay_by_a_button():
    user = marked()
    client = visit(user)
    farewells.ask(user)
    assert "Keep my account" in client.get("/accounts/data/").content.decode()
    client.post("/accounts/data/stay/")
    assert not Leaving.objects.exists()


def test_who_has_no_password_gives_the_user_name():
    user = make_user("nopass")
    client = visit(user)
    assert client.post("/accounts/data/leave/", {"proof": "no"}).status_code == 422
    assert client.post("/accounts/data/leave/", {"proof": "nopass"}).status_code == 302


def test_staff_stay_on_record():
    client = visit(mo())
    assert "You work here" in client.get("/accounts/data/").content.decode()
    with pytest.raises(PermissionDenied):
        farewells.ask(mo())
    user = rosa()
    farewells.ask(user)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    a_day_later()
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("path", ["data/", "data/download/", "data/leave/", "data/stay/"])
def test_strangers_are_asked_to_sign_in(client, path):
    for answer in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}")):
        assert answer.status_code in {302, 405}
        assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


def test_the_download_asks_for_the_password_once_more():
    client = visit(marked())
    asked = client.get("/accounts/data/download/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    answer = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        assert sorted(folder.namelist()) == ["your-data.html", "your-data.json"]


def test_the_data_are_all_of_ones_own_and_nothing_of_others():
    user = marked()
    said(user)
    with zipfile.ZipFile(io.BytesIO(takeout.archive(user))) as folder:
        page, data = folder.read("your-data.html").decode(), json.loads(folder.read("your-data.json"))
    assert data["account"]["display_name"] == f"{MARK} Smith"
    assert len(data["account"]["addresses"]) == len(data["newsletter"]) == 2
    assert len(data["comments"]) == Comment.objects.filter(author=user).count()
    assert len(data["likes"]) == len(data["errors"]) == len(data["mutes"]) == 1
    assert [vote["answer"] for vote in data["votes"]] == ["No"]
    assert any(comment["earlier"] for comment in data["comments"])
    assert any(row["note"] == f"You, {MARK}" for comment in data["comments"] for row in comment["decisions"])
    for words in ("An answer.", "A head.", "Ravi", "edith", '"mo"', "password", "md5"):
        assert words not in page + json.dumps(data), words
    for words in (f"{MARK} again", f"You, {MARK}", f"other-{MARK}@example.com"):
        assert words in page


DOWNLOADED = {
    "account": "account.EmailAddress.user mfa.Authenticator.user socialaccount.SocialAccount.user",
    "calms": "comments.Calm.by",
    "calms_lifted": "comments.Calm.lifted_by",
    "comments": "comments.Comment.author",
    "errors": "articles.ErrorNote.said_by",
    "followed": "comments.Following.person",
    "glances": "comments.Glance.by",
    "heats": "comments.Heat.answered_by",
    "likes": "comments.Like.person",
    "mutes": "comments.Mute.person",
    "notifications": "comments.Notification.person",
    "read": "comments.ReadMark.person",
    "remarks": "comments.Remark.person",
    "reports": "comments.Report.reporter",
    "sanctions": "comments.Sanction.person",
    "sections": "articles.Section.moderators",
    "votes": "comments.Vote.person",
    "watched": "comments.Watch.person",
    "watches": "comments.Watch.by",
}
LEFT_OUT = {
    "who muted somebody is the other's to know": "comments.Mute.muted",
    "ends by signing in, which the download asks for": "newsroom.Leaving.person",
    "the record of the desk, which is the paper's": (
        "comments.Comment.picked_by comments.Decision.by comments.Exclusion.by comments.Exclusion.lifted_by "
        "comments.Phrase.added_by comments.PhraseChange.by comments.Remark.by comments.Report.handled_by "
        "comments.Sanction.by comments.Sanction.lifted_by"
    ),
    "the work of the newsroom, which is the paper's": (
        "admin.LogEntry.user articles.Article.assignee articles.Article.created_by articles.Article.saved_by "
        "articles.Article.trashed_by articles.Author.user articles.Correction.by articles.Correction.withdrawn_by "
        "articles.Edition.cut_by articles.Embargo.broken_by articles.Embargo.set_by articles.ErrorNote.answered_by "
        "articles.Event.by articles.HousePage.saved_by articles.Image.uploaded_by articles.Note.by "
        "articles.Note.mentions articles.Note.resolved_by articles.Revision.made_by articles.Section.editors "
        "articles.ShareLink.made_by articles.ShareLink.revoked_by articles.Slot.added_by articles.StaffNotice.by"
    ),
    "what the pages of the newsroom keep for their users": (
        "articles.CalendarFeed.user articles.LastPage.user articles.Presence.taken_by articles.Presence.user "
        "articles.SavedView.owner articles.StaffNotice.person"
    ),
}


def test_every_row_that_points_to_a_person_is_downloaded_or_left_out_for_a_reason():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is User
    }
    named = " ".join([*DOWNLOADED.values(), *LEFT_OUT.values()]).split()
    assert sorted(named) == sorted(pointing)
    assert DOWNLOADED.keys() <= takeout.gather(rosa()).keys()


def test_moderators_take_along_what_they_looked_at_and_calmed_and_where_they_work():
    by, comment = mo(), make_comment(make_edition())
    Comment.objects.update(severity=3)
    comment.refresh_from_db()
    glancing.glance(comment, by=by, opened=True)
    heat = make_heat(comment.discussion)
    Heat.objects.filter(pk=heat.pk).update(answered_at=timezone.now(), answered_by=by)
    calming.lift(calming.calm(comment.discussion, "slow", by=by, reason="It is late", seconds=600), by=by)
    make_section("film").moderators.add(by)
    data, html = takeout.gather(by), archived(by, "your-data.html")
    assert data["glances"][0]["opened_at"]
    assert (data["sections"], data["calms"][0]["measure"]) == ([make_section("film").name], "Slowed")
    assert len(data["calms_lifted"]) == len(data["heats"]) == 1
    for words in ("severe words unfolded", "in 600 seconds", "It is late", "let go", "answered", "<li>FILM</li>"):
        assert words in html, words
    others = takeout.gather(ana())
    assert not any(others[name] for name in ("glances", "sections", "calms", "calms_lifted", "heats"))


def test_whose_address_is_shut_out_reads_so_and_who_has_none_is_not():
    excluding.exclude_guest(guests.confirm(make_guest(make_edition())), by=mo(), reason="spam")
    excluding.exclude_domain("spam.example", typed="spam.example", by=mo(), reason="spam")
    both, none = [make_user("nell"), make_user("sam")], make_user("none")
    both[1].email, none.email = "sam@mail.spam.example", ""
    sanctioning.impose(both[0], "warn", by=mo(), reason="spam", note="Do stop.")
    sanctioning.remark(both[0], "Sells ferries.", by=mo())
    kept = [row["of"] for user in both for row in takeout.gather(user)["exclusions"]]
    assert kept == ["your address", "spam.example"]
    for words in ("Your address: ", "Do stop.", "Sells ferries."):
        assert words in archived(both[0], "your-data.html")
    assert "All addresses at spam.example: " in archived(both[1], "your-data.html")
    assert takeout.gather(rosa())["exclusions"] == takeout.gather(none)["exclusions"] == []


def archived(user: User, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(takeout.archive(user))) as folder:
        return folder.read(name).decode()


def test_the_data_cost_the_same_however_much_was_said():
    user, costs = mo(), []
    for many in (1, 5):
        for _ in range(many):
            make_shown_comment(make_edition(), by=user)
        with CaptureQueriesContext(connection) as asked:
            takeout.gather(user)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_what_nobody_confirmed_goes_too_and_other_addresses_stay():
    user = rosa()
    for email in (user.email, "other@example.com"):
        letters.ask(email, place="page", sender="192.0.2.1")
    farewells.ask(user)
    a_day_later()
    assert [row.email for row in Subscriber.objects.all()] == ["other@example.com"]
