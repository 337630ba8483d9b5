"""The admin's front page: each person's own day, in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import embargo, publishing
from articles.models import Article
from newsroom.lib.charts import HEIGHT, WIDTH, bar_chart
from newsroom.models import User
from newsroom.pages import dashboard as pages
from tests.factories import edith, make_article, make_comment, make_edition, make_user, mo, publish, rory, rosa, wren

HOUR = timedelta(hours=1)


def front(user: User) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("admin:index"))


def submit(article: Article) -> Article:
    return publishing.submit(article, version=article.version, by=rory())


# --- It works --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_editor_sees_what_waits_for_review_the_longest_first():
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        submit(make_article(headline="Waits longest"))
    submit(make_article(headline="Waits too"))
    make_article(headline="Only a draft")
    assert [article.headline for article, _ in front(edith()).context["review"]] == ["Waits longest", "Waits too"]


@pytest.mark.django_db
def test_the_next_day_has_what_goes_live_what_ends_and_what_lifts():
    now = timezone.now()
    make_edition(at=now + 3 * HOUR, headline="Goes live")
    make_edition(at=now + 30 * HOUR, headline="Tomorrow evening")
    ending = make_edition(headline="Ends").article
    ending.refresh_from_db()
    publishing.expire(ending, version=ending.version, by=edith(), at=now + 2 * HOUR)
    lifting = make_article(headline="Lifts")
    embargo.set_embargo(lifting, embargo.Terms(now + HOUR, "Source"), version=lifting.version, by=edith())
    rows = front(edith()).context["today"]
    assert [(what, article.headline) for _, what, article in rows] == [
        ("embargo lifts", "Lifts"),
        ("ends", "Ends"),
        ("goes live", "Goes live"),
    ]


@pytest.mark.django_db
def test_live_stories_stand_with_their_comments():
    edition = make_edition()
    make_comment(edition, by=edith())
    assert front(edith()).context["live"] == [(edition.article.live_edition, 0, 1)]


@pytest.mark.django_db
def test_a_moderator_is_told_how_many_comments_wait():
    make_comment(make_edition(), by=rosa())
    page = front(mo())
    assert page.context["held"] == 1
    assert "1 comment waits" in page.text


@pytest.mark.django_db
def test_the_charts_count_days_and_hours():
    with time_machine.travel(timezone.now() - 5 * HOUR, tick=False):
        article = submit(make_article())
    publish(article)
    published, comments, review = (chart for chart in front(edith()).context["charts"])
    assert sum(bar.value for bar in published.bars) == 1
    assert published.summary == f"1 published in {pages.DAYS} days."
    assert sum(bar.value for bar in comments.bars) == 0
    assert "within 5.0 hours" in review.summary


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_writer_sees_only_their_own():
    submit(make_article(headline="Rory’s"))
    at = timezone.now() + HOUR
    publish(make_article(headline="Rory’s scheduled"), at)
    page = front(wren())
    assert (page.context["review"], page.context["mine"], page.context["today"]) == ([], [], [])
    assert "Rory’s" not in page.text


@pytest.mark.django_db
def test_who_only_works_here_sees_no_story_at_all():
    submit(make_article(headline="Rory’s"))
    page = front(make_user("sam", is_staff=True))
    assert page.status_code == 200
    assert "mine" not in page.context
    assert "Rory’s" not in page.text


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("stories", [2, 25])
def test_it_takes_the_same_queries_for_any_number_of_stories(django_assert_max_num_queries, stories):
    for _ in range(stories):
        make_edition()
        submit(make_article())
    client = Client()
    client.force_login(edith())
    with django_assert_max_num_queries(24):
        client.get(reverse("admin:index"))


# --- The charts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [[], [0], [0, 0], [5], [1, 2, 3], [0.5, 1000]])
def test_bars_stay_inside_their_chart_and_the_highest_reaches_the_top(values):
    chart = bar_chart("T", "u", [(str(value), value) for value in values], "")
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.01
    if any(values):
        assert max(bar.height for bar in chart.bars) == HEIGHT
