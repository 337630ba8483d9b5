"""Every page on a phone and a desktop, by day and by night: in one piece, styled, quiet, and open to everybody."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import get_resolver, resolve
from playwright.sync_api import Page

from newsroom.models import User
from tests.browser.conftest import Complaints
from tests.browser.looking import objections
from tests.browser.pages import EMPTY, NOT_PAGES, PARTS, Sheet, open_sheet
from tests.browser.paper import lay_out
from tests.factories import edith, mo

# What Django and CKEditor draw and we cannot mend from a style sheet, with the reason.
FOREIGN: dict[str, str] = {}


@pytest.fixture
def examine(new_person: Callable[..., Page], complaints: Complaints) -> Callable[..., None]:
    """`examine(sheets, addresses)`: open each page as the person whose it is, and fail with all that is wrong."""
    people: dict[str, Page] = {}

    def wrong(sheets: list[Sheet], addresses: dict[str, str]) -> Iterator[str]:
        for sheet in sheets:
            if sheet.by not in people:
                people[sheet.by] = new_person(User.objects.get(username=sheet.by) if sheet.by else None)
            if sheet.status >= 400:
                complaints.expect(f"status of {sheet.status}")
            status = open_sheet(people[sheet.by], sheet, addresses)
            if status != sheet.status:
                yield f"{sheet.name}: status {status}"
            yield from (f"{sheet.name}: {problem}" for problem in objections(people[sheet.by], FOREIGN))

    def examine(sheets: list[Sheet], addresses: dict[str, str]) -> None:
        problems = list(wrong(sheets, addresses))
        assert not problems, "\n".join(problems)

    return examine


def test_pages_of_an_empty_paper(examine: Callable[..., None]) -> None:
    edith(), mo()
    examine(EMPTY, {})


@pytest.mark.usefixtures("editor_noise")
@pytest.mark.parametrize("part", PARTS)
def test_pages(part: str, examine: Callable[..., None], complaints: Complaints) -> None:
    # Saving while one types, of what is mistyped or overtaken on purpose.
    complaints.expect("/autosave/)")
    examine(PARTS[part], lay_out())


@pytest.mark.django_db
def test_no_page_is_forgotten() -> None:
    addresses = lay_out()
    sheets = [sheet for part in (EMPTY, *PARTS.values()) for sheet in part]
    seen = {resolve(sheet.path.format_map(addresses).partition("?")[0]).view_name for sheet in sheets}
    assert set(named(get_resolver())) - seen - set(NOT_PAGES) == set()
    assert seen.isdisjoint(NOT_PAGES)


def named(resolver, space: str = "") -> Iterator[str]:
    """The names of all addresses but Django's own admin."""
    for pattern in resolver.url_patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"
