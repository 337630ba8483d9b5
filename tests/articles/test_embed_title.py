"""The title of an embed, asked of the other site by the server: whom, by whom, and what is made of the answer."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from articles.admin import embed_title
from articles.body.embeds import OEMBED, OEMBED_HOSTS, PROVIDERS, title_address, title_in
from newsroom.lib.fetch import NotFetched
from tests.factories import edith, make_article, mo, rory, rosa

ADDRESS = "/admin/articles/article/embed-title/"
VIDEO = "https://youtu.be/abc"


@pytest.fixture
def asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles are asked for; the addresses that were. No request leaves this machine."""
    found: list[str] = []

    def answer(address: str, *, hosts: frozenset[str]) -> Any:
        assert hosts == OEMBED_HOSTS
        found.append(address)
        if "broken" in address:
            raise NotFetched("It did not answer.")
        return {"title": "The <b>last</b> ferry &amp; more"}

    settings.OEMBED = True
    monkeypatch.setattr(embed_title, "get_json", answer)
    return found


def ask(who: Any, url: str = VIDEO) -> Any:
    client = Client()
    if who:
        client.force_login(who)
    return client.get(ADDRESS, {"url": url})


@pytest.mark.django_db
def test_who_writes_is_given_the_title(asked):
    for who in (rory(), edith()):
        assert ask(who).json() == {"title": "The last ferry & more"}
    assert asked == ["https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be%2Fabc"] * 2
    assert "no-store" in ask(rory()).headers["Cache-Control"]


@pytest.mark.django_db
def test_nobody_else_is(asked):
    assert ask(None).status_code == 401
    for who in (rosa(), mo()):
        assert ask(who).status_code == 403
    assert asked == []


@pytest.mark.django_db
def test_where_it_is_switched_off_nothing_is_asked(asked, settings):
    settings.OEMBED = False
    assert ask(rory()).status_code == 404
    assert asked == []
    client = Client()
    client.force_login(edith())
    page = f"/admin/articles/article/{make_article().pk}/change/"
    assert "data-titles" not in client.get(page).text
    settings.OEMBED = True
    assert f'data-titles="{ADDRESS}"' in client.get(page).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "https://example.com/oembed",
        "https://127.0.0.1/",
        "https://www.imdb.com/title/tt1/",
        VIDEO + "/" * 3000,
    ],
)
def test_of_other_addresses_nobody_is_asked(asked, url):
    assert ask(rory(), url).json() == {"title": ""}
    assert asked == []


@pytest.mark.django_db
def test_a_site_that_does_not_say_is_no_error(asked):
    assert ask(rory(), "https://youtu.be/broken").json() == {"title": ""}
    assert Client().post(ADDRESS).status_code in {403, 405}


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ({"title": "  The last\n\nferry "}, "The last ferry"),
        ({"title": "<script>alert(1)</script>Ferry <img src=x onerror=alert(1)>"}, "Ferry"),
        ({"title": "5 < 6 &lt;i&gt; “so”"}, "5 < 6 <i> “so”"),
        ({"title": "a\u202eb\u0000c\u2028d"}, "a bc d"),
        ({"title": "👩‍🚀 in the ferry"}, "👩‍🚀 in the ferry"),
        ({"title": 5}, ""),
        ({"title": None}, ""),
        ({}, ""),
        ([], ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_of_an_answer_the_title_alone_is_taken_as_plain_text(answer, title):
    assert title_in(answer) == title


def test_a_title_has_an_end():
    assert len(title_in({"title": "word " * 5000})) <= 200


def test_every_provider_asked_is_one_of_the_table_and_by_https():
    assert set(OEMBED) <= {row.name for row in PROVIDERS}
    assert all(urlsplit(endpoint).scheme == "https" for endpoint in OEMBED.values())
    assert (
        title_address("https://vimeo.com/123") == "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123"
    )
    assert title_address("https://bsky.app/profile/a.b/post/c") == ""
