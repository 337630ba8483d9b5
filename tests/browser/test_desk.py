"""The desk with scripts: rulings in place, and what is said when one cannot be."""

from collections.abc import Callable
from unittest import mock

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from comments import moderation
from comments.models import Comment, Decision
from tests.browser.conftest import Complaints
from tests.browser.looking import DESKTOP, PHONE, objections
from tests.factories import ana, make_comment, make_edition, make_shown_comment, make_user, mo, ravi

# Nothing of what a page keeps outlives a reload.
MARK, MARKED = "window.stays = true", "window.stays === true"


def at_the_desk(new_person: Callable[..., Page], path: str = "/desk/", **options: object) -> Page:
    page = new_person(mo(), **options)
    page.goto(path)
    page.evaluate(MARK)
    return page


def card(page: Page, comment: Comment) -> Locator:
    return page.locator(f"[data-comment='{comment.pk}']")


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def test_each_ruling_becomes_a_line_and_is_undone_in_place(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    first, second, *_ = [make_comment(edition, body=f"No. {number}.") for number in range(3)]
    page = at_the_desk(new_person, viewport=PHONE)
    card(page, first).get_by_role("button", name="Approve").click()
    expect(page.locator(".ruled")).to_have_text("Approved. Rosa Reads Undo")
    expect(page.locator("[data-said]")).to_have_text("Approved.")
    expect(card(page, second)).to_be_focused()
    card(page, second).locator("summary", has_text="Reject").click()
    card(page, second).get_by_label("Abuse or insults").check()
    card(page, second).get_by_label("A word to the author").fill("Not like this.")
    card(page, second).get_by_role("button", name="Reject it").click()
    expect(page.locator(".ruled").last).to_contain_text("Rejected: Abuse or insults.")
    assert states() == ["shown", "rejected", "held"]
    assert Decision.objects.first().note == "Not like this."
    expect(page.locator(".desk-head [data-count]")).to_have_text("1")
    assert list(objections(page, {})) == []
    page.locator(".ruled").last.get_by_role("button", name="Undo").click()
    expect(card(page, second)).to_be_focused()
    expect(page.locator(".desk-head [data-count]")).to_have_text("2")
    page.keyboard.press("u")
    expect(card(page, first)).to_be_focused()
    assert states() == ["held"] * 3
    page.keyboard.press("s")
    expect(page.locator(".ruled")).to_contain_text("Rejected: Advertising or spam.")
    assert page.evaluate(MARKED)


def test_whoever_comes_second_is_told_and_goes_on(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 409")
    edition = make_edition()
    first, second = (make_comment(edition, body=f"No. {number}.") for number in range(2))
    page = at_the_desk(new_person)
    moderation.reject(first, version=1, by=ana(), reason="spam")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".ruled")).to_have_text("Already rejected by ana.")
    expect(card(page, second)).to_be_focused()
    assert Decision.objects.count() == 1


def test_what_fails_is_said_on_the_card_which_stays(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 401")
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    comment = make_comment(make_edition())
    page = at_the_desk(new_person)
    page.context.set_offline(True)
    card(page, comment).get_by_role("button", name="Approve").click()
    expect(card(page, comment).get_by_role("alert")).to_contain_text("The network did not answer")
    page.context.set_offline(False)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    card(page, comment).get_by_role("button", name="Approve").click()
    expect(card(page, comment).get_by_role("alert")).to_contain_text("signed out")
    assert states() == ["held"]
    assert list(objections(page, {})) == []
    card(page, comment).get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/accounts/login/?next=%2Fdesk%2F")


def test_keys_rest_while_one_types_or_holds_a_modifier(new_person: Callable[..., Page]) -> None:
    comment = make_comment(make_edition())
    page = at_the_desk(new_person)
    page.keyboard.press("j")
    for key in ("Control+a", "Alt+a", "Meta+s"):
        page.keyboard.press(key)
    page.keyboard.press("r")
    card(page, comment).get_by_label("A word to the author").fill("")
    page.keyboard.type("as1u")
    expect(card(page, comment).get_by_label("A word to the author")).to_have_value("as1u")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert states() == ["held"]


def test_the_next_cards_come_by_themselves_and_at_the_end_what_is_new(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    comments = [make_comment(edition, body=f"No. {number}.") for number in range(6)]
    with mock.patch("comments.desk.queue.PAGE", 3):
        page = at_the_desk(new_person, viewport=DESKTOP)
        expect(page.locator(".held")).to_have_count(3)
        page.keyboard.press("j")
        for count, comment in enumerate(comments):
            expect(card(page, comment)).to_be_focused()
            if count == 5:
                new = make_comment(edition, by=make_user("nell"), body="Just in.")
            page.keyboard.press("a")
            expect(page.locator(".ruled")).to_have_count(count + 1)
        expect(card(page, new)).to_be_visible()
        expect(page.locator(".desk-head [data-count]")).to_have_text("1")
        card(page, new).get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("Nothing waits")
    expect(page.locator(".ruled")).to_have_count(7)
    assert page.evaluate(MARKED)


def test_several_are_ruled_on_at_once_and_undone_one_by_one(
    new_person: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 422")
    edition = make_edition()
    comments = [make_comment(edition, body=f"No. {number}.") for number in range(4)]
    page = at_the_desk(new_person, viewport=DESKTOP)
    bar = page.get_by_role("form", name="The chosen")
    expect(bar).not_to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    card(page, comments[2]).get_by_role("checkbox", name="Choose").check()
    card(page, comments[3]).get_by_role("checkbox", name="Choose").check()
    expect(bar).to_contain_text("3 chosen")
    assert list(objections(page, {})) == []
    bar.get_by_role("button", name="Reject").click()
    expect(bar).to_contain_text("Choose a reason")
    moderation.approve(comments[3], version=1, by=ana())
    bar.get_by_label("Reason").select_option("off-topic")
    bar.get_by_role("button", name="Reject").click()
    expect(page.locator(".ruled")).to_have_count(3)
    expect(page.locator(".ruled").last).to_have_text("Already shown by ana.")
    expect(card(page, comments[1])).to_be_focused()
    expect(bar).not_to_be_visible()
    assert states() == ["rejected", "held", "rejected", "shown"]
    page.keyboard.press("u")
    expect(card(page, comments[2])).to_be_focused()
    assert states() == ["rejected", "held", "held", "shown"]
    page.keyboard.press("x")
    bar.get_by_role("button", name="Approve").click()
    expect(page.locator(".ruled")).to_have_count(3)
    assert states() == ["rejected", "held", "shown", "shown"]
    assert page.evaluate(MARKED)


def test_what_is_shown_is_kept_or_picked_and_does_not_come_again(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    first, second = (make_shown_comment(edition, by=ravi(), body=f"No. {number}.") for number in range(2))
    page = at_the_desk(new_person, f"/desk/all/?story={edition.path}")
    expect(page.locator(".held")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(card(page, second)).to_contain_text("Picked")
    expect(card(page, second)).to_be_focused()
    assert Comment.objects.picks().get() == second
    for left in (1, 0):
        page.keyboard.press("a")
        expect(page.locator(".held")).to_have_count(left)
    expect(page.locator(".ruled").last).to_have_text("Kept. Ravi Regular Undo")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".held")).to_have_count(0)
    assert not Comment.objects.unreviewed().filter(discussion=first.discussion_id).exists()
    assert page.evaluate(MARKED)


def test_each_of_two_moderators_sees_what_the_other_has_before_them(new_person: Callable[..., Page]) -> None:
    edition = make_edition()
    first, second = (make_comment(edition, body=f"No. {number}.") for number in range(2))
    Comment.objects.filter(pk=first.pk).update(severity=3)
    anas, mos = new_person(ana()), at_the_desk(new_person)
    anas.goto("/desk/")
    for page, said in ((mos, ""), (anas, "mo is looking at this")):
        with page.expect_response("**/glance/"):
            page.keyboard.press("j")
        expect(card(page, first)).to_be_focused()
        expect(card(page, first).locator("[data-others]")).to_have_text(said)
    with anas.expect_response("**/glance/"):
        card(anas, first).get_by_text("Severe words, folded").click()
    mos.reload()
    expect(card(mos, first).locator("[data-others]")).to_have_text("ana is looking at this")
    expect(card(mos, second).locator("[data-others]")).to_have_text("")
    anas.reload()
    expect(anas.get_by_text("Severe words you unfolded today: 1.")).to_be_visible()
    expect(mos.get_by_text("Severe words you unfolded today")).to_have_count(0)
    head = make_shown_comment(edition, by=ravi())
    answer = make_comment(edition, parent=head)
    Comment.objects.filter(pk=head.pk).update(severity=3)
    anas.reload()
    card(anas, answer).get_by_role("link", name="The whole branch").click()
    with anas.expect_response("**/glance/"):
        anas.locator(".opened").get_by_text("Severe words, folded").click()
    anas.goto(f"/desk/people/{head.author_id}/")
    with anas.expect_response("**/glance/"):
        anas.get_by_text("Severe words, folded").first.click()
    anas.goto("/desk/")
    expect(anas.get_by_text("Severe words you unfolded today: 2.")).to_be_visible()
