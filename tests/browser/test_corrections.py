"""An editor finds an error in a live story, and a stranger with a phone learns of it."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, objections
from tests.factories import edith, make_edition

WORDS = "The ferry has two funnels, not three."


@pytest.mark.usefixtures("editor_noise")
def test_an_editor_corrects_a_live_story_and_a_stranger_reads_it(new_person: Callable[..., Page]) -> None:
    edition = make_edition(headline="Harbour Lights </script> sails again", slug="sails")
    desk = new_person(edith())
    desk.goto(f"/admin/articles/article/{edition.article_id}/change/")
    desk.get_by_role("link", name="Corrections", exact=True).click()
    desk.get_by_label("What readers are told").fill(WORDS)
    desk.get_by_label("At the top").check()
    desk.get_by_role("button", name="Tell readers").click()
    expect(desk.locator(".messagelist")).to_contain_text("Correction added: readers see it now.")

    stranger = new_person(viewport=PHONE, java_script_enabled=False)
    stranger.goto(edition.path)
    said = stranger.locator("article").get_by_text(WORDS)
    expect(said).to_be_visible()
    assert said.bounding_box()["y"] < stranger.locator(".article__body").bounding_box()["y"]
    stranger.get_by_role("contentinfo").get_by_role("link", name="Corrections").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Corrections")
    expect(stranger.get_by_text(WORDS)).to_be_visible()
    stranger.get_by_role("link", name="sails again").click()
    stranger.wait_for_url(f"**{edition.path}")

    # With scripts, on every screen and in every light; the console stays silent about the block of data.
    looker = new_person(viewport=PHONE)
    for url in (edition.path, "/corrections/"):
        looker.goto(url)
        assert not list(objections(looker, {}))
    looker.goto(edition.path)
    block = json.loads(looker.locator('script[type="application/ld+json"]').text_content())["@graph"][0]
    assert (block["headline"], block["correction"][0]["text"]) == (edition.headline, WORDS)

    desk.get_by_text("Withdraw …").click()
    desk.get_by_label("Why is it withdrawn?").fill("It has three.")
    desk.get_by_role("button", name="Withdraw", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Withdrawn")
    for url in (edition.path, "/corrections/"):
        stranger.goto(url)
        expect(stranger.get_by_text(WORDS)).to_have_count(0)


@pytest.mark.usefixtures("editor_noise")
def test_readers_are_told_of_an_update_only_when_the_box_is_ticked(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    desk, reader = new_person(edith()), new_person(viewport=PHONE)
    for dek, is_ticked in (("A comma, moved.", False), ("Another ending.", True)):
        desk.goto(f"/admin/articles/article/{edition.article_id}/change/")
        desk.get_by_label("Dek").fill(dek)
        desk.get_by_role("button", name="Save", exact=True).click()
        desk.get_by_label("Tell readers it was updated").set_checked(is_ticked)
        desk.get_by_role("button", name="Update live story").click()
        expect(desk.locator(".messagelist")).to_contain_text("Published")
        reader.goto(edition.path)
        expect(reader.locator(".article__dek")).to_have_text(dek)
        expect(reader.locator(".article__times").get_by_text("Updated")).to_have_count(int(is_ticked))
