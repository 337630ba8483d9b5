"""The calendar's page, and moving what waits from there."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import embargo, publishing
from articles.models import Article, Edition
from newsroom.models import User
from tests.factories import (
    assign,
    edith,
    make_article,
    make_edition,
    make_section,
    mo,
    publish,
    republish,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 3, 6, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CALENDAR = "admin:articles_article_calendar"


@pytest.fixture
def clock():
    """A Wednesday at noon, until the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def calendar(who: User | None, **query: str) -> Any:
    return visit(who).get(reverse(CALENDAR), query)


def lines(page: Any) -> list[str]:
    """What the page says: the time, what happens, and the headline."""
    found = re.findall(r'class="entry__when">(.*?)</p>\s*<p class="entry__story"><a[^>]*>(.*?)</a>', page.text, re.S)
    return [" ".join(re.sub(r"<[^>]*>", "", f"{when} {story}").split()) for when, story in found]


def move(who: User | None, edition: Edition, **data: Any) -> Any:
    """Send what the form sends and the dragging too, to the one address of both."""
    as_json = data.pop("as_json", False)
    url = reverse("admin:articles_article_reschedule", args=[edition.article_id, edition.pk])
    data = {"version": Article.objects.get(pk=edition.article_id).version} | data
    return visit(who).post(f"{url}?month=2030-03", data, headers={"accept": "application/json"} if as_json else {})


# --- What it shows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [{"month": "2030-03"}, {"week": "2030-W10"}, {"day": "2030-03-06"}])
def test_it_shows_what_went_live_goes_live_ends_and_lifts(clock, query):
    clock.shift(-2 * HOUR)
    make_edition(headline="Out")
    ending = make_edition(headline="Ending").article
    ending.refresh_from_db()
    publishing.expire(ending, version=ending.version, by=edith(), at=NOON + HOUR)
    clock.move_to(NOON)
    lifting = make_article(headline="Lifting")
    embargo.set_embargo(lifting, embargo.Terms(NOON + 2 * HOUR, "The studio"), version=lifting.version, by=edith())
    publish(lifting, NOON + 3 * HOUR)
    assert sorted(lines(calendar(edith(), **query))) == [
        "10:00 went live Ending",
        "10:00 went live Out",
        "13:00 ends Ending",
        "14:00 embargo lifts Lifting",
        "15:00 goes live Lifting",
    ]


@pytest.mark.parametrize("query", [{"month": "2030-03"}, {"week": "2030-W10"}, {"day": "2030-03-08"}])
def test_it_shows_what_is_due_and_who_has_it(clock, query):
    assign(make_article(headline="To write"), to=rory(), due=date(2030, 3, 8))
    assign(make_edition(headline="Out already").article, to=rory(), due=date(2030, 3, 8))
    page = calendar(edith(), **query)
    assert [line for line in lines(page) if "due" in line] == ["due To write"]
    assert "<span>rory</span>" in page.text
    clock.shift(7 * DAY)
    assert "was due To write" in lines(calendar(edith(), **query))


def test_what_was_cancelled_is_not_there_nor_what_lies_in_the_trash(clock):
    edition = make_edition(NOON + HOUR, headline="Cancelled")
    article = Article.objects.get(pk=edition.article_id)
    publishing.unschedule(article, version=article.version, by=edith())
    trashed = make_edition(NOON + HOUR, headline="Trashed")
    Article.objects.filter(pk=trashed.article_id).update(trashed_at=NOON)
    assert lines(calendar(edith())) == []


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (datetime(2030, 3, 6, 23, 30, tzinfo=UTC), "2030-03-07", "00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25", "02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25", "02:30"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29", "03:00"),
    ],
)
def test_days_and_hours_are_those_of_the_site(settings, moment, day, time):
    settings.TIME_ZONE = "Europe/Berlin"
    with time_machine.travel(moment, tick=False):
        make_edition(headline="Here")
        for query in ({"day": day}, {"week": f"{datetime.fromisoformat(day):%G-W%V}"}, {"month": day[:7]}):
            assert lines(calendar(edith(), **query)) == [f"{time} went live Here"]


def test_one_section_or_one_person_can_be_chosen(clock):
    make_edition(headline="Rory, TV")
    make_edition(headline="Rory, film", section=make_section("film").pk)
    make_edition(headline="Rory, too")
    assert lines(calendar(edith(), section="film")) == ["12:00 went live Rory, film"]
    assert len(lines(calendar(edith(), person=str(rory().pk)))) == 3
    assert lines(calendar(edith(), person=str(wren().pk))) == []


@pytest.mark.parametrize(
    "query",
    [{"month": "2030-13"}, {"week": "x"}, {"day": "2030-02-30"}, {"section": "\x00"}, {"person": "9" * 40}],
)
def test_a_wrong_address_gives_the_present_and_says_so(clock, query):
    make_edition(headline="Today")
    page = calendar(edith(), **query)
    assert page.status_code == 200
    assert lines(page) == ["12:00 went live Today"]
    assert re.search("There is no such|valid choice|Null characters", page.text)


def test_a_crowded_day_shows_a_few_and_leads_to_the_rest(clock):
    for _ in range(7):
        make_edition(NOON + HOUR)
    assert len(lines(calendar(edith()))) == 4
    assert '<a href="?day=2030-03-06">3 more' in calendar(edith()).text
    assert len(lines(calendar(edith(), week="2030-W10"))) == 3
    assert '<a href="?day=2030-03-06">4 more' in calendar(edith(), week="2030-W10").text
    assert len(lines(calendar(edith(), day="2030-03-06"))) == 7


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [(None, 302), (rosa, 302), (mo, 403), (rory, 200), (edith, 200)])
@pytest.mark.parametrize("name", ["calendar", "board", "feed"])
def test_it_is_for_those_who_see_stories(who, status, name):
    assert visit(who and who()).get(reverse(f"admin:articles_article_{name}")).status_code == status


def test_a_writer_sees_only_their_own_and_can_move_nothing(clock):
    make_edition(NOON + HOUR, headline="Rory’s secret")
    assert lines(calendar(wren())) == []
    page = calendar(rory())
    assert lines(page) == ["13:00 goes live Rory’s secret"]
    assert "Move to" not in page.text
    assert "draggable" not in page.text
    assert "Move to" in calendar(edith()).text


@pytest.mark.parametrize(("who", "status"), [(None, 302), (rosa, 302), (mo, 404), (wren, 404), (rory, 403)])
@pytest.mark.parametrize("as_json", [False, True])
def test_nobody_else_moves_anything(clock, who, status, as_json):
    edition = make_edition(NOON + HOUR, headline="Quetzalcoatlus")
    answer = move(who and who(), edition, at="2030-03-09T09:00", as_json=as_json)
    assert answer.status_code == status
    assert "Quetzalcoatlus" not in answer.text
    edition.refresh_from_db()
    assert edition.live_at == NOON + HOUR


# --- Moving ----------------------------------------------------------------------------------------


def test_the_form_moves_what_waits_and_goes_back_to_where_one_was(clock):
    edition = make_edition(NOON + HOUR, headline="Moved")
    answer = move(edith(), edition, at="2030-03-09T09:30", note="The cast asked.")
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse(CALENDAR)}?month=2030-03")
    edition.refresh_from_db()
    assert edition.live_at == datetime(2030, 3, 9, 9, 30, tzinfo=UTC)
    page = calendar(edith(), day="2030-03-09")
    assert lines(page) == ["09:30 goes live Moved"]


def test_a_script_is_told_in_words(clock):
    edition = make_edition(NOON + HOUR)
    assert move(edith(), edition, at="2030-03-09T09:30:00+01:00", as_json=True).json() == {"error": ""}
    edition.refresh_from_db()
    assert edition.live_at == datetime(2030, 3, 9, 8, 30, tzinfo=UTC)
    answer = move(edith(), edition, at="2030-03-06T09:00", as_json=True)
    assert (answer.status_code, answer.json()) == (409, {"error": "The moment to move it to must be in the future."})


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"at": "2030-03-05T09:00"}, 409, "must be in the future"),
        ({"at": "2030-03-09T09:00", "version": "1"}, 409, "changed meanwhile"),
        ({"at": "half past nine", "note": "Typed."}, 422, "half past nine"),
        ({"at": ""}, 422, "required"),
        ({"at": "2030-03-09T09:00", "version": "x"}, 422, "whole number"),
        ({"at": "2030-03-09T09:00", "note": "x" * 1001}, 422, "at most 1000"),
        ({"at": "9999-12-31T23:59:59-12:00"}, 422, "no such year"),
    ],
)
def test_a_refusal_is_said_and_what_was_typed_stays(clock, data, status, words):
    edition = make_edition(NOON + HOUR)
    answer = move(edith(), edition, **data)
    assert (answer.status_code, words in answer.text) == (status, True)
    if data["at"]:
        assert data["at"] in answer.text
    edition.refresh_from_db()
    assert edition.live_at == NOON + HOUR


def test_an_hour_that_the_clock_skips_or_shows_twice_is_asked_about(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC), tick=False):
        edition = make_edition(timezone.now() + DAY)
        for at in ("2026-03-29T02:30", "2026-10-25T02:30"):
            answer = move(edith(), edition, at=at)
            assert answer.status_code == 422
            assert "Europe/Berlin" in answer.text
        for at in ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"):
            assert move(edith(), edition, at=at).status_code == 302
            edition.refresh_from_db()
            assert edition.live_at == datetime.fromisoformat(at)


def test_nothing_moves_before_its_embargo_lifts(clock):
    article = make_article()
    embargo.set_embargo(article, embargo.Terms(NOON + DAY, "The studio"), version=article.version, by=edith())
    edition = publish(article, NOON + 2 * DAY)
    answer = move(edith(), edition, at="2030-03-07T11:00")
    assert answer.status_code == 409
    assert "Under embargo of The studio" in answer.text


def test_another_storys_edition_and_one_that_is_live_are_not_moved(clock):
    first, second = make_edition(NOON + HOUR), make_edition(NOON + HOUR)
    url = reverse("admin:articles_article_reschedule", args=[first.article_id, second.pk])
    assert visit(edith()).post(url, {"version": 3, "at": "2030-03-09T09:00"}).status_code == 404
    clock.shift(2 * HOUR)
    answer = move(edith(), first, at="2030-03-09T09:00")
    assert answer.status_code == 409
    assert "not possible" in answer.text or "does not wait" in answer.text


def test_what_moves_ends_what_it_replaces(clock):
    first = make_edition()
    clock.shift(HOUR)
    second = republish(first.article, NOON + DAY)
    move(edith(), second, at="2030-03-09T09:00")
    first.refresh_from_db()
    assert first.ends_at == datetime(2030, 3, 9, 9, tzinfo=UTC)


# --- What it costs ---------------------------------------------------------------------------------


def crowd(count: int) -> None:
    """So many stories, each with an edition that waits and an embargo, made in one go."""
    model = make_edition(NOON + HOUR)
    section = model.section_id
    stories = Article.objects.bulk_create(Article(headline=f"Story {n}", section_id=section) for n in range(count))
    rows = []
    for number, story in enumerate(stories):
        values = {field.attname: getattr(model, field.attname) for field in Edition._meta.concrete_fields}
        values |= {"id": None, "article_id": story.pk, "number": 1, "path": f"/tv/story-{number}/"}
        rows.append(Edition(**values))
    Edition.objects.bulk_create(rows)


@pytest.mark.parametrize("count", [10, 100, 1000])
@pytest.mark.parametrize("query", [{"month": "2030-03"}, {"week": "2030-W10"}, {"day": "2030-03-06"}])
def test_it_takes_the_same_queries_for_any_number_of_stories(clock, django_assert_max_num_queries, count, query):
    crowd(count)
    client = visit(edith())
    client.get(reverse(CALENDAR))
    with django_assert_max_num_queries(11):
        client.get(reverse(CALENDAR), query)
