"""Saved views: kept under a name, found again as tabs, shared by editors, changed by their owners alone."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from articles import saved_views
from articles.models import SavedView
from newsroom.models import User
from tests.factories import edith, make_article, mo, rory, rosa, visit, wren

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ADD = f"{LIST}views/add/"


def keep(by: User, name: str = "My drafts", query: str = "stage=draft", *, is_shared: bool = False) -> SavedView:
    return saved_views.keep(query, name=name, is_shared=is_shared, by=by)


def tabs_of(user: User, query: str = "") -> list[Any]:
    return visit(user).get(f"{LIST}?{query}" if query else LIST).context["tabs"]


def named(user: User) -> set[str]:
    return {tab.name for tab in tabs_of(user)}


def test_what_the_list_shows_is_kept_and_found_again():
    make_article(headline="A draft")
    desk = visit(rory())
    offered = desk.get(f"{LIST}?stage=draft&o=headline").text
    assert f"{ADD}?stage=draft&amp;o=headline" in offered
    assert 'name="query" value="stage=draft&amp;o=headline"' in desk.get(f"{ADD}?stage=draft&o=headline").text
    back = desk.post(ADD, {"name": "My  drafts ", "query": "stage=draft&o=headline"})
    assert back.headers["Location"] == f"{LIST}?stage=draft&o=headline"
    assert SavedView.objects.get().name == "My drafts"
    opened = [tab.name for tab in tabs_of(rory(), "o=headline&stage=draft") if tab.is_current]
    assert opened == ["My drafts"]


def test_only_what_the_list_knows_is_kept():
    visit(rory()).post(ADD, {"name": "x", "query": "p=3&stage=draft&trashed_at__isnull=0&q=&next=//evil.example"})
    assert SavedView.objects.get().query == "stage=draft"


def test_a_view_of_ones_own_is_renamed_and_removed():
    view, desk = keep(rory()), visit(rory())
    address = f"{LIST}views/{view.pk}/"
    assert "My drafts" in desk.get(address).text
    desk.post(address, {"name": "Mine to finish"})
    assert "Mine to finish" in named(rory())
    assert "the stories are all there" in desk.post(f"{address}remove/", follow=True).text
    assert not SavedView.objects.exists()


def test_a_shared_view_is_everybodys_to_use():
    keep(edith(), name="Waiting in TV", is_shared=True)
    keep(edith(), name="Only mine")
    assert "Waiting in TV" in named(rory())
    assert "Only mine" not in named(rory())
    assert [tab.by for tab in tabs_of(rory()) if tab.name == "Waiting in TV"] == ["edith"]


def test_me_in_a_shared_view_is_whoever_looks():
    keep(edith(), name="Of my own", query="author=me", is_shared=True)
    make_article(by=rory(), headline="Rory’s")
    assert "Rory’s" in visit(rory()).get(f"{LIST}?author=me").text
    assert "Rory’s" not in visit(edith()).get(f"{LIST}?author=me").text


def test_only_editors_share():
    with pytest.raises(PermissionDenied):
        keep(rory(), is_shared=True)
    visit(rory()).post(ADD, {"name": "x", "query": "stage=draft", "is_shared": "on"})
    assert not SavedView.objects.get().is_shared
    visit(edith()).post(ADD, {"name": "y", "query": "stage=draft", "is_shared": "on"})
    assert SavedView.objects.get(name="y").is_shared


@pytest.mark.parametrize("who", [rory, wren, mo, rosa])
def test_nobody_changes_or_removes_anothers(who):
    view = keep(edith(), name="Edith’s", is_shared=True)
    for verb in (
        lambda: saved_views.change(view, name="x", is_shared=False, by=who()),
        lambda: saved_views.remove(view, by=who()),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    for page in ("", "remove/"):
        answer = visit(who()).post(f"{LIST}views/{view.pk}/{page}", {"name": "x"})
        assert answer.status_code in {302, 403, 404}
    assert SavedView.objects.get().name == "Edith’s"


@pytest.mark.parametrize("who", [None, mo, rosa])
def test_who_has_no_list_keeps_no_view(who):
    client = visit(who()) if who else Client()
    assert client.get(f"{ADD}?stage=draft").status_code in {302, 403}
    assert client.post(ADD, {"name": "x", "query": "stage=draft"}).status_code in {302, 403}
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", "stage=draft", "required"),
        ("x" * 61, "stage=draft", "at most 60"),
        ("My drafts", "stage=ready", "already"),
        ("Everything", "", "the whole list"),
        ("Everything", "p=2&nonsense=1", "the whole list"),
        ("a\x00b", "stage=draft", "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(name, query, words):
    keep(rory())
    page = visit(rory()).post(ADD, {"name": name, "query": query})
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{name}"' in page.text or not name or "\x00" in name
    assert SavedView.objects.count() == 1


def test_there_is_an_end_to_it():
    for number in range(saved_views.MOST):
        keep(rory(), name=f"View {number}")
    with pytest.raises(ValidationError, match="remove one"):
        keep(rory(), name="One more")


def test_two_people_may_use_the_same_name():
    keep(rory())
    keep(edith())
    assert SavedView.objects.count() == 2
