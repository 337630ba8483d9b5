"""A story's past in a real browser: a conflict in which nothing is lost, and rolling back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles import history
from articles.models import Article
from tests.browser.conftest import Complaints
from tests.browser.looking import objections
from tests.browser.test_journey import write
from tests.factories import change, edith, make_article, make_edition, make_topic, republish, rory


def admin_of(article: Article, page: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{page}/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def kept(article: Article, field: str = "headline") -> list[str]:
    return [getattr(one.draft, field) for one in article.revisions.order_by("made_at", "pk")]


def test_an_editor_whose_story_was_taken_over_loses_nothing_without_javascript(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    article = make_article(by=rory(), headline="One", dek="A dek")
    editor = new_person(edith(), java_script_enabled=False)
    editor.goto(admin_of(article))
    editor.get_by_label("Headline").fill("Edith’s headline")
    editor.get_by_label("Prompt").fill("Edith’s question?")

    writer = new_person(rory(), java_script_enabled=False)
    writer.goto(admin_of(article))
    writer.get_by_role("button", name="Take over").click()
    writer.get_by_label("Headline").fill("Rory’s headline")
    writer.get_by_label("Dek").fill("Rory’s dek")
    save(writer)

    save(editor)
    conflict = editor.locator(".conflict")
    expect(conflict.get_by_role("heading", level=2)).to_contain_text("has changed this story while you were writing")
    expect(conflict.locator("[data-field=headline] .verdict")).to_have_text("You both changed this")
    expect(conflict.locator("[data-field=headline] > .change-lines ins")).to_have_text("Edith’s")
    expect(conflict.locator("[data-field=headline] > .change-lines del")).to_have_text("Rory’s")
    expect(editor.get_by_label("Headline")).to_have_value("Edith’s headline")
    assert sorted(kept(article)) == ["Edith’s headline", "One", "Rory’s headline"]

    editor.get_by_role("button", name="Merge them").click()
    expect(editor.get_by_label("Headline")).to_have_value("Edith’s headline")
    expect(editor.get_by_label("Dek")).to_have_value("Rory’s dek")
    editor.get_by_role("button", name="Use their headline").click()
    expect(editor.get_by_label("Headline")).to_have_value("Rory’s headline")
    save(editor)
    expect(editor.locator(".messagelist")).to_contain_text("Saved.")
    saved = Article.objects.get()
    assert (saved.headline, saved.dek, saved.prompt) == ("Rory’s headline", "Rory’s dek", "Edith’s question?")
    assert "Edith’s headline" in kept(article)


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("choice", ["Keep mine", "Take theirs", "close the window"])
def test_whatever_is_pressed_both_texts_are_in_the_history(
    choice: str, new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    article = make_article(by=edith(), headline="One", body="<p>Body.</p>")
    laptop, phone = new_person(edith()), new_person(edith(), viewport={"width": 390, "height": 844})
    laptop.goto(admin_of(article))
    laptop.locator(".cke_editable").wait_for()
    phone.goto(admin_of(article))
    phone.locator(".cke_editable").wait_for()

    write(phone, "Typed on the phone. ")
    save(phone)
    expect(phone.locator(".messagelist")).to_contain_text("Saved.")
    write(laptop, "Typed on the laptop. ")
    save(laptop)
    expect(laptop.locator(".conflict h2").first).to_contain_text("The other window has changed this story")
    expect(laptop.locator(".cke_editable")).to_contain_text("Typed on the laptop.")
    if choice != "close the window":
        laptop.get_by_role("button", name=choice).click()
        expect(laptop.locator(".messagelist")).to_be_visible()
        wins = "laptop" if choice == "Keep mine" else "phone"
        assert f"Typed on the {wins}." in Article.objects.get().body
    bodies = " ".join(kept(article, "body"))
    assert "Typed on the laptop." in bodies
    assert "Typed on the phone." in bodies


@pytest.mark.parametrize("script", [True, False])
def test_an_editor_rolls_back_and_readers_have_the_old_words_again(
    script: bool, new_person: Callable[..., Page]
) -> None:
    first = make_edition(headline="The ferry is on time", slug="ferry")
    republish(first.article, headline="The ferry is late")
    reader = new_person(java_script_enabled=False)
    reader.goto(first.path)
    expect(reader.get_by_role("heading", level=1)).to_have_text("The ferry is late")

    desk = new_person(edith(), java_script_enabled=script)
    desk.goto(admin_of(first.article, "story-history"))
    row = desk.locator("#e1")
    row.locator("summary").click()
    row.get_by_label("Why").fill("It was on time after all.")
    row.get_by_role("button", name="Roll back to edition 1").click()
    expect(desk.locator(".messagelist")).to_contain_text("Readers have edition 1 again, as edition 3.")

    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("The ferry is on time")
    assert Article.objects.get().headline == "The ferry is late"
    assert first.article.events.first().note == "edition 1: It was on time after all."


def test_two_texts_are_picked_and_compared_by_keyboard(new_person: Callable[..., Page]) -> None:
    article = make_article(headline="The ferry is late")
    change(article, headline="The ferry is on time")
    desk = new_person(edith())
    desk.goto(admin_of(article, "story-history"))
    desk.get_by_role("radio", name="From version 2").press("Space")
    desk.get_by_role("radio", name="To the working copy").press("Space")
    desk.get_by_role("button", name="Compare").press("Enter")
    expect(desk.locator(".change-lines del")).to_have_text("late")
    expect(desk.locator(".change-lines ins")).to_have_text("on time")


def test_no_one_objects_to_the_history(new_person: Callable[..., Page]) -> None:
    article = make_article(by=edith(), headline="One " * 30, body="<p>Long.</p><h2>Head</h2><p>And more.</p>")
    first = article.revisions.get()
    history.name(first, "x" * 80, by=edith())
    edition = make_edition()
    republish(edition.article)
    history.set_aside(article, edition.draft, version=2, by=edith())
    desk = new_person(edith())
    wrong = []
    for story, query in ((article, ""), (article, "?from=r2&to=s2"), (edition.article, "?from=e1&to=live")):
        aside = story.revisions.filter(kind="set_aside").first()
        desk.goto(admin_of(story, "story-history") + (query.replace("s2", f"s{aside.pk}") if aside else query))
        for summary in desk.locator(".timeline summary").all():
            summary.click()
        wrong += [f"{query}: {problem}" for problem in objections(desk, {})]
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("editor_noise")
def test_no_one_objects_to_a_conflict_or_a_merge(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 409")
    article = make_article(by=edith(), headline="One", dek="A dek", body="<p>Long.</p><h2>Head</h2><p>And more.</p>")
    desk = new_person(edith())
    desk.goto(admin_of(article))
    desk.locator(".cke_editable").wait_for()
    change(article, headline="Theirs", body="<p>Longer.</p><h3>Head</h3>", topics=(make_topic().pk,))
    desk.get_by_label("Headline").fill("Mine")
    save(desk)
    expect(desk.locator(".conflict")).to_be_visible()
    desk.locator(".conflict summary").first.click()
    wrong = list(objections(desk, {}))
    desk.get_by_role("button", name="Merge them").click()
    expect(desk.locator(".conflict h2").first).to_contain_text("Merging")
    wrong += list(objections(desk, {}))
    assert not wrong, "\n".join(wrong)
