"""Editors plan: by dragging, by the button, with and without scripts; and the board."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import embargo, publishing
from articles.models import Edition
from tests.browser.conftest import Complaints
from tests.browser.looking import DESKTOP, PHONE
from tests.factories import edith, make_article, make_edition, publish, rory

CALENDAR = "/admin/articles/article/calendar/"


def at_nine(days: int) -> datetime:
    """Nine o'clock so many days after the Monday that comes."""
    today = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday() + days)


def moment_of(edition: Edition) -> datetime:
    edition.refresh_from_db()
    return timezone.localtime(edition.live_at)


def week_of(moment: datetime) -> str:
    return f"{CALENDAR}?week={moment:%G-W%V}"


def test_dragging_to_another_day_moves_what_waits_and_keeps_its_hour(new_person: Callable[..., Page]) -> None:
    edition = make_edition(at_nine(1), headline="Harbour Lights sails again")
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(f"{CALENDAR}?month={at_nine(2):%Y-%m}")
    entry = desk.locator(".entry", has_text=edition.headline)
    with desk.expect_navigation():
        entry.drag_to(desk.locator(f"[data-day='{at_nine(2):%Y-%m-%d}'] h2"))
    expect(desk.locator(".messagelist")).to_contain_text("Harbour Lights sails again")
    expect(desk.locator(f"[data-day='{at_nine(2):%Y-%m-%d}']")).to_contain_text(edition.headline)
    assert moment_of(edition) == at_nine(2)


def test_dragging_to_another_half_hour_moves_to_that(new_person: Callable[..., Page]) -> None:
    edition = make_edition(at_nine(1), headline="Harbour Lights sails again")
    wanted = at_nine(3) + timedelta(hours=2, minutes=30)
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(week_of(wanted))
    with desk.expect_navigation():
        desk.locator(".entry").drag_to(desk.locator(f"[data-at='{wanted.isoformat()}']"))
    expect(desk.locator(f"[data-at='{wanted.isoformat()}'] .entry")).to_contain_text("11:30 goes live")
    assert moment_of(edition) == wanted


def test_a_refused_drag_goes_back_and_says_why(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 409")
    article = make_article(headline="Harbour Lights sails again")
    lifts_at = at_nine(1) - timedelta(hours=1)
    embargo.set_embargo(article, embargo.Terms(lifts_at, "The studio"), version=article.version, by=edith())
    edition = publish(article, at_nine(1))
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(week_of(at_nine(1)))
    home = desk.locator(f"[data-at='{at_nine(1).isoformat()}']")
    there = desk.locator(f"[data-at='{at_nine(0).isoformat()}']")
    home.locator(".entry").drag_to(there)
    expect(desk.get_by_role("status").and_(desk.locator("[data-told]"))).to_contain_text(
        "Not moved. Under embargo of The studio until"
    )
    expect(home.locator(".entry")).to_have_count(1)
    expect(there.locator(".entry")).to_have_count(0)
    assert moment_of(edition) == at_nine(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_button_does_the_same_on_a_phone_and_by_keyboard(
    new_person: Callable[..., Page], complaints: Complaints, scripts: bool
) -> None:
    complaints.expect("status of 409")
    edition = make_edition(at_nine(1), headline="Harbour Lights sails again")
    desk = new_person(edith(), viewport=PHONE, java_script_enabled=scripts)
    desk.goto(week_of(at_nine(1)))
    desk.get_by_role("link", name="Move to… Harbour Lights").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Goes live at").fill("2020-01-01T09:00")
    desk.get_by_role("button", name="Move", exact=True).click()
    expect(desk.locator("#content")).to_contain_text("must be in the future")
    wanted = at_nine(4)
    desk.get_by_label("Goes live at").fill(f"{wanted:%Y-%m-%dT%H:%M}")
    desk.get_by_role("button", name="Move", exact=True).click()
    desk.wait_for_url(f"**{week_of(at_nine(1))}")
    expect(desk.locator(".entry", has_text=edition.headline)).to_be_visible()
    assert moment_of(edition) == wanted


def test_an_editor_approves_on_the_board(new_person: Callable[..., Page]) -> None:
    article = make_article(headline="Read me, Edith")
    publishing.submit(article, version=article.version, by=rory())
    desk = new_person(edith(), viewport=PHONE)
    desk.goto("/admin/articles/article/board/")
    desk.get_by_role("button", name="Approve Read me, Edith").click()
    expect(desk.locator(".messagelist")).to_contain_text("Approved")
    expect(desk.get_by_role("region", name="Ready")).to_contain_text("Read me, Edith")
    article.refresh_from_db()
    assert article.stage == "ready"
