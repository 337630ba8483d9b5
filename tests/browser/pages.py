"""Every page a person can open, a line each: test_pages.py examines them, screenshots.py photographs them.

A page is an address (its gaps are filled from paper.py), who opens it, and what is done there first.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from unittest import mock

from django.db.models import F
from django.test import override_settings
from playwright.sync_api import Page

from articles.models import Article, HousePage
from newsroom.models import User
from tests.factories import change

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Sheet:
    """One page: `by` is a user name, `act` what is done before one looks, `during` what goes on behind it."""

    name: str
    path: str
    by: str = ""
    status: int = 200
    act: Act = lambda page: None
    during: Callable[[], AbstractContextManager] = nullcontext


# --- What one does on a page -------------------------------------------------------------------------


def go(page: Page, leave: Callable[[], object]) -> None:
    """Do what leads to another page, and wait for that."""
    with page.expect_navigation():
        leave()


def press(name: str) -> Act:
    return lambda page: go(page, page.locator("#content").get_by_role("button", name=name).first.click)


def send(**fields: str) -> Act:
    """Fill a form in past the browser's own checks, and send it."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f":is(main, #content) [name={name}]:not([type=hidden])").first.fill(value)
        form = page.locator(f":is(main, #content) form:has([name={next(iter(fields))}]:not([type=hidden]))").first
        form.evaluate("form => { form.noValidate = true; }")
        go(page, form.locator("[type=submit]").first.click)

    return act


def report(reason: str) -> Act:
    """Choose what is wrong with a comment, and send it without a word."""

    def act(page: Page) -> None:
        page.locator(f"[name=reason][value={reason}]").check()
        go(page, page.get_by_role("button", name="Send").click)

    return act


def older(page: Page) -> None:
    go(page, page.get_by_role("link", name="Older stories").click)


def look_for(words: str) -> Act:
    """Type into the field and go down to the first suggestion."""

    def act(page: Page) -> None:
        field = page.get_by_role("combobox")
        field.fill(words)
        page.get_by_role("option").first.wait_for()
        field.press("ArrowDown")

    return act


def reply(page: Page) -> None:
    page.locator("#discussion form").wait_for()
    page.locator("[data-reply]").nth(1).click()
    page.locator("#discussion form textarea").last.fill("So do I.")


def look_first(page: Page) -> None:
    """Write a comment, and see it before it is posted."""
    page.locator("#content textarea").first.fill("**So**, ||there||")
    press("Preview")(page)


def open_rejection(page: Page) -> None:
    page.locator(".reject summary").first.click()


def do_nothing_to_somebody(page: Page) -> None:
    """Send the form about a person without having chosen anything."""
    page.locator(".drawer__new summary").click()
    go(page, page.get_by_role("button", name="Do it").click)


def exclude_what_is_no_domain(page: Page) -> None:
    page.get_by_role("textbox", name="Domain").fill("nowhere")
    page.get_by_label("Why?").select_option("spam")
    go(page, page.get_by_role("button", name="Take no more comments").click)


def choose_two(page: Page) -> None:
    for box in page.locator("[name=chosen]").all()[:2]:
        box.check()


def open_withdrawal(page: Page) -> None:
    page.locator(".notices summary").first.click()


def open_notes(page: Page) -> None:
    page.locator(".note-acts summary").first.click()
    page.locator(".resolved summary").click()


def answer_nothing(page: Page) -> None:
    """Send an answer of spaces."""
    page.locator(".note-acts summary").first.click()
    page.locator(".note-acts textarea").first.fill("  ")
    go(page, page.get_by_role("button", name="Send the answer").first.click)


def open_gallery(page: Page) -> None:
    page.locator(".gallery__link").nth(1).click()
    page.get_by_role("dialog", name="Gallery").wait_for()


def open_spoilers(page: Page) -> None:
    for summary in page.locator(".spoiler summary").all():
        summary.click()


def play(page: Page) -> None:
    """Press for every player there is; what would come from elsewhere comes from here."""
    page.route(
        lambda url: "://localhost" not in url, lambda route: route.fulfill(body="<title>A player</title>Playing")
    )
    for button in page.get_by_role("button", name="it here").all()[::-1]:
        button.click()
    page.locator(".embed iframe").last.wait_for()


def lose_cookies(page: Page) -> None:
    page.context.clear_cookies()
    send(login="rosa", password="wrong")(page)


def twice(page: Page) -> None:
    send(login="rosa", password="wrong")(page)
    send(login="rosa", password="wrong")(page)


def prove(page: Page) -> None:
    """Give the password once more, if one is asked for it."""
    if "/reauthenticate/" in page.url:
        send(password="correct horse battery")(page)


def choose_nothing(page: Page) -> None:
    """Send the form of a file without one, past the browser's own check."""
    form = page.locator("main form:has([name=file])")
    form.evaluate("form => { form.noValidate = true; }")
    go(page, form.locator("[type=submit]").click)


def mistype_code(page: Page) -> None:
    prove(page)
    send(code="123")(page)


def with_all(action: str) -> Act:
    """Choose every story of the list, and do something with them."""

    def act(page: Page) -> None:
        page.locator("#action-toggle").check()
        page.locator("#bulk-action").select_option(action)
        go(page, page.get_by_role("button", name="Go").click)

    return act


def fall_behind(page: Page) -> None:
    """Save a page that is older than the story, which somebody else has saved meanwhile."""
    article = Article.objects.get(pk=int(page.url.split("/")[-3]))
    change(article, by=User.objects.get(username="sue"), dek=f"Saved meanwhile, as version {article.version + 1}.")
    go(page, page.locator("[name=_save]").click)


def overtaken_page(page: Page) -> None:
    """Save a page of the house that somebody else has saved meanwhile."""
    HousePage.objects.filter(slug="ethics").update(version=F("version") + 1)
    go(page, page.locator("[name=_save]").click)


def misfile(page: Page) -> None:
    """Save with an address that is none."""
    page.locator("#id_slug").fill("No such slug!")
    go(page, page.locator("[name=_save]").click)


def add_no_picture(page: Page) -> None:
    """Send the form for pictures as it is sent without a script, and with nothing chosen."""
    go(page, lambda: page.locator(".drop").evaluate("form => form.submit()"))


def failing() -> AbstractContextManager:
    return mock.patch("articles.fronts.section_blocks", side_effect=RuntimeError("on purpose"))


def hurried() -> AbstractContextManager:
    return override_settings(ACCOUNT_RATE_LIMITS={"login": "1/h/ip"})


def in_debug() -> AbstractContextManager:
    """With the addresses that there are under DEBUG only."""
    return override_settings(ROOT_URLCONF="tests.browser.urls_of_debug")


TOO_MUCH = "&".join("x" * 1200)

# --- The table -------------------------------------------------------------------------------------

EMPTY = [
    Sheet("front-empty", "/"),
    Sheet("corrections-empty", "/corrections/"),
    Sheet("archive-empty", "/archive/"),
    Sheet("search-empty", "/search/?q=ferry"),
    Sheet("desk-empty", "/desk/", by="mo"),
    Sheet("desk-none-reported", "/desk/reported/", by="mo"),
    Sheet("admin-list-empty", "/admin/articles/article/", by="edith"),
]
LISTS = [
    Sheet("front", "/"),
    Sheet("section", "/{section}/"),
    Sheet("section-paged", "/{section}/", act=older),
    Sheet("topic", "/topics/{topic}/"),
    Sheet("author", "/authors/{author}/"),
    Sheet("corrections", "/corrections/"),
    Sheet("moderation", "/comments/moderation/"),
    Sheet("house-pages", "/pages/"),
    Sheet("house-page", "/pages/ethics/"),
    Sheet("house-masthead", "/pages/masthead/"),
    Sheet("newsletter", "/newsletter/"),
    Sheet("newsletter-wrong", "/newsletter/", status=422, act=send(email="nobody@mailinator.com")),
    Sheet("newsletter-sent", "/newsletter/", act=send(email="ann@example.com")),
    Sheet("newsletter-sent-again", "/newsletter/sent/"),
    Sheet("newsletter-confirm", "/newsletter/confirm/{confirm_letter}/"),
    Sheet("newsletter-leave", "/newsletter/leave/{leave_letter}/"),
    Sheet("newsletter-confirmed", "/newsletter/confirm/{confirm_letter}/", act=press("Yes")),
    Sheet("newsletter-left", "/newsletter/leave/{leave_letter}/", act=press("Take me off")),
    Sheet("newsletter-late", "/newsletter/confirm/x/", status=404),
    Sheet("archive", "/archive/"),
    Sheet("archive-year", "/archive/{year}/"),
    Sheet("archive-month", "/archive/{year}/{month}/"),
    Sheet("archive-day", "/archive/{year}/{month}/{day}/"),
    Sheet("search", "/search/?q=ferry"),
    Sheet("search-narrowed", "/search/?q=quay+OR+story&section={section}&author={author}&sort=date"),
    Sheet("search-many", "/search/?section={section}&page=2"),
    Sheet("search-suggests", "/search/?q=ferry", act=look_for("harb")),
    Sheet("search-meant", "/search/?q=harbuor"),
    Sheet("search-nothing", "/search/?q={nonesuch}&topic=no-such-topic"),
    Sheet("search-how", "/search/"),
    Sheet("styleguide", "/styleguide/", during=in_debug),
    Sheet("400", "/{section}/?" + TOO_MUCH, status=400),
    Sheet("403", "/desk/", by="rosa", status=403),
    Sheet("403-stale-form", "/accounts/login/", status=403, act=lose_cookies),
    Sheet("404", "/extremes/no-such-story/", status=404),
    Sheet("410", "/{gone}/", status=410),
    Sheet("429", "/accounts/login/", status=429, act=twice, during=hurried),
    Sheet("500", "/?trouble", status=500, during=failing),
]
STORIES = [
    Sheet("story", "/{story}/"),
    Sheet("story-reader", "/{story}/", by="rosa", act=reply),
    Sheet("story-shared", "/share/{share_token}/"),
    Sheet("story-bare", "/{bare}/"),
    Sheet("story-everything", "/{everything}/"),
    Sheet("story-gallery", "/{everything}/", act=open_gallery),
    Sheet("story-spoilers", "/{everything}/", act=open_spoilers),
    Sheet("story-playing", "/{everything}/", act=play),
    Sheet("story-closed", "/{closed}/"),
    Sheet("discussion", "/comments/{story_id}/"),
    Sheet("person", "/people/regina/"),
    Sheet("person-long", "/people/{long_username}/"),
    Sheet("comment", "/comments/c/{comment_id}/"),
    Sheet("conversation", "/comments/c/{comment_id}/replies/"),
    Sheet("comment-vote", "/comments/{asked_id}/vote/", by="rosa"),
    Sheet("comment-like", "/comments/c/{comment_id}/like/", by="rosa"),
    Sheet("comment-report", "/comments/c/{comment_id}/report/", by="rosa"),
    Sheet("comment-report-wrong", "/comments/c/{comment_id}/report/", by="rosa", status=422, act=report("other")),
    Sheet("comment-reported", "/comments/c/{comment_id}/report/", by="rosa", act=report("disagree")),
    Sheet("comment-mute", "/comments/c/{comment_id}/mute/", by="rosa"),
    Sheet("comment-pick", "/comments/c/{comment_id}/pick/", by="mo"),
    Sheet("comment-report-own", "/comments/c/{spoken_id}/report/", by="rosa", status=403),
    Sheet("discussion-follow", "/comments/{story_id}/follow/", by="rosa"),
    Sheet("report-first", "/comments/c/{comment_id}/report/"),
    Sheet("illegal", "/comments/c/{comment_id}/illegal/"),
    Sheet("illegal-wrong", "/comments/c/{comment_id}/illegal/", status=422, act=send(text="", name="", email="x")),
    Sheet("guest", "/comments/{read_first_id}/guest/"),
    Sheet("guest-wrong", "/comments/{read_first_id}/guest/", status=422, act=send(body="", name="Staff", email="x")),
    Sheet("guest-sent", "/comments/guests/sent/"),
    Sheet("guest-confirm", "/comments/guest/{guest_confirm}/confirm/"),
    Sheet("guest-held", "/comments/guest/{guest_said}/confirm/"),
    Sheet("guest-erase", "/comments/guest/{guest_erase}/erase/"),
    Sheet("guest-erased", "/comments/guest/{guest_erase}/erase/", act=press("Erase it")),
    Sheet("guest-late", "/comments/guest/x/confirm/", status=404),
    Sheet("comment-form", "/comments/{story_id}/new/", by="rosa"),
    Sheet("comment-form-wrong", "/comments/{story_id}/new/", by="rosa", status=422, act=send(body="")),
    Sheet("comment-edit", "/comments/c/{own_comment_id}/edit/", by="rosa"),
    Sheet("comment-withdraw", "/comments/c/{own_comment_id}/withdraw/", by="rosa"),
    Sheet("comment-preview", "/comments/{story_id}/new/", by="rosa", act=look_first),
    Sheet("comment-reply", "/comments/{story_id}/new/?parent={comment_id}", by="rosa"),
    Sheet("comment-closed", "/comments/{closed_id}/new/", by="rosa", status=409),
    Sheet("comment-held", "/comments/{read_first_id}/new/", by="rosa", status=201, act=send(body="Me, too. " * 9)),
]
ENTRANCE = [
    Sheet("sign-in", "/accounts/login/"),
    Sheet("sign-in-wrong", "/accounts/login/", act=send(login="rosa", password="wrong")),
    Sheet("sign-in-code", "/accounts/login/", act=send(login="stepper", password="correct horse battery")),
    Sheet("sign-up", "/accounts/signup/"),
    Sheet("sign-up-wrong", "/accounts/signup/", act=send(email="x", username="édith", password1="1234")),
    Sheet("check-mail", "/accounts/confirm-email/"),
    Sheet("confirm", "/accounts/confirm-email/{confirm_key}/"),
    Sheet("confirm-late", "/accounts/confirm-email/x:y:z/"),
    Sheet("reset", "/accounts/password/reset/"),
    Sheet("reset-wrong", "/accounts/password/reset/", act=send(email="x")),
    Sheet("reset-sent", "/accounts/password/reset/done/"),
    Sheet("reset-late", "/accounts/password/reset/key/1-x/"),
    Sheet("reset-new", "/accounts/password/reset/key/{reset_key}/"),
    Sheet("reset-new-wrong", "/accounts/password/reset/key/{reset_key}/", act=send(password1="1234")),
    Sheet("reset-done", "/accounts/password/reset/key/done/"),
    Sheet("inactive", "/accounts/inactive/"),
]
ACCOUNT = [
    Sheet("account", "/accounts/", by="rosa"),
    Sheet("account-new", "/accounts/", by="nopass"),
    Sheet("notifications", "/accounts/notifications/", by="regina"),
    Sheet("notifications-none", "/accounts/notifications/", by="nopass"),
    Sheet("notifications-stop", "/accounts/notifications/stop/{stop_talk}/"),
    Sheet("notifications-stopped", "/accounts/notifications/stop/{stop_talk}/", act=press("No more mail")),
    Sheet("notifications-muted", "/accounts/notifications/stop/{mute_talk}/", act=press("Only mute")),
    Sheet("notifications-stop-late", "/accounts/notifications/stop/x/", status=404),
    Sheet("name", "/accounts/name/", by="rosa"),
    Sheet("name-wrong", "/accounts/name/", by="rosa", status=422, act=send(display_name="Newsroom Staff")),
    Sheet("picture", "/accounts/picture/", by="rosa"),
    Sheet("picture-own", "/accounts/picture/", by="stepper"),
    Sheet("picture-wrong", "/accounts/picture/", by="rosa", status=422, act=choose_nothing),
    Sheet("email", "/accounts/email/", by="rosa"),
    Sheet("email-wrong", "/accounts/email/", by="nopass", act=send(email="x")),
    Sheet("password", "/accounts/password/change/", by="rosa"),
    Sheet("password-wrong", "/accounts/password/change/", by="rosa", act=send(oldpassword="x", password1="1234")),
    Sheet("password-first", "/accounts/password/set/", by="nopass"),
    Sheet("second-step", "/accounts/second-step/", by="rosa"),
    Sheet("second-step-on", "/accounts/second-step/", by="stepper"),
    Sheet("second-step-start", "/accounts/second-step/totp/activate/", by="starter", act=prove),
    Sheet("second-step-wrong", "/accounts/second-step/totp/activate/", by="starter", act=mistype_code),
    Sheet("second-step-stop", "/accounts/second-step/totp/deactivate/", by="stepper", act=prove),
    Sheet("second-step-codes", "/accounts/second-step/recovery-codes/", by="stepper", act=prove),
    Sheet("second-step-renew", "/accounts/second-step/recovery-codes/generate/", by="stepper", act=prove),
    Sheet("second-step-again", "/accounts/second-step/reauthenticate/", by="stepper"),
    Sheet("passkey-new", "/accounts/second-step/webauthn/add/", by="starter", act=prove),
    Sheet("passkeys", "/accounts/second-step/webauthn/", by="stepper"),
    Sheet("passkey-name", "/accounts/second-step/webauthn/keys/{passkey_id}/edit/", by="stepper", act=prove),
    Sheet("passkey-remove", "/accounts/second-step/webauthn/keys/{passkey_id}/remove/", by="stepper", act=prove),
    Sheet("passkey-again", "/accounts/second-step/webauthn/reauthenticate/", by="stepper"),
    Sheet("data", "/accounts/data/", by="rosa"),
    Sheet("data-wrong", "/accounts/data/", by="rosa", status=422, act=send(proof="wrong")),
    Sheet("left", "/accounts/left/"),
    Sheet("still-you", "/accounts/reauthenticate/", by="rosa"),
    Sheet("sign-out", "/accounts/logout/", by="rosa"),
    Sheet("standing", "/accounts/standing/", by="warned"),
    Sheet("standing-well", "/accounts/standing/", by="rosa"),
    Sheet("comment-barred", "/comments/{story_id}/new/", by="warned", status=409),
]

DESK = [
    Sheet("desk", "/desk/", by="mo"),
    Sheet("desk-reject", "/desk/", by="mo", act=open_rejection),
    Sheet("desk-reported", "/desk/reported/", by="mo"),
    Sheet("desk-flagged", "/desk/flagged/", by="mo"),
    Sheet("desk-illegal", "/desk/illegal/", by="mo"),
    Sheet("desk-errors", "/desk/errors/", by="mo"),
    Sheet("desk-popular", "/desk/popular/", by="mo"),
    Sheet("desk-unreviewed", "/desk/unreviewed/", by="mo"),
    Sheet("desk-all", "/desk/all/", by="mo", act=choose_two),
    Sheet("desk-found", "/desk/all/?q=a&since=2020-01-01", by="mo"),
    Sheet("desk-nonsense", "/desk/all/?author=nobody&story=/no/", by="mo", status=422),
    Sheet("desk-comment", "/desk/comments/{comment_id}/", by="mo"),
    Sheet("desk-person", "/desk/people/{warned_id}/", by="mo"),
    Sheet("desk-person-wrong", "/desk/people/{warned_id}/", by="mo", act=do_nothing_to_somebody, status=422),
    Sheet("desk-discussion", "/desk/discussions/{discussion_id}/", by="mo"),
    Sheet("desk-figures", "/desk/figures/", by="mo"),
    Sheet("desk-appeals", "/desk/sanctions/", by="mo"),
    Sheet("desk-exclusions", "/desk/exclusions/", by="mo", act=exclude_what_is_no_domain, status=422),
    Sheet("desk-picture", "/desk/people/{stepper_id}/picture/", by="mo"),
    Sheet("desk-over", "/desk/?after=999999", by="mo"),
]
ADMIN_WRITING = [
    Sheet("admin", "/admin/", by="edith"),
    Sheet("admin-list", "/admin/articles/article/", by="edith"),
    Sheet("admin-start", "/admin/articles/article/add/", by="edith"),
    Sheet("admin-mail", "/admin/mail/", by="rory"),
    Sheet("admin-sent-back", "/admin/articles/article/{sent_back_id}/change/", by="rory"),
    Sheet("admin-draft", "/admin/articles/article/{draft_id}/change/", by="rory"),
    Sheet("admin-review", "/admin/articles/article/{review_id}/change/", by="edith"),
    Sheet("admin-live", "/admin/articles/article/{story_id}/change/", by="edith"),
    Sheet("admin-waiting", "/admin/articles/article/{waiting_id}/change/", by="edith"),
    # Rory has it open: Edith may only look.
    Sheet("admin-looking", "/admin/articles/article/{draft_id}/change/", by="edith"),
    Sheet("admin-wrong", "/admin/articles/article/{draft_id}/change/", by="rory", act=misfile),
    Sheet("admin-conflict", "/admin/articles/article/{story_id}/change/", by="edith", status=409, act=fall_behind),
]
ADMIN_STORY = [
    Sheet("admin-history", "/admin/articles/article/{story_id}/story-history/", by="edith"),
    Sheet("admin-embargo", "/admin/articles/article/{draft_id}/embargo/", by="edith"),
    Sheet("admin-share", "/admin/articles/article/{draft_id}/share/", by="edith"),
    Sheet("admin-share-made", "/admin/articles/article/{review_id}/share/", by="edith", act=press("link")),
    Sheet("admin-corrections", "/admin/articles/article/{story_id}/corrections/", by="edith", act=open_withdrawal),
    Sheet(
        "admin-corrections-wrong",
        "/admin/articles/article/{story_id}/corrections/",
        by="edith",
        status=422,
        act=send(text=""),
    ),
    Sheet("admin-notes", "/admin/articles/article/{story_id}/notes/", by="edith", act=open_notes),
    Sheet("admin-notes-wrong", "/admin/articles/article/{story_id}/notes/", by="rory", status=422, act=answer_nothing),
    Sheet("admin-notes-none", "/admin/articles/article/{waiting_id}/notes/", by="edith"),
    Sheet("admin-notes-free", "/admin/articles/article/{waiting_id}/notes/", by="rory"),
    Sheet("admin-open-notes", "/admin/articles/note/", by="rory"),
    Sheet("admin-corrections-none", "/admin/articles/article/{draft_id}/corrections/", by="edith"),
    Sheet("admin-preview", "/admin/articles/article/{draft_id}/preview/", by="edith"),
]
ADMIN_LIST = [
    Sheet("admin-list-sifted", "/admin/articles/article/?readers=live&o=headline", by="edith"),
    Sheet("admin-list-nothing", "/admin/articles/article/?q=nonesuch", by="edith"),
    Sheet("admin-bulk-ask", "/admin/articles/article/?q=Bare", by="edith", act=with_all("unpublish")),
    Sheet("admin-bulk-report", "/admin/articles/article/?q=ferry", by="edith", status=409, act=with_all("approve")),
    Sheet("admin-view-new", "/admin/articles/article/views/add/?stage=draft", by="edith"),
    Sheet(
        "admin-view-wrong", "/admin/articles/article/views/add/?stage=draft", by="edith", status=422, act=send(name="")
    ),
    Sheet("admin-view", "/admin/articles/article/views/{view_id}/", by="edith"),
    Sheet("admin-trash", "/admin/articles/article/trash/", by="edith"),
    Sheet("admin-trash-ask", "/admin/articles/article/{draft_id}/trash/", by="edith"),
    Sheet("admin-trashed", "/admin/articles/article/{trashed_id}/change/", by="sue"),
    Sheet("admin-delete-ask", "/admin/articles/article/{trashed_id}/delete-now/", by="sue"),
    Sheet("admin-duplicate", "/admin/articles/article/{story_id}/duplicate/", by="edith"),
]
ADMIN_PLAN = [
    Sheet("admin-month", "/admin/articles/article/calendar/", by="edith"),
    Sheet("admin-week", "/admin/articles/article/calendar/?week={waiting_week}", by="edith"),
    Sheet("admin-day", "/admin/articles/article/calendar/?day={waiting_day}", by="edith"),
    Sheet("admin-month-none", "/admin/articles/article/calendar/?month=1999-13&section=none", by="rory"),
    Sheet("admin-feed", "/admin/articles/article/calendar/feed/", by="rory"),
    Sheet("admin-feed-made", "/admin/articles/article/calendar/feed/", by="edith", act=press("Make")),
    Sheet("admin-move", "/admin/articles/article/{waiting_id}/move/{waiting_edition}/", by="edith"),
    Sheet(
        "admin-move-wrong",
        "/admin/articles/article/{waiting_id}/move/{waiting_edition}/",
        by="edith",
        status=409,
        act=send(at="2020-01-01T09:00"),
    ),
    Sheet("admin-front", "/admin/articles/slot/", by="edith"),
    Sheet("admin-front-section", "/admin/articles/slot/?front={section}&width=390", by="edith"),
    Sheet("admin-front-ahead", "/admin/articles/slot/?front={section}&at=nonsense&q=nonesuch", by="edith"),
    Sheet("admin-front-frame", "/admin/articles/slot/preview/?front={section}", by="edith"),
    Sheet("admin-slot-new", "/admin/articles/slot/add/?front=&story={story_id}", by="edith"),
    Sheet("admin-slot", "/admin/articles/slot/{slot_id}/change/", by="edith"),
    Sheet(
        "admin-slot-wrong",
        "/admin/articles/slot/{slot_id}/change/",
        by="edith",
        status=422,
        act=send(ends_at="2020-01-01T09:00"),
    ),
    Sheet("admin-board", "/admin/articles/article/board/", by="edith"),
]
ADMIN_REST = [
    Sheet("admin-sections", "/admin/articles/section/", by="edith"),
    Sheet("admin-section", "/admin/articles/section/{section_id}/change/", by="edith"),
    Sheet("admin-section-new", "/admin/articles/section/add/", by="edith"),
    Sheet("admin-pages", "/admin/articles/housepage/", by="edith"),
    Sheet("admin-page", "/admin/articles/housepage/{page_id}/change/", by="edith"),
    Sheet("admin-page-new", "/admin/articles/housepage/add/", by="edith"),
    Sheet(
        "admin-page-wrong", "/admin/articles/housepage/{page_id}/change/", by="edith", status=422, act=send(title="")
    ),
    Sheet(
        "admin-page-conflict",
        "/admin/articles/housepage/{page_id}/change/",
        by="edith",
        status=409,
        act=overtaken_page,
    ),
    Sheet("admin-page-preview", "/admin/articles/housepage/{page_id}/preview/", by="edith"),
    Sheet("admin-topics", "/admin/articles/topic/", by="edith"),
    Sheet("admin-topic", "/admin/articles/topic/{topic_id}/change/", by="edith"),
    Sheet("admin-authors", "/admin/articles/author/", by="edith"),
    Sheet("admin-author", "/admin/articles/author/{writer_id}/change/", by="edith"),
    Sheet("admin-author-wrong", "/admin/articles/author/add/", by="edith", act=press("Save")),
    Sheet("admin-images", "/admin/articles/image/", by="edith"),
    Sheet("admin-image", "/admin/articles/image/{image_id}/change/", by="edith"),
    Sheet("admin-image-new", "/admin/articles/image/add/", by="edith"),
    Sheet("admin-image-wrong", "/admin/articles/image/add/", by="edith", status=422, act=add_no_picture),
    Sheet("admin-image-refused", "/admin/articles/image/{image_id}/change/", by="edith", act=send(focal_x="7", alt="")),
    Sheet("admin-images-none", "/admin/articles/image/?q=nonesuch&rights=over", by="edith"),
    Sheet("admin-image-delete", "/admin/articles/image/{free_image_id}/delete/", by="edith"),
    Sheet("admin-errors", "/admin/articles/errornote/", by="edith"),
    Sheet("admin-rules", "/admin/comments/rules/", by="sue"),
    Sheet("admin-rules-add", "/admin/comments/rules/add/", by="sue"),
    Sheet("admin-phrases", "/admin/comments/phrase/", by="sue"),
    Sheet("admin-phrase", "/admin/comments/phrase/{phrase_id}/change/", by="sue"),
    Sheet("admin-phrases-add", "/admin/comments/phrase/add/", by="sue"),
    Sheet("admin-phrases-tried", "/admin/comments/phrase/add/", by="sue", act=send(lines="the\n!!!", sample="the end")),
    Sheet("admin-phrases-changes", "/admin/comments/phrase/changes/", by="sue"),
    Sheet("admin-discussions", "/admin/comments/discussion/", by="sue"),
    Sheet("admin-discussion", "/admin/comments/discussion/{discussion_id}/change/", by="sue"),
    Sheet("admin-guests", "/admin/comments/guest/", by="sue"),
    Sheet("admin-guest", "/admin/comments/guest/{guest_id}/change/", by="sue"),
    Sheet("admin-newsletter", "/admin/newsroom/subscriber/", by="edith"),
    Sheet("admin-subscriber", "/admin/newsroom/subscriber/{subscriber_id}/change/", by="edith"),
    Sheet("admin-roles", "/admin/newsroom/role/", by="sue"),
    Sheet("admin-role", "/admin/newsroom/role/1/change/", by="sue"),
    Sheet("admin-users", "/admin/newsroom/user/", by="sue"),
    Sheet("admin-user", "/admin/newsroom/user/1/change/", by="sue"),
]
PARTS = {
    "lists": LISTS,
    "stories": STORIES,
    "entrance": ENTRANCE,
    "account": ACCOUNT,
    "desk": DESK,
    "admin-writing": ADMIN_WRITING,
    "admin-story": ADMIN_STORY,
    "admin-list": ADMIN_LIST,
    "admin-plan": ADMIN_PLAN,
    "admin-rest": ADMIN_REST,
}

# Named addresses that are no page of ours: what changes something, answers a script, or is a file or a probe.
FEEDS = ("site", "section", "topic", "author", "corrections")
NOT_PAGES = {
    "livez": "a probe",
    "readyz": "a probe",
    "picture": "a file",
    "comments:account_csv": "a file",
    "portrait": "a file",
    "articles:drawn": "a file",
    **dict.fromkeys(("robots", "security", "ads", "manifest", "favicon"), "for programs"),
    **dict.fromkeys((f"articles:sitemap{of}" for of in ("", "_news", "_lists", "_month")), "for programs"),
    "articles:calendar": "a file",
    "articles:suggestions": "JSON",
    "articles:opensearch": "for browsers",
    **dict.fromkeys(
        (f"articles:{of}_{form}" for of in FEEDS for form in ("feed", "feed_atom", "feed_json")), "for programs"
    ),
    "articles:read": "POST only; answers nothing",
    "admin:articles_errornote_answer": "POST only; goes back to the list",
    "comments:unmute": "POST only; goes back to the account",
    "comments:unfollow": "POST only; goes back to the notifications",
    "discussion_feed": "for programs",
    "swatches": "a style sheet, under DEBUG",
    "comments:me": "JSON",
    "comments:since": "JSON",
    "comments:seen": "POST only",
    "comments:preview": "JSON, of POST only",
    "desk:remark": "POST only; goes back to the person",
    "desk:readmit": "POST only; goes back to the list",
    "desk:heat": "POST only; goes back to the queue",
    "desk:let_go": "POST only; goes back to the discussion",
    "desk:lift": "POST only; goes back to the person or the list",
    "desk:watch": "POST only; goes back to the list",
    "desk:glance": "JSON",
    "desk:undo": "POST only; goes back to the comment",
    "desk:hold": "POST only; goes back to the list",
    "desk:keep": "POST only; goes back to the list",
    "desk:bulk": "POST only; goes back to the list",
    "desk:approve": "POST only; goes back to the queue",
    "desk:reject": "POST only; goes back to the queue",
    "account_download": "a file",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "JSON, and POST only; its button is that of sign-in",
    "mfa_authenticate": "of somebody who is signing in: see sign-in-code",
    "account_leave": "POST only; its page is that of one’s data",
    "account_stay": "POST only; goes back to one’s data",
    "account_confirm_login_code": "sign-in by code is off",
}


def open_sheet(page: Page, sheet: Sheet, addresses: dict[str, str]) -> int:
    """Open a page and do what is done there; returns the status of what is then on screen."""
    statuses: list[int] = []

    def note(response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            statuses.append(response.status)

    page.on("response", note)
    with sheet.during():
        page.goto(sheet.path.format_map(addresses))
        sheet.act(page)
        settle(page)
    page.remove_listener("response", note)
    return statuses[-1]


def settle(page: Page) -> None:
    """Wait for fonts, and for the editor where there is one."""
    page.wait_for_load_state("load")
    if page.locator("textarea[data-type=ckeditortype]").count():
        page.locator(".cke_editable").wait_for()
    page.evaluate("document.fonts.ready.then(() => 0)")
