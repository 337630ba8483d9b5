"""One story, all the way: written, published, read, discussed, moderated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment
from comments.workflow import State
from newsroom.models import User
from tests.factories import edith, make_edition, make_section, make_topic, mo, rory, rosa

WIRE = Path(__file__).parent.parent / "data" / "wire.txt"
PASSWORD = "correct horse battery"
PHONE = {"width": 390, "height": 844}


def write(page: Page, *paragraphs: str) -> None:
    """Type into the rich text editor."""
    page.locator(".cke_editable").click()
    for paragraph in paragraphs:
        page.keyboard.type(paragraph)
        page.keyboard.press("Enter")


def choose(page: Page, field: str, text: str) -> None:
    """Pick from one of the admin's autocomplete fields."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.keyboard.type(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def make_subhead(page: Page, text: str) -> None:
    """A subhead, by the editor's own drop-down."""
    page.locator(".cke_combo__format .cke_combo_button").click()
    page.frame_locator(".cke_combopanel iframe").locator("a", has_text="Heading 2").first.click()
    expect(page.locator(".cke_combo__format .cke_combo_text")).to_have_text("Heading 2")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.usefixtures("editor_noise")
def test_a_story_goes_from_the_writer_to_a_strangers_comment_thread(new_person: Callable[..., Page]) -> None:
    make_section("tv")
    make_topic("Harbour Lights")
    desk = new_person(rory())

    desk.goto("/admin/articles/article/add/")
    desk.get_by_label("What is the story called").fill("Harbour Lights sails again")
    desk.get_by_role("button", name="Start writing").click()
    write(desk, "The ferry drama is back, and so is the weather.")
    make_subhead(desk, "A third crossing")
    write(desk, "A third series is booked already.")
    desk.get_by_label("Dek").fill("The second series opens with a storm.")
    desk.get_by_label("Prompt").fill("Will you be on board? Tell us in the comments.")
    desk.get_by_label("Section", exact=False).select_option(label="TV")
    choose(desk, "about", "Harbour")
    expect(desk.get_by_role("button", name="Publish now")).to_have_count(0)
    desk.get_by_role("button", name="Submit for review").click()
    expect(desk.locator(".messagelist")).to_contain_text("Submitted for review")

    desk.goto("/admin/")
    editors = new_person(edith())
    editors.goto("/admin/articles/article/?stage__exact=in_review")
    editors.get_by_role("link", name="Harbour Lights sails again").click()
    editors.get_by_role("button", name="Publish now").click()
    expect(editors.locator(".messagelist")).to_contain_text("readers have it at /tv/harbour-lights-sails-again/")

    reader = new_person(viewport=PHONE)
    sign_in(reader, rosa())
    reader.goto("/")
    reader.get_by_role("link", name="Harbour Lights sails again").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Harbour Lights sails again")
    expect(reader.locator("#part-a-third-crossing")).to_contain_text("A third crossing")
    comment = reader.locator("#discussion textarea")
    comment.fill("I have my sou’wester on already.")
    reader.locator("#discussion").get_by_role("button", name="Post").click()
    expect(reader.locator("#discussion")).to_contain_text("Waiting for a moderator")
    assert Comment.objects.get().state == State.HELD

    stranger = new_person(viewport=PHONE, java_script_enabled=False)
    stranger.goto("/tv/harbour-lights-sails-again/")
    expect(stranger.locator("#discussion")).not_to_contain_text("sou’wester")

    moderators = new_person(mo())
    moderators.goto("/desk/")
    expect(moderators.locator("main")).to_contain_text("I have my sou’wester on already.")
    moderators.get_by_role("button", name="Approve").click()
    expect(moderators.locator("main")).not_to_contain_text("sou’wester on already")

    stranger.reload()
    expect(stranger.locator("#discussion")).to_contain_text("I have my sou’wester on already.")
    expect(stranger.locator("#discussion")).to_contain_text("Rosa Reads")


def sign_in(page: Page, user: User) -> None:
    """Through the form, as people do."""
    page.goto("/accounts/login/")
    say_who(page, user)
    page.wait_for_url("**/accounts/")


def say_who(page: Page, user: User) -> None:
    """Fill the form for signing in, and send it."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page.locator("input[name=login]").fill(user.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def test_a_comment_is_posted_without_javascript(new_person: Callable[..., Page]) -> None:
    edith()
    call_command("import_story", str(WIRE), "--publish")
    article = Article.objects.get()
    reader = new_person(viewport=PHONE, java_script_enabled=False)
    sign_in(reader, rosa())
    reader.goto(article.live_edition.path)
    reader.locator("#discussion").get_by_role("link", name="Join the discussion").click()
    reader.get_by_label("Your comment").fill("Twice? Three times, me.")
    reader.locator("main").get_by_role("button", name="Post").click()
    expect(reader.locator("main")).to_contain_text("read by a moderator")
    assert Comment.objects.get().body == "Twice? Three times, me."


def test_an_imported_story_is_read_at_its_address(page: Page) -> None:
    edith()
    make_section("tv")
    call_command("import_story", str(WIRE), "--publish", section="tv", author="Wire Desk")
    page.goto(Article.objects.get().live_edition.path)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Harbour Lights returns to the quay tonight and the whole town has come out to watch it"
    )
    expect(page.locator("article h2").filter(has_text="A Third Crossing Is Booked")).to_be_visible()
    expect(page.locator("article").first).to_contain_text("then I went and bought a bigger kettle")
    expect(page.locator("time[datetime^='2024-03-08']").first).to_be_visible()
    expect(page.get_by_text("Will you be on board for the new crossing tonight?").first).to_be_visible()


def test_a_story_that_is_read_says_so(page: Page) -> None:
    edition = make_edition()
    with page.expect_request(f"**/read/{edition.article_id}/") as asked:
        page.goto(edition.path)
    assert asked.value.method == "POST"
    assert page.context.cookies() == []
