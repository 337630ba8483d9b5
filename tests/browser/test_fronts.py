"""Editors order a front: by dragging, by the buttons, with and without scripts; and see it as it will be."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Slot
from tests.articles.test_fronts import order
from tests.browser.conftest import Complaints
from tests.browser.looking import DESKTOP, PHONE
from tests.factories import edith, make_edition, make_slot

FRONTS = "/admin/articles/slot/"


def three() -> list[Slot]:
    return [make_slot(make_edition(headline=f"Story {name}")) for name in ("one", "two", "three")]


def headlines(page: Page, place: str = "top") -> list[str]:
    return page.locator(f"[data-place={place}] h3").all_inner_texts()


def test_dragging_puts_a_story_before_another_and_into_another_place(new_person: Callable[..., Page]) -> None:
    first, second, third = three()
    make_slot(make_edition(headline="Story four"), "picks")
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(FRONTS)
    with desk.expect_navigation():
        desk.locator(f"[data-slot='{third.pk}'] h3").drag_to(
            desk.locator(f"[data-slot='{first.pk}']"), target_position={"x": 20, "y": 4}
        )
    assert headlines(desk) == ["Story three", "Story one", "Story two"]
    with desk.expect_navigation():
        desk.locator(f"[data-slot='{second.pk}'] h3").drag_to(desk.locator("#place-lead"))
    assert headlines(desk, "lead") == ["Story two"]
    assert (order(), order("lead")) == ([third.pk, first.pk], [second.pk])


def test_a_drag_on_a_page_that_is_out_of_date_goes_back_and_says_why(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    first, second, third = three()
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(FRONTS)
    make_slot(make_edition(headline="Story four"))
    desk.locator(f"[data-slot='{third.pk}'] h3").drag_to(
        desk.locator(f"[data-slot='{first.pk}']"), target_position={"x": 20, "y": 4}
    )
    expect(desk.locator("[data-told]")).to_contain_text("Somebody else has changed this front")
    assert headlines(desk) == ["Story one", "Story two", "Story three"]
    assert order()[:3] == [first.pk, second.pk, third.pk]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_buttons_do_the_same_on_a_phone(new_person: Callable[..., Page], scripts: bool) -> None:
    first, second, third = three()
    phone = new_person(edith(), viewport=PHONE, java_script_enabled=scripts)
    phone.goto(FRONTS)
    for name in ("Up ?: Story three", "Up ?: Story three", "Down ?: Story one"):
        with phone.expect_navigation():
            phone.get_by_role("button", name=re.compile(name)).click()
    assert order() == [third.pk, second.pk, first.pk]
    with phone.expect_navigation():
        phone.get_by_role("button", name=re.compile("Remove ?: Story two")).click()
    expect(phone.locator(".messagelist")).to_contain_text("the story stays as it is")


def test_the_front_of_tomorrow_is_in_the_frame(new_person: Callable[..., Page]) -> None:
    make_edition(headline="What is")
    make_slot(make_edition(headline="What comes"), "lead", starts_at=timezone.now() + timedelta(hours=1))
    desk = new_person(edith(), viewport=DESKTOP)
    desk.goto(FRONTS)
    desk.get_by_label("As it will be at").fill(f"{timezone.localtime() + timedelta(hours=3):%Y-%m-%dT%H:%M}")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Show").click()
    frame = desk.frame_locator(".ahead iframe")
    expect(frame.locator(".front-lead .card__headline")).to_have_text("What comes")
