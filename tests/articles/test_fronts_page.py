"""The fronts' pages in the admin: what stands where, putting it there, moving it, and how a front will be."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Slot
from newsroom.models import User
from tests.articles.test_admin_story import messages_of
from tests.articles.test_fronts import crowd, limited, order
from tests.factories import (
    edith,
    make_article,
    make_edition,
    make_picture,
    make_section,
    make_slot,
    mo,
    rory,
    rosa,
    take_down,
    visit,
)

pytestmark = pytest.mark.django_db

FRONTS = "/admin/articles/slot/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AS_JSON = {"Accept": "application/json"}


def there(slot: Slot, what: str) -> str:
    return f"{FRONTS}{slot.pk}/{what}/"


def post(who: User, url: str, **data: Any) -> Any:
    return visit(who).post(url, data, follow=True)


# --- It works --------------------------------------------------------------------------------------


def test_an_editor_finds_a_story_and_puts_it_on_the_front():
    edition, picture = make_edition(headline="The lamp is out"), make_picture()
    page = visit(edith()).get(FRONTS, {"q": "lamp out"})
    assert f"{FRONTS}add/?front=&amp;story={edition.article_id}" in page.text
    url = f"{FRONTS}add/?front=&story={edition.article_id}"
    assert "The lamp is out" in visit(edith()).get(url).text
    page = post(edith(), url, place="lead", headline="Out", image=picture.pk, ends_at="2099-01-01T09:00")
    slot = Slot.objects.get()
    assert (slot.place, slot.headline, slot.image, slot.added_by) == ("lead", "Out", picture, edith())
    assert "has its place" in messages_of(page)
    assert "On the front now" in page.text
    assert Client().get("/").context["front"].lead.headline == "Out"


def test_a_slot_is_changed_and_removed():
    slot = make_slot(make_edition())
    assert "Top stories" in visit(edith()).get(there(slot, "change")).text
    page = post(edith(), there(slot, "change"), place="picks", version=1, starts_at="2026-01-01T09:00")
    assert "Changed" in messages_of(page)
    slot.refresh_from_db()
    assert (slot.place, slot.version) == ("picks", 2)
    page = post(edith(), there(slot, "remove"), version=2)
    assert "stays as it is" in messages_of(page)
    assert not Slot.objects.exists()


def test_slots_are_moved_by_buttons_and_by_a_script():
    first, second = (make_slot(make_edition()) for _ in range(2))
    seen = f"{first.pk},{second.pk}"
    page = post(edith(), there(second, "move"), place="top", to=0, seen=seen)
    assert page.status_code == 200
    assert order() == [second.pk, first.pk]
    answer = visit(edith()).post(
        there(first, "move"), {"place": "top", "to": 0, "seen": f"{second.pk},{first.pk}"}, headers=AS_JSON
    )
    assert (answer.status_code, answer.json()) == (200, {"error": ""})
    assert order() == [first.pk, second.pk]


def test_the_page_says_what_is_on_what_waits_and_what_is_over():
    now = timezone.now()
    editions = [make_edition() for _ in range(4)]
    make_slot(editions[0], "lead")
    make_slot(editions[1], "lead")
    make_slot(editions[2], "picks", starts_at=now + HOUR)
    over = make_slot(editions[3], "picks")
    Slot.objects.filter(pk=over.pk).update(starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    make_slot(make_edition(now + DAY), "top")
    gone = make_edition()
    make_slot(gone, "breaking")
    take_down(publishing.unpublish, gone.article)
    page = visit(edith()).get(FRONTS).text
    for words in (
        "On the front now",
        "takes the room",
        "Waits until",
        "Over since",
        "its story goes live on",
        "readers do not have its story",
    ):
        assert page.count(words) == 1, words


def test_a_front_is_seen_as_it_will_be():
    waiting = make_edition(timezone.now() + DAY, headline="Tomorrow’s news")
    make_slot(make_edition(headline="Tonight’s lead"), "lead", starts_at=timezone.now() + HOUR)
    page = visit(edith()).get(FRONTS, {"at": f"{timezone.localtime() + 2 * DAY:%Y-%m-%dT%H:%M}"})
    frame = page.context["frame"]
    assert "As it will be on" in page.text
    answer = visit(edith()).get(frame)
    assert answer.context["front"].lead.headline == "Tonight’s lead"
    assert waiting.headline in answer.text
    assert waiting.headline not in Client().get("/").text
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_front_seen_ahead_is_the_one_that_comes():
    make_slot(make_edition(), "lead", starts_at=timezone.now() + HOUR)
    make_edition(timezone.now() + 2 * HOUR)
    make_slot(make_edition(), "picks", ends_at=timezone.now() + 3 * HOUR)
    for hours in (0.5, 1.5, 2.5, 3.5):
        at = timezone.now() + hours * HOUR
        ahead = visit(edith()).get(f"{FRONTS}preview/", {"front": "", "at": at.isoformat()}).context["front"].shown
        with time_machine.travel(at):
            assert Client().get("/").context["front"].shown == ahead


# --- What is refused -------------------------------------------------------------------------------


def test_a_stale_form_is_told_and_keeps_what_was_typed():
    slot = make_slot(make_edition())
    post(edith(), there(slot, "change"), place="picks", version=1)
    page = post(edith(), there(slot, "change"), place="lead", headline="Mine", version=1)
    assert page.status_code == 422
    assert "Somebody else has changed this front" in page.text
    assert 'value="Mine"' in page.text
    again = post(edith(), there(slot, "change"), place="lead", headline="Mine", version=2)
    assert again.status_code == 200
    assert Slot.objects.get().headline == "Mine"


@pytest.mark.parametrize(
    "data",
    [
        {"place": "attic"},
        {"place": "read"},
        {"place": "top", "ends_at": "nonsense"},
        {"place": "top", "starts_at": "2026-01-02T09:00", "ends_at": "2026-01-01T09:00"},
        {"place": "top", "ends_at": "0001-01-01T00:00"},
        {"place": "top", "starts_at": "9999-12-31T23:59"},
        {"place": "top", "headline": "x" * 201},
        {"place": "top", "image": "999999"},
        {"place": "top", "image": "x"},
        {},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(data):
    edition = make_edition()
    page = post(edith(), f"{FRONTS}add/?front=&story={edition.article_id}", **data)
    assert page.status_code == 422
    assert "errorlist" in page.text
    assert not Slot.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"place": "top", "to": 0, "seen": "1,2,3"},
        {"place": "top", "to": "x", "seen": ""},
        {"place": "attic", "to": 0, "seen": ""},
        {"place": "top", "to": 0, "seen": "٣"},
        {"place": "top", "to": 0, "seen": "9" * 400},
        {},
    ],
)
def test_a_move_of_nonsense_is_told_and_moves_nothing(data):
    slot = make_slot(make_edition())
    assert "message" in post(edith(), there(slot, "move"), **data).text
    answer = visit(edith()).post(there(slot, "move"), data, headers=AS_JSON)
    assert answer.status_code == 409
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?front=nowhere", 404),
        ("?at=nonsense", 200),
        ("?at=9999-99-99T99:99", 200),
        ("?width=7", 200),
        ("?q=%00%25_", 200),
        ("preview/?front=nowhere", 404),
        ("preview/?front=&at=nonsense", 200),
        ("preview/?front=&at=0001-01-01T00:00:00%2B14:00", 200),
        ("preview/?front=&at=9999-12-31T23:59:59-14:00", 200),
        ("add/?front=&story=٣", 404),
        ("add/?front=&story=" + "9" * 30, 404),
        ("add/", 404),
    ],
)
def test_nonsense_in_an_address_breaks_nothing(query, status):
    make_section()
    assert visit(edith()).get(FRONTS + query).status_code == status


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [rosa, rory, mo, lambda: None])
def test_no_one_but_editors_finds_the_fronts(who):
    slot, person = make_slot(make_edition()), who()
    client = visit(person) if person else Client()
    for url in ("", "preview/?front=", f"add/?front=&story={slot.article_id}", f"{slot.pk}/change/"):
        assert client.get(FRONTS + url).status_code in {302, 403, 404}, url
    for what in ("move", "remove", "change"):
        data = {"place": "lead", "to": 0, "seen": "", "version": 1}
        assert client.post(there(slot, what), data).status_code in {302, 403, 404}, what
    assert Slot.objects.get().version == 1


def test_an_editor_of_a_section_finds_its_front_alone():
    fay = limited()
    elsewhere, own = make_slot(make_edition()), make_slot(make_edition(), "top", "film", by=fay)
    page = visit(fay).get(FRONTS)
    assert [slug for _, slug, _ in page.context["choices"]] == ["film"]
    assert visit(fay).get(there(own, "change")).status_code == 200
    for query in ("?front=", "?front=tv", "preview/?front=", "preview/?front=tv", "add/?front=&story=1"):
        assert visit(fay).get(FRONTS + query).status_code == 403, query
    for what in ("change", "move", "remove"):
        assert visit(fay).post(there(elsewhere, what), {"version": 1}).status_code == 404


def test_an_editor_of_a_section_learns_of_no_other_sections_plans():
    fay, waiting = limited(), make_edition(timezone.now() + HOUR, headline="Quetzal")
    draft = make_article(headline="Quetzal in the drawer")
    make_slot(waiting, "lead", "film")
    Slot.objects.create(article=draft, place="picks", section=make_section("film"))
    assert "Quetzal" in visit(edith()).get(FRONTS, {"front": "film"}).text
    at = f"{timezone.now() + DAY:%Y-%m-%dT%H:%M:%SZ}"
    for url in (f"{FRONTS}?front=film", f"{FRONTS}?q=Quetzal", f"{FRONTS}preview/?front=film&at={at}"):
        assert "Quetzal" not in visit(fay).get(url).text.replace("q=Quetzal", "").replace('value="Quetzal"', ""), url
    add = f"{FRONTS}add/?front=film&story={waiting.article_id}"
    assert visit(fay).get(add).status_code == 404
    assert "Quetzal" in visit(edith()).get(f"{FRONTS}preview/?front=film&at={at}").text


# --- What it costs ---------------------------------------------------------------------------------


def test_the_page_costs_the_same_for_few_stories_and_many():
    model, cost = make_edition(), []
    for count in (40, 80):
        crowd(model, count)
        client = visit(edith())
        for url in (FRONTS, f"{FRONTS}preview/?front="):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            cost.append(len(asked))
    assert cost[:2] == cost[2:]
