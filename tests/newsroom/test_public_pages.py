"""Pages are the same for every reader: no cookie, no token, no name; and browsers are told so."""

import re

import pytest
from django.test import Client

from articles import publishing
from articles.body.embeds import FRAME_SOURCES
from tests.factories import (
    correct,
    edith,
    make_edition,
    make_section,
    make_shown_comment,
    make_topic,
    mo,
    ravi,
    republish,
    rosa,
    take_down,
    visit,
)

pytestmark = pytest.mark.django_db

ERRORS = ["/nowhere/", "/tv/never-written/", "/tv/retracted/"]


@pytest.fixture
def public() -> list[str]:
    """Every public page of a small paper."""
    edition = make_edition(headline="All of it", slug="here", topics=(make_topic().pk,), prompt="And you?")
    comment = make_shown_comment(edition)
    retracted = make_edition(slug="retracted")
    take_down(publishing.retract, retracted.article)
    discussion = f"/comments/{edition.article_id}/"
    correct(edition)
    lists = ["/", "/tv/", "/topics/widows-keep/", "/authors/rory-quill/", "/corrections/"]
    search = ["/search/", "/search/?q=all", "/search/?q=al1of", "/search/suggest/?q=al", "/opensearch.xml"]
    return [*lists, *search, edition.path, discussion, comment.get_absolute_url()]


def test_a_public_page_is_the_same_bytes_for_everyone(public):
    readers = [Client(), *(visit(person()) for person in (rosa, ravi, edith, mo))]
    for url in public + ERRORS:
        responses = [reader.get(url) for reader in readers]
        assert len({(response.status_code, response.content) for response in responses}) == 1, url
        assert len({response.headers.get("ETag") for response in responses}) == 1, url


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_a_public_page_sets_no_cookie_asks_for_none_and_holds_no_token(public, who):
    client = Client() if who == "stranger" else visit(rosa())
    for url in public + ERRORS:
        response = client.get(url)
        page = response.content.decode()
        assert not response.cookies, url
        assert "Cookie" not in response.headers.get("Vary", ""), url
        assert "csrf" not in page.lower(), url
        assert "rosa@example.com" not in page, url


def test_a_public_page_may_be_kept_and_must_be_asked_about(public):
    for url in public:
        control = {part.strip() for part in Client().get(url)["Cache-Control"].split(",")}
        assert control == {"public", "max-age=0", "must-revalidate"}, url


def test_an_unchanged_page_answers_304_and_a_changed_one_does_not(public, client):
    for url in public:
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), url
    tag = client.get("/tv/")["ETag"]
    article = make_edition(slug="another").article
    republish(article, slug="another", headline="Now it says something else")
    changed = client.get("/tv/", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Now it says something else" in changed.content.decode()


def test_a_head_request_answers_as_a_get_without_its_body(public, client):
    for url in public:
        head = client.head(url)
        assert (head.status_code, head.content) == (200, b""), url


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_public_page_is_only_read(public, client, method):
    for url in public:
        assert getattr(client, method)(url).status_code == 405, url


def directives(response) -> dict[str, str]:
    policy = response.headers["Content-Security-Policy"]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in policy.split(";"))}


def test_the_policy_lets_nothing_run_but_our_own_files(public):
    for url in public + ERRORS + ["/accounts/login/", "/livez/"]:
        policy = directives(Client().get(url))
        # Only a story may have players in frames, and only those of the table.
        assert policy.pop("frame-src", "").split() in ([], FRAME_SOURCES), url
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", url
        assert policy["script-src"] == policy["style-src"] == "'self'", url
        assert "unsafe" not in str(policy), url
        assert "*" not in str(policy), url
        assert "http" not in str(policy), url


def test_no_page_holds_what_the_policy_would_stop(public):
    for url in public + ERRORS:
        page = Client().get(url).content.decode()
        # Data for machines stands in the page; no browser runs it.
        assert not re.search(r"""<script(?! type="application/ld\+json">)(?![^>]*\ssrc=)""", page), url
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), url
        assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//(?!localhost)[^\"']*\.(?:js|css|woff2)", page), url


def test_every_response_carries_the_headers_that_keep_it_in_its_place(public):
    for url in public + ERRORS:
        headers = Client().get(url).headers
        assert headers["X-Content-Type-Options"] == "nosniff", url
        assert headers["X-Frame-Options"] == "DENY", url
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", url
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", url
        assert "camera=()" in headers["Permissions-Policy"], url


def test_a_page_names_its_section_and_the_sections_of_the_paper(public, client):
    make_section("film")
    page = client.get("/tv/").content.decode()
    assert 'href="/film/"' in page
    assert 'aria-current="page"' in page


def test_a_personal_page_is_kept_nowhere():
    edition = make_edition()
    reader = visit(rosa())
    for url in ["/accounts/", f"/comments/{edition.article_id}/new/", f"/comments/{edition.article_id}/me/"]:
        control = reader.get(url)["Cache-Control"]
        assert "no-store" in control, url
        assert "public" not in control, url


def test_a_form_without_its_token_is_refused():
    edition = make_edition()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ravi())
    url = f"/comments/{edition.article_id}/new/"
    assert strict.post(url, {"body": "x", "key": "y"}).status_code == 403


def test_a_name_longer_than_any_is_nobodys():
    """SQLite refuses to look for 50,000 characters."""
    page = Client().post("/accounts/login/", {"login": "x" * 60_000, "password": "x"})
    assert page.status_code == 200
    assert "Sign in" in page.text


def test_a_page_seen_again_keeps_the_policy_it_came_with():
    """Else a reader who comes back could play nothing: the policy of every page lets no other site in."""
    path = make_edition(body="<p>Words.</p><p>https://youtu.be/abc</p>").path
    page = Client().get(path)
    assert "frame-src" in page["Content-Security-Policy"]
    again = Client().get(path, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again
