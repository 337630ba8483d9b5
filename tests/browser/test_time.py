"""Time and strangers in a real browser: a change that waits while the story is edited on, and a shared link's life."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Edition, ShareLink
from tests.browser.conftest import Complaints
from tests.browser.test_history import admin_of
from tests.factories import change, edith, make_article, make_edition


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def headline_for_readers(page: Page, article: Article) -> None:
    page.goto(article.live_edition.path)
    return expect(page.get_by_role("heading", level=1))


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_waits_its_hour_while_the_story_is_edited_on(new_person: Callable[..., Page], scripts: bool) -> None:
    article = make_edition(headline="As it is").article
    reader, desk = new_person(), new_person(edith(), java_script_enabled=scripts)
    tomorrow = timezone.localtime() + timedelta(days=1)

    desk.goto(admin_of(article))
    desk.get_by_label("Headline").fill("As it will be")
    desk.get_by_label("Publish at").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    desk.locator("button[value=schedule]").click()
    expect(desk.locator(".messagelist")).to_contain_text("Scheduled.")
    expect(desk.locator(".situation")).to_contain_text("Edition 2 waits until")
    headline_for_readers(reader, article).to_have_text("As it is")

    desk.get_by_label("Headline").fill("As it may be one day")
    save(desk)
    expect(desk.locator(".situation")).to_contain_text("differs from what is live")
    headline_for_readers(reader, article).to_have_text("As it is")

    # The clock moves on: nobody presses anything.
    back = timedelta(days=2)
    for edition in article.editions.order_by("live_at"):
        ends_at = edition.ends_at and edition.ends_at - back
        Edition.objects.filter(pk=edition.pk).update(
            live_at=edition.live_at - back, published_at=edition.published_at - back, ends_at=ends_at
        )
    headline_for_readers(reader, article).to_have_text("As it will be")
    desk.reload()
    expect(desk.get_by_label("Headline")).to_have_value("As it may be one day")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_shared_link_opens_one_story_until_it_is_closed(
    new_person: Callable[..., Page], complaints: Complaints, scripts: bool
) -> None:
    complaints.expect("status of 404")
    article, other = make_article(headline="For your eyes"), make_article(headline="For nobody’s")
    desk, outsider = new_person(edith(), java_script_enabled=scripts), new_person(java_script_enabled=scripts)
    desk.goto(admin_of(article, "share"))
    desk.get_by_role("button", name="Link to the draft as it changes").click()
    address = desk.get_by_label("Copy it now").input_value()
    desk.get_by_role("button", name="Link to the words as they are now").click()
    pinned = desk.get_by_label("Copy it now").input_value()

    change(article, headline="For your eyes only")
    outsider.goto(address)
    expect(outsider.get_by_role("heading", level=1)).to_have_text("For your eyes only")
    expect(outsider.locator("body")).to_contain_text("draft")
    outsider.goto(pinned)
    expect(outsider.get_by_role("heading", level=1)).to_have_text("For your eyes")
    assert "For nobody’s" not in outsider.content()
    assert outsider.goto(f"/tv/{other.slug or 'for-nobodys'}/").status == 404

    desk.goto(admin_of(article, "share"))
    desk.get_by_role("button", name="Close").first.click()
    expect(desk.locator(".messagelist")).to_contain_text("The link is closed.")
    desk.get_by_role("button", name="Close").first.click()
    assert [outsider.goto(link).status for link in (address, pinned)] == [404, 404]


def test_a_shared_link_ends_by_itself(new_person: Callable[..., Page], complaints: Complaints) -> None:
    complaints.expect("status of 404")
    article = make_article(headline="For a week")
    desk, outsider = new_person(edith()), new_person()
    desk.goto(admin_of(article, "share"))
    desk.get_by_role("button", name="Link to the draft as it changes").click()
    address = desk.get_by_label("Copy it now").input_value()
    assert outsider.goto(address).status == 200
    ShareLink.objects.update(expires_at=timezone.now())
    assert outsider.goto(address).status == 404
