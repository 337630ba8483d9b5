"""Working together: an editor asks, a writer answers and resolves; and the reason for which a story came back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles import publishing
from articles.models import Article, Note
from tests.browser.looking import PHONE, objections
from tests.browser.test_history import admin_of
from tests.factories import edith, make_article, rory


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("scripts", [True, False])
def test_an_editor_asks_and_a_writer_answers_and_resolves(new_person: Callable[..., Page], scripts: bool) -> None:
    article = make_article(headline="Harbour Lights", by=rory())
    editor = new_person(edith(), java_script_enabled=scripts)
    editor.goto(admin_of(article))
    editor.get_by_role("link", name="Notes and work").click()
    editor.get_by_label("For colleagues").fill("Who said that, @rory? And is @ghost away?")
    editor.get_by_role("button", name="Leave the note").click()
    expect(editor.locator(".messagelist")).to_contain_text("not told to @ghost")
    editor.get_by_label("With", exact=True).select_option(label="rory")
    editor.get_by_label("Due").fill("2020-01-02")
    editor.get_by_role("button", name="Assign").click()
    expect(editor.locator(".work .overdue")).to_contain_text("With rory, overdue since Thu 2 Jan")

    writer = new_person(rory(), viewport=PHONE, java_script_enabled=scripts)
    writer.goto("/admin/")
    expect(writer.get_by_role("link", name="1 note for you")).to_be_visible()
    expect(writer.get_by_role("region", name="Yours")).to_contain_text("overdue since")
    writer.get_by_role("region", name="Notes for you").get_by_role("link").click()
    writer.locator("summary", has_text="Answer").click()
    writer.get_by_label("Your answer").fill("The mayor, on the quay.")
    writer.get_by_role("button", name="Send the answer").click()
    expect(writer.locator(".answers")).to_contain_text("The mayor, on the quay.")
    writer.get_by_role("button", name="Resolve the note of edith").click()
    expect(writer.locator(".messagelist")).to_contain_text("Resolved.")
    writer.goto("/admin/")
    expect(writer.get_by_role("region", name="Notes for you")).to_contain_text("No open note is for you.")

    editor.reload()
    editor.get_by_text("Resolved (1)").click()
    editor.get_by_role("button", name="Open again").click()
    editor.goto("/admin/articles/note/")
    expect(editor.get_by_role("region", name="On other stories")).to_contain_text("Who said that, @rory?")
    assert Note.objects.open().count() == 1


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("scripts", [True, False])
def test_the_reason_for_sending_back_stands_on_top_until_the_story_is_submitted_again(
    new_person: Callable[..., Page], scripts: bool
) -> None:
    article = make_article(headline="Harbour Lights", by=rory())
    publishing.submit(article, version=article.version, by=rory())
    editor = new_person(edith(), java_script_enabled=scripts)
    editor.goto(admin_of(article))
    editor.get_by_label("Note or reason").fill("The second quote has no source.")
    editor.get_by_role("button", name="Send back").click()
    expect(editor.locator(".messagelist")).to_contain_text("Sent back to the writer.")
    editor.goto("/admin/")

    writer = new_person(rory(), java_script_enabled=scripts)
    writer.goto(admin_of(article))
    if writer.get_by_role("button", name="Take over").is_visible():
        writer.get_by_role("button", name="Take over").click()
    reason = writer.get_by_role("note")
    expect(reason).to_contain_text("Sent back by edith")
    expect(reason).to_contain_text("The second quote has no source.")
    assert reason.bounding_box()["y"] < writer.get_by_label("Headline").bounding_box()["y"]
    if scripts:
        assert not list(objections(writer, {}))
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.locator(".messagelist")).to_contain_text("Submitted for review.")
    expect(writer.get_by_role("note")).to_have_count(0)
    assert Article.objects.get().sent_back is None
