"""Passing a story on: with a script by the browser's own ways, without one by mail and by the link itself."""

from playwright.sync_api import Browser, Page, expect

from tests.factories import make_edition


def test_the_link_is_copied(page: Page, live_server) -> None:
    edition = make_edition(headline="Two funnels & a storm")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page.goto(edition.path)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").endswith(edition.path)


def test_without_a_script_there_is_mail_and_the_link(browser: Browser, live_server) -> None:
    edition = make_edition(headline="Two funnels & a storm")
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(edition.path)
    assert page.get_by_role("button", name="Copy the link").count() == 0
    mail = page.get_by_role("link", name="E-mail it").get_attribute("href")
    assert mail.startswith("mailto:?subject=Two%20funnels%20%26%20a%20storm&body=http")
    assert page.get_by_role("link", name="Link to this story").get_attribute("href").endswith(edition.path)
    context.close()
