"""What readers do in a discussion beside posting, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment, Following, Like, Mute, Report, Vote
from comments.reading import REPLIES, ROOTS
from comments.workflow import State
from tests.browser.conftest import Complaints
from tests.browser.looking import PHONE, objections
from tests.browser.test_journey import say_who
from tests.factories import make_edition, make_shown_comment, mo, ravi, rosa

pytestmark = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])

ASKED = {"prompt": "Who did it?", "answers": "The purser\nThe cook"}
WORDS = "It was the cook, and I can prove it."


def arrive(page: Page, path: str, *, scripts: bool) -> None:
    """At a story, its discussion ready."""
    page.goto(path)
    if scripts:
        page.locator("#discussion form").wait_for()


def the(comment: Comment, page: Page) -> Locator:
    return page.locator(f"#comment-{comment.pk}")


def agree(page: Page, name: str, *, scripts: bool) -> None:
    """Press the button of the page that asks, which there is only without scripts."""
    if not scripts:
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_one_chooses_and_likes(new_person: Callable[..., Page], scripts: bool) -> None:
    edition = make_edition(**ASKED)
    other = make_shown_comment(edition, by=rosa(), body="It was the purser.")
    page = new_person(ravi(), viewport=PHONE, java_script_enabled=scripts)
    arrive(page, edition.path, scripts=scripts)
    page.locator("[data-answer='2']").click()
    agree(page, "Choose", scripts=scripts)
    expect(page.locator(".ballot__total")).to_have_text("1 vote")
    assert Vote.objects.get().answer == 2

    likes = the(other, page).locator(".comment__likes")
    the(other, page).locator("[data-like]").click()
    agree(page, "Like", scripts=scripts)
    expect(likes).to_have_text(re.compile("^1"))
    assert Like.objects.get().comment == other
    the(other, page).locator("[data-like]").click()
    agree(page, "Take it back", scripts=scripts)
    expect(likes.filter(has_text="1")).to_have_count(0)
    assert not Like.objects.exists()


def test_one_changes_and_withdraws_what_one_said(new_person: Callable[..., Page], scripts: bool) -> None:
    edition = make_edition()
    own = make_shown_comment(edition, by=ravi(), body="It was the cok.")
    later = make_shown_comment(edition, by=ravi(), body="I take that back.")
    page = new_person(ravi(), viewport=PHONE, java_script_enabled=scripts)
    if scripts:
        arrive(page, edition.path, scripts=True)
        the(own, page).get_by_role("link", name="Change").click()
        expect(the(own, page).get_by_role("link", name="Report")).to_have_count(0)
    else:
        page.goto("/accounts/")
        the(own, page).get_by_role("link", name="Change it").click()
    page.get_by_label("Your words" if scripts else "Your comment").last.fill(WORDS)
    page.get_by_role("button", name="Save").click()
    expect(the(own, page)).to_contain_text(WORDS)
    expect(the(own, page)).to_contain_text("edited")

    if scripts:
        the(later, page).get_by_role("link", name="Withdraw").click()
    else:
        page.goto(f"/comments/c/{later.pk}/withdraw/")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("I take that back.")).to_have_count(0)
    assert Comment.objects.get(pk=later.pk).state == State.WITHDRAWN


def test_one_reports_and_mutes(new_person: Callable[..., Page], complaints: Complaints, scripts: bool) -> None:
    complaints.expect("status of 422")
    edition = make_edition()
    other = make_shown_comment(edition, by=rosa(), body="It was the purser.")
    EmailAddress.objects.create(user=ravi(), email=ravi().email, verified=True, primary=True)
    page = new_person(ravi(), viewport=PHONE, java_script_enabled=scripts)
    arrive(page, edition.path, scripts=scripts)
    the(other, page).get_by_role("link", name="Report").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Choose what is wrong.")).to_be_visible()
    page.get_by_role("radio", name="It gives something away").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    if scripts:
        expect(page.get_by_role("dialog")).to_be_visible()
        assert list(objections(page, {})) == []
    page.get_by_role("link", name="Back to the comment").click()
    assert Report.objects.get().comment == other

    if not scripts:
        page.goto(other.get_absolute_url())
    the(other, page).get_by_role("link", name="Mute").click()
    page.get_by_role("button", name="Mute").click()
    if scripts:
        expect(the(other, page).get_by_text("From somebody you have muted")).to_be_visible()
        expect(the(other, page).get_by_text("It was the purser.")).not_to_be_visible()
        page.reload()
        expect(the(other, page).get_by_text("From somebody you have muted")).to_be_visible()
    assert Mute.objects.get().muted == rosa()


def test_who_is_not_signed_in_is_led_there_from_a_report(new_person: Callable[..., Page], scripts: bool) -> None:
    edition = make_edition()
    other = make_shown_comment(edition, by=rosa())
    page = new_person(viewport=PHONE, java_script_enabled=scripts)
    page.goto(edition.path)
    the(other, page).get_by_role("link", name="Report").click()
    page.locator("main, dialog").get_by_role("link", name="Sign in", exact=True).last.click()
    say_who(page, ravi())
    expect(page.get_by_role("radio", name="It is spam")).to_be_visible()


def test_an_editor_picks_in_place_and_a_reader_follows(new_person: Callable[..., Page], scripts: bool) -> None:
    edition = make_edition()
    comment = make_shown_comment(edition, by=ravi())
    page = new_person(mo(), viewport=PHONE, java_script_enabled=scripts)
    arrive(page, edition.path, scripts=scripts)
    if scripts:
        the(comment, page).get_by_role("link", name="Pick").click()
    else:
        page.goto(f"/comments/c/{comment.pk}/pick/")
    page.get_by_role("button", name="Pick it").click()
    expect(the(comment, page)).to_contain_text("Editors’ pick")
    arrive(page, edition.path, scripts=scripts)
    page.locator("[data-follow]").click()
    page.get_by_role("radio", name="Everything").check()
    page.get_by_role("button", name="Save").click()
    if scripts:
        expect(page.locator("[data-follow]")).to_have_text("Following")
    expect(page.locator("#discussion")).to_be_visible()
    assert Following.objects.get().person == mo()


def test_a_long_discussion_is_read_to_its_end(new_person: Callable[..., Page], scripts: bool) -> None:
    edition = make_edition()
    heads = [make_shown_comment(edition, by=mo(), body=f"Head {number}.") for number in range(ROOTS + 1)]
    answers = [make_shown_comment(edition, by=mo(), parent=heads[-1], body=f"Answer {n}.") for n in range(REPLIES + 1)]
    page = new_person(viewport=PHONE, java_script_enabled=scripts)
    page.goto(edition.path)
    branch = page.locator(".below", has=the(answers[0], page))
    branch.locator("summary").click()
    expect(the(answers[0], page)).not_to_be_visible()
    branch.locator("summary").click()
    branch.get_by_role("link", name="Show 1 more reply").click()
    expect(the(answers[-1], page)).to_be_visible()
    if scripts:
        expect(the(answers[-1], page)).to_be_focused()
    the(answers[-1], page).get_by_role("link", name="Link to this comment").click()
    expect(page.locator(".comment--chosen")).to_contain_text(answers[-1].body)
    page.get_by_role("link", name="The whole discussion").click()
    expect(the(heads[0], page)).to_have_count(0)
    page.get_by_role("link", name="More comments").click()
    expect(the(heads[0], page)).to_be_visible()
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator("[data-thread] > li").first).to_contain_text("Head 0.")


def test_who_is_signed_out_halfway_finds_the_words_again(
    new_person: Callable[..., Page], complaints: Complaints, scripts: bool
) -> None:
    complaints.expect("status of 401")
    edition = make_edition()
    page = new_person(ravi(), viewport=PHONE, java_script_enabled=scripts)
    arrive(page, edition.path, scripts=scripts)
    if not scripts:
        page.locator("[data-join]").click()
    page.locator("textarea").fill(WORDS)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name=re.compile("^Post")).click()
    if scripts:
        expect(page.get_by_role("alert").filter(has_text="signed out")).to_be_visible()
        page.locator("#discussion form").get_by_role("link", name="Sign in").click()
    say_who(page, ravi())
    expect(page.locator("textarea")).to_have_value(WORDS)
    page.get_by_role("button", name=re.compile("^Post")).click()
    expect(page.locator(".comment", has_text=WORDS)).to_be_visible()
    assert Comment.objects.filter(body=WORDS).count() == 1
