"""Search in use: by keyboard and by hand, on a phone, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_edition, make_section, make_topic

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def paper() -> None:
    topic = make_topic("The Lighthouse")
    make_edition(headline="Lighthouse keeper found", topics=(topic.pk,), body="<p>The lamp is lit.</p>")
    make_edition(headline="A lighthouse for sale", section=make_section("film").pk)


@pytest.fixture
def reader(new_person: Callable[..., Page], paper: None) -> Page:
    """Somebody before the empty search, on a phone."""
    page = new_person(None, viewport=PHONE)
    page.goto("/search/")
    return page


def test_suggestions_are_walked_with_the_keyboard(reader: Page) -> None:
    field, options = reader.get_by_role("combobox"), reader.get_by_role("option")
    expect(field).to_be_focused()
    field.press_sequentially("light")
    expect(options).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowUp")
    expect(reader.locator("[role=option][aria-selected=true]")).to_have_count(0)
    field.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("light")


def test_a_suggestion_leads_to_its_page(reader: Page) -> None:
    field = reader.get_by_role("combobox")
    field.press_sequentially("keep")
    expect(reader.get_by_role("option")).to_have_text(["Lighthouse keeper found Story"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Lighthouse keeper found")
    reader.go_back()
    reader.get_by_role("combobox").fill("lighth")
    reader.get_by_role("option", name="The Lighthouse").click()
    expect(reader).to_have_url(reader.url.partition("/topics/")[0] + "/topics/the-lighthouse/")


def test_enter_without_a_choice_searches(reader: Page) -> None:
    field = reader.get_by_role("combobox")
    field.press_sequentially("lighthouse")
    expect(reader.get_by_role("option")).to_have_count(3)
    field.press("Enter")
    expect(reader.locator(".search__count")).to_contain_text("2 stories")


@pytest.mark.usefixtures("paper")
def test_it_works_without_scripts(new_person: Callable[..., Page]) -> None:
    page = new_person(None, viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("lighthouse")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".result mark")).to_have_text(["Lighthouse", "lighthouse"])
    page.get_by_role("navigation", name="Narrow it down").get_by_role("link", name="FILM").click()
    expect(page.locator(".result")).to_have_count(1)
    page.get_by_role("link", name="Take off Section FILM").click()
    expect(page.locator(".result")).to_have_count(2)
    page.get_by_role("searchbox").fill("lihgthouse")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="lighthouse", exact=True).click()
    expect(page.locator(".result")).to_have_count(2)


@pytest.mark.usefixtures("paper")
def test_who_is_lost_can_search(new_person: Callable[..., Page], complaints) -> None:
    complaints.expect("status of 404")
    page = new_person(None, viewport=PHONE)
    page.goto("/nowhere/")
    page.get_by_role("combobox").fill("keeper")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".result")).to_have_count(1)
