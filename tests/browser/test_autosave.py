"""Nothing typed is ever lost: through a crash, a lost line, an ended session and a colleague who takes over."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from articles.models import Article, Revision
from newsroom.models import User
from tests.browser.conftest import Complaints, session_cookie
from tests.factories import change, edith, make_article, rory

pytestmark = pytest.mark.usefixtures("editor_noise")
PATIENCE = 15_000


def open_story(person: Page, article: Article) -> None:
    person.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(person.locator(".cke_editable")).to_be_visible()


def write(page: Page, text: str) -> None:
    """Type at the end of the story."""
    page.locator(".cke_editable").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def saved(page: Page) -> None:
    """Wait until the page says that it is saved."""
    expect(page.locator("[data-status]")).to_contain_text("Saved ", timeout=PATIENCE)


def text(page: Page) -> Any:
    return expect(page.locator(".cke_editable"))


def copies(page: Page) -> list[str]:
    """What this browser keeps of anybody's stories."""
    found = "Object.keys(localStorage).filter((key) => key.startsWith('newsroom:story:'))"
    return page.evaluate(f"{found}.map((key) => localStorage[key])")


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)


def crash(page: Page, having: str) -> Page:
    """The page is gone as soon as the browser has these words; another is opened in its place."""
    eventually(lambda: any(having in copy for copy in copies(page)))
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.context.set_offline(False)
    return again


def sign_in_again(page: Page, user: User) -> None:
    """As in another tab of the same browser: the session and the token against forgery are new."""
    page.context.add_cookies([session_cookie(user, page.evaluate("location.origin"))])
    page.context.clear_cookies(name="csrftoken")


def test_words_reach_the_server_by_themselves_and_survive_a_killed_browser(new_person: Callable[..., Page]) -> None:
    article, writer = make_article(), rory()
    first = new_person(writer)
    open_story(first, article)
    write(first, " And then the lights went out")
    saved(first)
    assert copies(first) == []
    assert Revision.objects.filter(article=article).count() == 1
    first.context.close()
    second = new_person(writer)
    open_story(second, article)
    text(second).to_contain_text("And then the lights went out")
    expect(second.locator("[data-offer]")).to_be_hidden()
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".messagelist")).to_contain_text("Saved.")
    assert "the lights went out" in Revision.objects.filter(article=article).first().draft.body
    assert Revision.objects.filter(article=article).count() == 2


def test_every_kind_of_field_is_saved_without_a_button(new_person: Callable[..., Page]) -> None:
    article = make_article()
    page = new_person(rory())
    open_story(page, article)
    page.get_by_label("Dek").fill("A dek of its own")
    page.get_by_role("link", name="Add another").click()
    page.locator("#id_byline_set-1-author + .select2-container").click()
    page.keyboard.type("Rory")
    page.locator(".select2-results__option", has_text="Rory Quill").click()
    page.locator("#id_byline_set-1-role").select_option("editing")
    saved(page)
    page.get_by_label("Prompt").fill("And you?")
    eventually(lambda: Article.objects.get(pk=article.pk).prompt == "And you?")
    now = Article.objects.get(pk=article.pk)
    assert now.dek == "A dek of its own"
    assert [part.role for part in now.draft.bylines] == ["words", "editing"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert [part.role for part in Article.objects.get(pk=article.pk).draft.bylines] == ["words", "editing"]


def test_words_written_offline_are_kept_in_the_browser_and_sent_when_it_is_back(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    article = make_article()
    page = new_person(rory())
    open_story(page, article)
    page.context.set_offline(True)
    write(page, " Written in a tunnel.")
    expect(page.locator("[data-status]")).to_have_text("Offline: your words are kept in this browser", timeout=PATIENCE)
    assert len(copies(page)) == 1
    page.context.set_offline(False)
    saved(page)
    assert "Written in a tunnel." in Article.objects.get(pk=article.pk).body
    assert copies(page) == []


def test_a_crash_while_offline_loses_nothing(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    article = make_article(headline="Before the crash")
    page = new_person(rory())
    open_story(page, article)
    page.context.set_offline(True)
    page.locator("#id_headline").fill("After the crash")
    write(page, " Only this browser knows.")
    page = crash(page, having="browser knows.")
    open_story(page, article)
    offer = page.locator("[data-offer]")
    expect(offer).to_contain_text("This browser has words from")
    offer.locator("summary").click()
    expect(offer.locator("pre")).to_contain_text("Headline: After the crash")
    expect(offer.locator("pre")).to_contain_text("Only this browser knows.")
    text(page).not_to_contain_text("Only this browser knows.")
    offer.get_by_role("button", name="Use them").click()
    text(page).to_contain_text("Only this browser knows.")
    expect(offer).to_be_hidden()
    saved(page)
    assert Article.objects.get(pk=article.pk).headline == "After the crash"
    assert copies(page) == []


def test_words_that_nobody_wants_are_dropped(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    article = make_article()
    page = new_person(rory())
    open_story(page, article)
    page.context.set_offline(True)
    write(page, " Nonsense.")
    page = crash(page, having="Nonsense.")
    open_story(page, article)
    page.get_by_role("button", name="Drop them").click()
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert copies(page) == []
    text(page).not_to_contain_text("Nonsense.")


def test_a_colleague_looks_takes_over_and_both_see_what_they_should(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    article = make_article()
    writer = new_person(rory())
    open_story(writer, article)
    write(writer, " Rory was here")
    saved(writer)

    editor = new_person(edith())
    open_story(editor, article)
    expect(editor.get_by_role("heading", name="rory is writing this story")).to_be_visible()
    expect(editor.locator("[data-people]")).to_be_hidden()
    expect(editor.locator("#id_headline")).to_be_disabled()
    expect(editor.locator(".cke_editable")).to_have_attribute("contenteditable", "false")
    expect(editor.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    expect(writer.locator("[data-people]")).to_contain_text("edith is looking", timeout=PATIENCE)

    editor.get_by_role("button", name="Take over").click()
    expect(editor.locator(".messagelist")).to_contain_text("You took the story over from rory")
    text(editor).to_contain_text("Rory was here")
    expect(editor.locator("#id_headline")).to_be_enabled()
    kept = Revision.objects.filter(article=article).first()
    assert (kept.kind, kept.made_by, "Rory was here" in kept.draft.body) == (Revision.Kind.TAKEN_OVER, rory(), True)

    expect(writer.get_by_role("heading", name="edith took this story over at")).to_be_visible(timeout=PATIENCE)
    expect(writer.locator(".cke_editable")).to_have_attribute("contenteditable", "false")
    text(writer).to_contain_text("Rory was here")
    expect(writer.locator("#id_headline")).to_be_enabled()
    expect(writer.locator("#id_headline")).not_to_be_editable()
    expect(writer.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    writer.locator(".cke_editable").select_text()
    assert "Rory was here" in writer.evaluate("getSelection().toString()")

    write(editor, " and so was Edith")
    saved(editor)
    assert "and so was Edith" in Article.objects.get(pk=article.pk).body


def test_words_typed_while_being_taken_over_stay_in_the_browser(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    article = make_article()
    writer = new_person(rory())
    open_story(writer, article)
    editor = new_person(edith())
    open_story(editor, article)
    editor.get_by_role("button", name="Take over").click()
    expect(editor.locator(".messagelist")).to_contain_text("You took the story over")
    write(writer, " Too late")
    expect(writer.locator("[data-status]")).to_contain_text("aving", timeout=PATIENCE)
    assert "Too late" not in Article.objects.get(pk=article.pk).body
    assert len(copies(writer)) == 1
    expect(writer.locator("[data-status]")).to_have_text("Saving has stopped", timeout=PATIENCE)
    expect(writer.locator(".cke_editable")).to_have_attribute("contenteditable", "false")


def test_a_change_by_another_pauses_saving_and_leads_to_both_texts(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    article = make_article()
    page = new_person(rory())
    open_story(page, article)
    change(article, by=edith(), headline="Edith’s headline")
    write(page, " My own words.")
    expect(page.locator("[data-status]")).to_contain_text("Changed by edith: saving is paused.", timeout=PATIENCE)
    page.locator("[data-status]").get_by_role("button", name="Compare").click()
    expect(page.locator(".conflict")).to_contain_text("Edith’s headline")
    text(page).to_contain_text("My own words.")
    expect(page.locator("[data-status]")).to_contain_text("saving is paused")
    assert copies(page)


def test_saving_goes_on_by_itself_after_signing_in_in_another_tab(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 401")
    complaints.expect("status of 403")
    article, writer = make_article(), rory()
    page = new_person(writer)
    open_story(page, article)
    Session.objects.all().delete()
    write(page, " Still typing.")
    expect(page.locator("[data-status]")).to_contain_text("Signed out: sign in in another tab", timeout=PATIENCE)
    link = page.locator("[data-status]").get_by_role("link", name="Sign in")
    assert link.get_attribute("target") == "_blank"
    sign_in_again(page, writer)
    saved(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert "Still typing." in Article.objects.get(pk=article.pk).body


def test_the_save_button_after_the_session_ended_leads_to_sign_in_and_the_words_come_back(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 401")
    article, writer = make_article(), rory()
    page = new_person(writer)
    open_story(page, article)
    Session.objects.all().delete()
    write(page, " Pressed Save too late.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    assert "Pressed Save too late." not in Article.objects.get(pk=article.pk).body
    sign_in_again(page, writer)
    open_story(page, article)
    page.get_by_role("button", name="Use them").click()
    text(page).to_contain_text("Pressed Save too late.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert "Pressed Save too late." in Article.objects.get(pk=article.pk).body


def test_signing_out_leaves_no_words_behind(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    article = make_article()
    page = new_person(rory())
    open_story(page, article)
    page.context.set_offline(True)
    write(page, " Private.")
    page = crash(page, having="Private.")
    page.goto("/admin/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert copies(page) == []
