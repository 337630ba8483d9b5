"""The audit log: complete, read only, each to their own stories, and safe in a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import publishing
from articles.models import Event
from newsroom.lib.csv import safe_cell
from newsroom.models import User
from tests.factories import edith, make_article, make_edition, mo, rory, rosa, take_down, wren

LIST, EXPORT = "admin:articles_event_changelist", "admin:articles_event_export"


def get(user: User, name: str, **query: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name), query)


def exported(user: User, **query: str) -> list[dict[str, str]]:
    text = get(user, EXPORT, **query).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
def test_the_log_says_who_did_what_to_which_story():
    article = make_edition(headline="The long way round").article
    take_down(publishing.retract, article, note="It was wrong.")
    rows = exported(edith())
    assert [row["what"] for row in rows] == ["Retracted", "Published", "Saved", "Created"]
    assert rows[0] | {"at": ""} == {
        "at": "",
        "what": "Retracted",
        "story": str(article.pk),
        "headline": "The long way round",
        "version": rows[0]["version"],
        "edition": "",
        "by": "edith",
        "note": "It was wrong.",
    }
    assert "The long way round" in get(edith(), LIST).text


@pytest.mark.django_db
def test_the_download_has_what_the_list_shows():
    make_edition(headline="Wanted")
    make_article(headline="Not wanted")
    assert {row["headline"] for row in exported(edith(), q="Wanted", kind__exact="published")} == {"Wanted"}
    assert len(exported(edith(), kind__exact="published")) == 1


@pytest.mark.django_db
def test_a_headline_that_is_a_formula_stays_text():
    make_article(headline="=HYPERLINK(1)")
    assert exported(edith())[0]["headline"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_begins_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (7, "7"), ("a=1", "a=1"), ("", "")])
def test_other_cells_are_what_they_were(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.django_db
def test_a_writer_reads_the_log_of_their_own_stories_only():
    make_article(headline="Rory’s own")
    assert {row["headline"] for row in exported(rory())} == {"Rory’s own"}
    assert exported(wren()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", [mo, rosa])
@pytest.mark.parametrize("name", [LIST, EXPORT])
def test_others_read_none_of_it(who, name):
    assert get(who(), name).status_code in {302, 403}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["change", "delete"])
def test_nobody_changes_an_event(page):
    make_article()
    event = Event.objects.first()
    client = Client()
    client.force_login(edith())
    address = reverse(f"admin:articles_event_{page}", args=[event.pk])
    client.post(address, {"post": "yes", "note": "Never happened"})
    assert Event.objects.get(pk=event.pk).note == event.note
    assert client.get(reverse("admin:articles_event_add")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("stories", [2, 20])
def test_the_log_takes_the_same_queries_for_any_number_of_stories(django_assert_max_num_queries, stories):
    for _ in range(stories):
        make_article()
    client = Client()
    client.force_login(edith())
    with django_assert_max_num_queries(16):
        client.get(reverse(LIST))
