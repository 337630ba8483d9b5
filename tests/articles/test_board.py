"""The board: every story in its column, and the moves on its card."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from articles import publishing
from articles.models import Article
from newsroom.models import User
from tests.articles.test_calendar import crowd
from tests.factories import (
    assign,
    change,
    edith,
    make_article,
    make_edition,
    make_section,
    mo,
    publish,
    rory,
    rosa,
    visit,
    wren,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 3, 6, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOARD = "admin:articles_article_board"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def board(who: User, **query: str) -> dict[str, list[str]]:
    """The headlines of each column that has any."""
    columns = visit(who).get(reverse(BOARD), query).context["columns"]
    return {str(column.name): [str(card.article) for card in column.cards] for column in columns if column.cards}


def press(who: User | None, article: Article, move: str, **data: Any) -> Any:
    data = {"move": move, "version": article.version} | data
    url = reverse(f"{BOARD}_move", args=[article.pk])
    return visit(who).post(f"{url}?section=tv", data, follow=bool(data.pop("follow", True)))


def submit(article: Article) -> Article:
    return publishing.submit(article, version=article.version, by=rory())


def approve(article: Article) -> Article:
    return publishing.approve(article, version=article.version, by=edith())


def card_of(who: User, article: Article, column: str = "") -> Any:
    columns = visit(who).get(reverse(BOARD)).context["columns"]
    cards = [card for row in columns for card in row.cards if column in {"", row.name}]
    return next(card for card in cards if card.article.pk == article.pk)


# --- It works --------------------------------------------------------------------------------------


def test_every_story_stands_in_its_column():
    make_article(headline="Draft")
    submit(make_article(headline="In review"))
    approve(submit(make_article(headline="Ready")))
    make_edition(NOON + DAY, headline="Scheduled")
    make_edition(headline="Live")
    assert board(edith()) == {
        "draft": ["Draft"],
        "in_review": ["In review"],
        "ready": ["Ready"],
        "scheduled": ["Scheduled"],
        "today": ["Live"],
    }


def test_yesterdays_is_no_longer_live_today_and_what_was_taken_down_is_not_either(clock):
    make_edition(headline="Yesterday")
    clock.shift(DAY)
    article = make_edition(headline="Taken down").article
    article.refresh_from_db()
    publishing.unpublish(article, version=article.version, by=edith())
    assert board(edith()) == {"draft": ["Taken down"]}


def test_a_live_story_whose_change_is_in_review_stands_in_both_places():
    article = make_edition(headline="Both").article
    submit(change(article, by=rory(), dek="Another"))
    assert board(edith()) == {"in_review": ["Both"], "today": ["Both"]}


def test_a_card_says_since_when_it_stands_there(clock):
    article = make_article()
    clock.shift(HOUR)
    article = change(article, dek="Written on")
    assert card_of(edith(), article).since == NOON
    clock.shift(HOUR)
    article = submit(article)
    clock.shift(HOUR)
    article = change(article, dek="Still in review")
    assert card_of(edith(), article).since == NOON + 2 * HOUR
    article = approve(article)
    assert card_of(edith(), article).since == NOON + 3 * HOUR
    clock.shift(HOUR)
    article = publishing.send_back(article, version=article.version, by=edith(), note="Not yet.")
    clock.shift(DAY)
    card = card_of(edith(), article)
    assert (card.since, card.standing) == (NOON + 4 * HOUR, "1\xa0day")


def test_a_published_story_is_a_draft_since_it_was_changed(clock):
    article = make_edition().article
    clock.shift(HOUR)
    change(article, dek="One")
    clock.shift(HOUR)
    change(article, dek="Two")
    assert card_of(edith(), article, "draft").since == NOON + HOUR


def test_a_card_says_who_has_the_story_and_until_when():
    assign(make_article(), to=rory(), due=date(2030, 3, 8))
    assert "With rory, due" in visit(edith()).get(reverse(BOARD)).text
    assert list(board(wren())) == []
    assign(Article.objects.get(), to=wren())
    assert list(board(wren())) == list(board(edith(), person=str(wren().pk))) == ["draft"]


def test_one_section_or_one_person_can_be_chosen():
    make_article(headline="TV")
    make_article(headline="Film", section=make_section("film").pk)
    assert board(edith(), section="film") == {"draft": ["Film"]}
    assert board(edith(), person=str(rory().pk)) == {"draft": ["Film", "TV"]}
    assert board(edith(), person=str(wren().pk)) == {}
    assert len(board(edith(), section="none", person="x")["draft"]) == 2


def test_a_column_shows_thirty_and_leads_to_the_rest():
    section = make_section()
    Article.objects.bulk_create(Article(headline=f"Story {n}", section=section) for n in range(33))
    page = visit(edith()).get(reverse(BOARD), {"section": "tv"})
    column = page.context["columns"][0]
    assert (len(column.cards), column.count) == (30, 33)
    rest = f"{reverse('admin:articles_article_changelist')}?stage__exact=draft&section__id__exact={section.pk}"
    assert f'<a href="{rest}">3 more'.replace("&", "&amp;") in page.text
    assert visit(edith()).get(rest).context["cl"].result_count == 33


# --- Moves -----------------------------------------------------------------------------------------


def test_a_writer_submits_and_an_editor_approves_on_the_board():
    article = make_article()
    assert [move.name for move in card_of(rory(), article).moves] == ["submit"]
    page = press(rory(), article, "submit")
    assert "Submitted for review" in page.text
    assert page.redirect_chain[0][0] == f"{reverse(BOARD)}?section=tv"
    assert card_of(rory(), article).moves == []
    article.refresh_from_db()
    assert [move.name for move in card_of(edith(), article).moves] == ["approve"]
    assert "Approved" in press(edith(), article, "approve").text
    article.refresh_from_db()
    assert article.stage == "ready"


@pytest.mark.parametrize(
    ("move", "data", "words"),
    [
        ("submit", {"version": 1}, "changed meanwhile"),
        ("approve", {}, "is not possible"),
        ("publish", {}, "no such move"),
        ("", {}, "no such move"),
        ("submit", {"version": "x"}, "no such move"),
        ("submit", {"version": "9" * 5000}, "no such move"),
    ],
)
def test_a_refusal_is_told_in_words(move, data, words):
    article = make_article()
    page = press(edith(), article, move, **data)
    assert page.status_code == 200
    assert words in page.text
    article.refresh_from_db()
    assert article.stage == "draft"


def test_what_is_not_complete_stays_a_draft_and_says_why():
    article = make_article(section=None)
    assert "section" in press(rory(), article, "submit").text.lower()
    article.refresh_from_db()
    assert article.stage == "draft"


@pytest.mark.parametrize(("who", "status"), [(None, 302), (rosa, 302), (mo, 404), (wren, 404)])
def test_nobody_moves_a_story_they_may_not_see(who, status):
    article = make_article(headline="Quetzalcoatlus")
    answer = press(who and who(), article, "submit", follow=False)
    assert answer.status_code == status
    assert "Quetzalcoatlus" not in answer.text
    if who is wren:
        assert board(wren()) == {}
    article.refresh_from_db()
    assert article.stage == "draft"


def test_a_writer_approves_nothing():
    article = submit(make_article())
    assert "You may not do this" in press(rory(), article, "approve").text
    assert visit(edith()).get(reverse(f"{BOARD}_move", args=[article.pk])).status_code == 405


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_it_takes_the_same_queries_for_any_number_of_stories(django_assert_max_num_queries, count):
    crowd(count)
    publish(make_article())
    client = visit(edith())
    for stage in ("in_review", "ready"):
        pks = Article.objects.filter(stage="draft").values("pk")[: count // 3]
        Article.objects.filter(pk__in=list(pks.values_list("pk", flat=True))).update(stage=stage)
    with django_assert_max_num_queries(22):
        client.get(reverse(BOARD))
