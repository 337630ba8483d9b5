"""The stopwatch: how many clicks and keys lie between the admin's front page and a published story.

`pytest tests/browser/test_stopwatch.py -s` prints each of them. The words of the story are not counted; the letters
by which something is looked up are.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from tests.factories import edith, make_author, make_picture, make_section, make_topic

MOST = 25


class Stopwatch:
    """Counts what a hand does on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []

    def click(self, target: Locator, what: str) -> None:
        target.click()
        self.done.append(f"click {what}")

    def press(self, key: str, what: str = "") -> None:
        self.page.keyboard.press(key)
        self.done.append(f"key {key} {what}".strip())

    def look_up(self, letters: str) -> None:
        """Type the beginning of a name, every letter counted."""
        for letter in letters:
            self.press(letter)

    def write(self, words: str) -> None:
        """Type words of the story: not counted."""
        self.page.keyboard.type(words)


def first_found(page: Page, text: str) -> None:
    expect(page.locator(".select2-results__option--highlighted", has_text=text)).to_be_visible()


@pytest.mark.usefixtures("editor_noise")
def test_a_story_is_out_within_twenty_five_clicks_and_keys(new_person: Callable[..., Page]) -> None:
    editor = edith()
    make_author("Edith Okonjo", user=editor)
    make_section("film"), make_section("tv")
    make_topic("Harbour Lights"), make_topic("Widows Keep"), make_topic("Ferries")
    make_picture("The ferry in a storm")
    page = new_person(editor)
    page.goto("/admin/")
    hand = Stopwatch(page)

    hand.click(page.get_by_role("link", name="Start a story"), "“Start a story”")
    expect(page.get_by_label("What is the story called")).to_be_focused()
    hand.write("Harbour Lights sails again")
    hand.press("Enter", "to start writing")
    body = page.locator(".cke_editable")
    body.wait_for()
    hand.click(body, "the body")
    hand.write("The ferry drama is back, and so is the weather.")
    hand.click(page.get_by_label("Prompt"), "the prompt")
    hand.write("Will you be on board?")
    hand.click(page.locator("#id_about + .select2-container"), "topics")
    for letters, name in (("ha", "Harbour Lights"), ("wi", "Widows Keep")):
        hand.look_up(letters)
        first_found(page, name)
        hand.press("Enter", f"for {name}")
    hand.click(page.locator("#id_lead_image + .select2-container"), "the picture")
    hand.look_up("fe")
    first_found(page, "The ferry in a storm")
    hand.press("Enter", "for the picture")
    section = page.get_by_label("Section", exact=False)
    section.focus()
    hand.done.append("click the section")
    hand.look_up("t")
    hand.click(page.get_by_role("button", name="Publish now"), "“Publish now”")
    expect(page.locator(".messagelist")).to_contain_text("readers have it at /tv/harbour-lights-sails-again/")

    story = Article.objects.get().draft
    assert story.lead_image
    assert story.prompt
    assert len(story.topics) == 2
    total = f"{len(hand.done)} clicks and keys from the admin’s front page to a published story"
    print("", *hand.done, total, sep="\n  ")
    assert len(hand.done) <= MOST
