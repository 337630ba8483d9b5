"""Does the site open in a real browser at all?"""

from playwright.sync_api import Page


def test_the_front_page_opens_and_names_the_paper(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert "Newsroom" in page.title()
    assert page.locator("h1").count() == 1
