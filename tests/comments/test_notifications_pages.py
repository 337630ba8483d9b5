"""The pages of notifications: one's own list, what one follows, and how often it comes by mail."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from comments import following, muting, posting, telling
from comments.models import Following, Notification
from newsroom import takeout
from newsroom.lib.people import Mail
from newsroom.models import User
from tests.factories import (
    make_comment,
    make_edition,
    make_shown_comment,
    mo,
    once_settled,
    ravi,
    reject,
    rosa,
    take_down,
    visit,
)

pytestmark = pytest.mark.django_db

LIST = "/accounts/notifications/"


def answered(person: User, body: str = "So it is.", edition: Any = None, **more: Any) -> Any:
    """Mo answers what this person said, who is told."""
    edition = edition or make_edition(headline="Harbour Lights")
    head = make_shown_comment(edition, by=person)
    comment = make_comment(edition, by=mo(), parent=head, body=body, **more)
    telling.tell_of_comment(comment.pk)
    return comment


# --- The list --------------------------------------------------------------------------------------


def test_it_is_ones_own_and_looking_at_it_counts():
    comment = answered(ravi(), "So **it** is, ||he dies||.")
    assert Client().get(LIST).status_code == 302
    assert "So it is" not in visit(rosa()).get(LIST).text
    client = visit(ravi())
    client.head(LIST)
    first = client.get(LIST)
    assert f'<a href="/comments/c/{comment.pk}/">mo answered you</a>' in first.text
    assert "So it is, [spoiler]." in first.text
    assert "he dies" not in first.text
    assert "told__one--new" in first.text
    assert "no-store" in first["Cache-Control"]
    assert "told__one--new" not in client.get(LIST).text


def test_what_is_gone_is_gone_from_it_and_names_run_nothing():
    User.objects.filter(pk=mo().pk).update(display_name="<img src=x>")
    comments = [answered(ravi(), f"Answer {number}") for number in range(3)]
    client = visit(ravi())
    page = client.get(LIST).text
    assert (page.count("Answer "), "<img src=x>" in page, "&lt;img src=x&gt;" in page) == (3, False, True)
    reject(comments[0])
    take_down(publishing.unpublish, comments[1].discussion.article)
    assert client.get(LIST).text.count("Answer ") == 1
    muting.mute(comments[2], by=ravi())
    assert "Nobody has said anything to you yet" in client.get(LIST).text


def test_of_ones_own_comment_it_says_what_was_decided_and_leads_to_why(settle):
    comment = settle(reject, make_comment(make_edition()), "off-topic")
    with once_settled():
        page = visit(rosa()).get(LIST).text
    assert f'<a href="/accounts/#comment-{comment.pk}">Your comment was not published: Nothing to do' in page


def test_it_is_read_page_by_page_and_costs_the_same_however_long_it_is(monkeypatch):
    monkeypatch.setattr("newsroom.pages.notifications.PAGE", 4)
    client, cost, seen = visit(ravi()), [], []
    for more in (3, 6):
        for _ in range(more):
            answered(ravi(), edition=make_edition())
            following.follow(posting.open_for(make_edition()), by=ravi(), mode="follow")
        Notification.objects.update(seen_at=None)
        client.get(LIST)
        Notification.objects.update(seen_at=None)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(LIST)
        cost.append(len(asked))
    assert cost[0] == cost[1]
    while True:
        seen += [row.pk for row in page.context["page"].rows]
        if not page.context["page"].older_url:
            break
        page = client.get(LIST + page.context["page"].older_url)
    assert seen == list(Notification.objects.newest_first().values_list("pk", flat=True))
    assert not Notification.objects.unseen().exists()
    assert client.get(f"{LIST}?before=nonsense&after=x").status_code == 200


# --- By mail ---------------------------------------------------------------------------------------


def test_one_says_how_often_only_for_oneself_and_nonsense_is_refused():
    client, other = visit(ravi()), rosa()
    assert ravi().talk_mail == Mail.DAILY
    for wanted in Mail.values:
        page = client.post(LIST, {"talk_mail": wanted, "is_superuser": "on", "mail": "never"}, follow=True)
        assert "Saved." in page.text
        assert (ravi().talk_mail, ravi().is_superuser, ravi().mail) == (wanted, False, Mail.AT_ONCE)
    for wrong in ({}, {"talk_mail": "weekly"}):
        page = client.post(LIST, wrong)
        assert (page.status_code, "id_talk_mail_error" in page.text) == (422, True)
    assert ravi().talk_mail == Mail.NEVER
    other.refresh_from_db()
    assert other.talk_mail == Mail.DAILY
    assert Client(enforce_csrf_checks=True).post(LIST, {"talk_mail": "never"}).status_code == 403


# --- Following -------------------------------------------------------------------------------------


def test_one_follows_mutes_and_hears_again_of_a_discussion_and_the_script_knows():
    edition, client = make_edition(), visit(ravi())
    url = f"/comments/{edition.article_id}/follow/"
    assert Client().post(url, {"mode": "follow"}).status_code == 302
    for mode in ("follow", "mute", "", "follow"):
        assert client.post(url, {"mode": mode})["Location"] == f"{edition.path}#discussion"
        assert list(Following.objects.values_list("mode", flat=True)) == ([mode] if mode else [])
        assert f'value="{mode}" id' in client.get(url).text
        assert client.get(f"/comments/{edition.article_id}/me/").json()["follows"] == mode
    wrong = client.post(url, {"mode": "shout"})
    assert (wrong.status_code, "id_mode_error" in wrong.text) == (422, True)
    assert Following.objects.get().mode == "follow"
    assert client.post("/comments/999999/follow/").status_code == 404


def test_what_one_follows_stands_in_the_list_and_is_undone_there_also_when_its_story_is_gone():
    edition, client = make_edition(headline="Harbour Lights"), visit(ravi())
    following.follow(posting.open_for(edition), by=ravi(), mode="mute")
    assert "Harbour Lights" in client.get(LIST).text
    take_down(publishing.unpublish, edition.article)
    page = client.get(LIST).text
    assert "Harbour Lights" not in page
    assert "not on the site now" in page
    undo = f"/comments/followed/{Following.objects.get().pk}/undo/"
    visit(rosa()).post(undo)
    assert Client().post(undo).status_code == 302
    assert (client.get(undo).status_code, Following.objects.count()) == (405, 1)
    for _ in range(2):
        assert client.post(undo)["Location"] == LIST
    assert not Following.objects.exists()


# --- Elsewhere -------------------------------------------------------------------------------------


def test_the_number_of_what_is_new_is_told_to_nobody_else():
    edition = make_edition()
    for _ in range(2):
        comment = answered(ravi(), edition=edition)
    me = f"/comments/{edition.article_id}/me/"
    told = visit(ravi()).get(me).json()
    assert (told["unseen"], told["notifications_url"]) == (2, LIST)
    assert visit(rosa()).get(me).json()["unseen"] == 0
    reject(comment)
    assert visit(ravi()).get(me).json()["unseen"] == 1
    visit(ravi()).get(LIST)
    assert visit(ravi()).get(me).json()["unseen"] == 0


def test_ones_data_hold_what_one_was_told_and_follows_without_the_words_of_others():
    comment = answered(ravi(), "A word of mine")
    following.follow(comment.discussion, by=ravi(), mode="mute")
    data = takeout.gather(ravi())
    assert [row["what"] for row in data["notifications"]] == ["You were answered"]
    assert [row["mode"] for row in data["followed"]] == ["mute"]
    assert data["account"]["talk_mail"] == "daily"
    page = takeout.archive(ravi())
    assert b"A word of mine" not in page
