"""Pages for what is not there: they help on, cost two queries, and stand while the database does not."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from newsroom.pages.errors import words_of
from tests.factories import make_edition, make_section, take_down

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/tv/the-saltmarsh-signal-2/", "the saltmarsh signal"),
        ("/topics/night_bus/", "night bus"),
        ("/café/über-alles/", "über alles"),
        ("/share/Xy12ab34/", ""),
        ("/1/2/3/", ""),
        (f"/{'x' * 31}/", ""),
        (
            "/" + "/".join(f"word{chr(97 + n)}" for n in range(20)) + "/",
            " ".join(f"word{chr(97 + n)}" for n in range(1, 9)),
        ),
        ('/"><script>alert(1)</script>/', "script"),
        ("/a\x00b/ok/", "ok"),
    ],
)
def test_the_words_of_an_address(path, words):
    assert words_of(path) == words


def test_the_search_is_filled_with_the_words_of_the_address(client):
    page = client.get("/tv/night-bus-hymnl-2/")
    assert page.status_code == 404
    assert 'name="q" value="night bus hymnl"' in page.content.decode()
    strange = client.get("/tv/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/no/").content.decode()
    assert "<script>alert" not in strange
    assert 'value="script alert script no"' in strange


def test_a_missing_page_leads_to_sections_and_the_newest_stories_in_two_queries_more(client):
    editions = [make_edition(headline=f"Number {number}") for number in range(5)]
    client.get("/no/such/page/at/all/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/no/such/page/at/all/").content.decode()
    assert len(asked) == 2
    assert 'href="/tv/"' in page
    assert editions[-1].path in page
    assert editions[0].path not in page


def test_a_missing_page_stands_while_the_database_does_not(client, monkeypatch, caplog):
    make_edition()

    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("newsroom.pages.errors.frame", away)
    with connection.execute_wrapper(away):
        page = client.get("/no/such/page/at/all/")
    assert page.status_code == 404
    assert 'value="such page at all"' in page.content.decode()
    assert "shown without stories" in caplog.text


def test_a_withdrawn_story_leads_to_others_of_its_section(client):
    other, elsewhere = make_edition(headline="Another"), make_edition(section=make_section("film").pk)
    edition = make_edition(headline="It was not so")
    take_down(publishing.retract, edition.article)
    page = client.get(edition.path)
    assert page.status_code == 410
    assert other.path in page.content.decode()
    assert elsewhere.path not in page.content.decode()
    assert "It was wrong." in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_what_a_page_needs_when_nothing_works_is_there_under_its_plain_name(name):
    """With no tag there is no name with a hash in it: WhiteNoise must serve the plain one as well."""
    text = Path(settings.BASE_DIR, "templates", name).read_text()
    files = re.findall(r'href="/static/([^"]+)"', text)
    assert len(files) >= 4
    assert all(finders.find(file) for file in files)
    assert "{%" not in text
    assert "{{" not in text
    assert not getattr(settings, "WHITENOISE_KEEP_ONLY_HASHED_FILES", False)


def test_a_fault_needs_no_query(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("articles.views.lists.fronts.front_page", broken)
    client = Client(raise_request_exception=False)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/")
    assert page.status_code == 500
    assert len(asked) == 0
    assert "The projector broke" in page.content.decode()
