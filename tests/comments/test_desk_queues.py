"""The queues of the desk: what stands in each, in which order, and how to look for something in them."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from comments import branches, moderation, rewording
from comments.desk.queues import QUEUES
from comments.models import Comment, Report
from comments.posting import Words
from tests.factories import (
    make_comment,
    make_edition,
    make_guest,
    make_section,
    make_shown_comment,
    make_user,
    mo,
    ravi,
    reject,
    rosa,
)

pytestmark = pytest.mark.django_db

NAMES = [queue.name for queue in QUEUES]


@pytest.fixture
def desk(client):
    client.force_login(mo())
    return client


def url(name: str) -> str:
    return "/desk/" if name == "queue" else f"/desk/{name}/"


def found(desk, name: str, **query) -> list[str]:
    """The words of the comments on a page of a queue, in its order."""
    return [card.comment.body for card in desk.get(url(name), query).context.get("cards", [])]


def shown(body: str, **fields) -> Comment:
    """A comment that readers see and nobody has ruled on."""
    comment = make_comment(make_edition(), by=ravi(), body=body)
    Comment.objects.filter(pk=comment.pk).update(**fields)
    return Comment.objects.get(pk=comment.pk)


def report(comment: Comment, reason: str = "spam", **fields) -> None:
    Report.objects.create(comment=comment, version=1, reason=reason, **{"at": timezone.now()} | fields)


def test_the_worst_waits_at_the_head_and_then_the_longest_waiting(desk):
    edition, now = make_edition(), timezone.now()
    for body, severity, age in (("new", 0, 1), ("old", 0, 9), ("bad", 2, 1), ("worst", 3, 0), ("bad and old", 2, 5)):
        comment = make_comment(edition, body=body)
        aged = now - timedelta(hours=age)
        Comment.objects.filter(pk=comment.pk).update(severity=severity, posted_at=aged, state="held")
    assert found(desk, "queue") == ["worst", "bad and old", "bad", "old", "new"]


def test_each_comment_stands_where_it_belongs(desk):
    make_comment(make_edition(), by=rosa(), body="held")
    reject(make_comment(make_edition(), body="rejected"))
    shown("shown")
    shown("liked", like_count=2)
    shown("loved", like_count=5)
    shown("flagged", is_flagged=True)
    report(shown("reported"))
    report(shown("complained of"), weight=1.5)
    report(shown("unlawful"), "illegal", weight=0.5)
    report(shown("right"), "error")
    report(shown("answered"), handled_at=timezone.now(), outcome="kept")
    make_shown_comment(make_edition(), by=make_user("nell"), body="approved")
    Comment.objects.filter(author=ravi(), body="I liked it.").delete()
    newest = ["answered", "right", "unlawful", "complained of", "reported", "flagged", "loved", "liked", "shown"]
    assert found(desk, "queue") == ["held"]
    assert found(desk, "reported") == ["complained of", "reported", "unlawful"]
    assert found(desk, "flagged") == ["flagged"]
    assert found(desk, "illegal") == ["unlawful"]
    assert found(desk, "errors") == ["right"]
    assert found(desk, "popular") == ["loved", "liked"]
    assert found(desk, "unreviewed") == newest
    assert found(desk, "all") == ["approved", *newest, "rejected", "held"]


def test_what_was_ruled_on_is_reviewed_until_that_is_undone_or_the_words_change():
    comment = shown("once")
    for ruling in (moderation.keep, moderation.keep):
        decision = ruling(comment, version=comment.version, by=mo())
        comment.refresh_from_db()
        assert comment.reviewed_at == decision.at
    branches.undo(decision, by=mo())
    comment.refresh_from_db()
    assert comment.reviewed_at is None
    moderation.keep(comment, version=comment.version, by=mo())
    rewording.edit(comment, Words("Other words."), version=comment.version + 1, by=ravi())
    comment.refresh_from_db()
    assert comment.reviewed_at is None


def test_an_error_pointed_to_again_is_there_again(desk):
    comment = shown("right")
    report(comment, "error")
    moderation.keep(comment, version=comment.version, by=mo())
    assert found(desk, "errors") == []
    report(comment, "error", at=timezone.now() + timedelta(seconds=1))
    assert found(desk, "errors") == ["right"]


@pytest.mark.parametrize("name", ["queue", "unreviewed", "popular", "all", "flagged"])
def test_the_rest_of_a_long_queue_is_a_page_away_and_nothing_twice(desk, monkeypatch, name):
    monkeypatch.setattr("comments.desk.queue.PAGE", 3)
    edition, moment = make_edition(), timezone.now()
    for number in range(8):
        comment = make_comment(edition, by=ravi(), body=f"No. {number}")
        state = "held" if name == "queue" else "shown"
        same = {"posted_at": moment, "like_count": 1 + number // 3, "severity": number // 3, "is_flagged": True}
        Comment.objects.filter(pk=comment.pk).update(state=state, **same)
    Comment.objects.filter(body="I liked it.").update(state="rejected", is_flagged=False)
    address, seen, pages = url(name) + "?state=shown" * (name == "all"), [], 0
    while address:
        page = desk.get(address)
        seen += [card.comment.body for card in page.context["cards"]]
        address, pages = page.context.get("later_url", ""), pages + 1
    assert pages == 3
    assert sorted(seen) == [f"No. {number}" for number in range(8)]


@pytest.mark.parametrize("name", NAMES)
def test_a_full_queue_costs_no_more_queries_than_a_short_one(desk, name):
    counts = []
    for more in (2, 5):
        for number in range(more):
            comment = shown(f"{more} {number}", like_count=number, is_flagged=True, severity=number % 4)
            for reason in ("spam", "illegal", "error"):
                report(comment, reason)
            make_comment(make_edition(), by=make_user(f"new-{more}-{number}"))
        with CaptureQueriesContext(connection) as captured:
            desk.get(url(name), {"q": "o"})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 22


# --- Looking for something -------------------------------------------------------------------------


@pytest.fixture
def said(desk):
    """Three comments under two stories."""
    film = make_edition(section=make_section("film").pk, slug="the-film")
    other = make_edition()
    make_comment(film, by=ravi(), body="A ferry, surely")
    reject(make_comment(film, by=rosa(), body="The butler did it"))
    comment = make_comment(other, by=ravi(), body="FERRY and 100%")
    Comment.objects.filter(pk=comment.pk).update(posted_at=timezone.now() - timedelta(days=10))
    Comment.objects.filter(body="I liked it.").delete()
    return film


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ({"q": "ferry"}, ["A ferry, surely", "FERRY and 100%"]),
        ({"q": "0%"}, ["FERRY and 100%"]),
        ({"q": "' OR 1=1 --"}, []),
        ({"author": "ROSA"}, ["The butler did it"]),
        ({"author": "rosa reads"}, ["The butler did it"]),
        ({"author": "ravi", "q": "surely"}, ["A ferry, surely"]),
        ({"story": "/film/the-film/"}, ["The butler did it", "A ferry, surely"]),
        ({"story": "https://news.example/film/the-film"}, ["The butler did it", "A ferry, surely"]),
        ({"state": "rejected"}, ["The butler did it"]),
        ({"since": "TODAY"}, ["The butler did it", "A ferry, surely"]),
        ({"until": "YESTERDAY"}, ["FERRY and 100%"]),
        ({"section": "film", "state": "shown"}, ["A ferry, surely"]),
        ({}, ["The butler did it", "A ferry, surely", "FERRY and 100%"]),
    ],
)
def test_comments_are_found_by(desk, said, query, bodies):
    days = {"TODAY": timezone.localdate(), "YESTERDAY": timezone.localdate() - timedelta(days=1)}
    asked = {name: days.get(value, value) for name, value in query.items()}
    if "section" in asked:
        asked["section"] = make_section("film").pk
    assert found(desk, "all", **asked) == bodies


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"author": "nobody"}, "Nobody here has this name."),
        ({"story": "/no/such/"}, "No story has this address."),
        ({"story": "http://[bad"}, "No story has this address."),
        ({"section": "999"}, "Select a valid choice"),
        ({"section": "x' OR"}, "Select a valid choice"),
        ({"state": "odd"}, "Select a valid choice"),
        ({"since": "soon"}, "Enter a valid date."),
        ({"until": "9999-12-31"}, "Ensure this value is less"),
        ({"since": "0001-01-01"}, "Ensure this value is greater"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "That is before the first day."),
    ],
)
def test_what_is_nonsense_is_told_and_nothing_is_shown(desk, query, told):
    make_comment(make_edition(), body="In the queue.")
    page = desk.get("/desk/", query)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert "In the queue." not in page.content.decode()
    assert all(escape(value) in page.content.decode() for name, value in query.items() if name != "section")


def test_nothing_that_is_sent_breaks_it(desk):
    names = ("q", "author", "story", "section", "state", "since", "after")
    values = ("\x00", "%00", "💥" * 60, "9" * 40, "-1", "<script>")
    for name, value in itertools.product(names, values):
        assert desk.get("/desk/all/", {name: value, "part": ""}).status_code in (200, 422), (name, value)


def test_guests_are_found_by_the_name_they_gave(desk):
    make_comment(make_edition(), by=make_guest(make_edition(), name="Nell Ashby"), body="A guest's.")
    assert found(desk, "all", author="Nell Ashby") == ["A guest's."]


def test_words_are_looked_for_in_the_newest_unless_one_says_whose(desk, monkeypatch):
    monkeypatch.setattr("comments.desk.search.SEARCHED", 1)
    edition = make_edition()
    for body in ("old ferry", "new ferry"):
        make_comment(edition, by=rosa(), body=body)
    assert found(desk, "queue", q="ferry") == ["new ferry"]
    assert "the newest" in desk.get("/desk/?q=ferry").content.decode()
    assert found(desk, "queue", q="ferry", author="rosa") == ["old ferry", "new ferry"]


def test_what_is_looked_for_stays_on_the_next_page_and_in_the_other_queues(desk, monkeypatch):
    monkeypatch.setattr("comments.desk.queue.PAGE", 1)
    edition = make_edition()
    for _ in range(2):
        make_comment(edition, body="a ferry")
    page = desk.get("/desk/?q=ferry")
    assert page.context["later_url"].startswith("/desk/?q=ferry&after=")
    assert 'href="/desk/all/?q=ferry"' in page.content.decode()
    assert page.context["found"] == "2"
