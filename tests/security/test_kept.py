"""What browsers and caches in between may keep, for every address of the map that is not the staff's.

A public page may be kept, says how long, and answers “not modified”; it has no cookie and varies by none. A page for
one person is kept nowhere. An address that is new on the map is public unless it is put among the personal ones here.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import calendar_feed, sharing
from tests.factories import (
    correct,
    make_article,
    make_edition,
    make_house_page,
    make_picture,
    make_shown_comment,
    make_topic,
    rory,
    rosa,
    with_picture,
)
from tests.security.walking import fill, readers_patterns

pytestmark = pytest.mark.django_db

# For one person, or for nobody: forms with a token, what is somebody's own, what asks how the site is or shows builders
# its parts.
PERSONAL = (
    "/accounts/",
    "/calendar/",
    "/comments/<int:article_id>/follow/",
    "/comments/<int:article_id>/guest/",
    "/comments/<int:article_id>/me/",
    "/comments/<int:article_id>/new/",
    "/comments/<int:article_id>/vote/",
    "/comments/<int:article_id>/seen/",
    "/comments/c/<int:pk>/edit/",
    "/comments/c/<int:pk>/illegal/",
    "/comments/c/<int:pk>/like/",
    "/comments/c/<int:pk>/mute/",
    "/comments/c/<int:pk>/pick/",
    "/comments/c/<int:pk>/report/",
    "/comments/c/<int:pk>/withdraw/",
    "/comments/followed/",
    "/comments/guest/",
    "/comments/muted/",
    "/comments/preview/",
    "/livez/",
    "/newsletter/confirm/",
    "/newsletter/leave/",
    "/read/<int:article_id>/",
    "/readyz/",
    "/share/",
    "/styleguide/",
)
# Public, but no page: it leads to the icon.
LEADS_ON = ("/favicon.ico",)


def is_personal(pattern: str) -> bool:
    exact = {"/read/<int:article_id>/", "/livez/", "/readyz/"}
    return pattern in exact if pattern.startswith(tuple(exact)) else pattern.startswith(PERSONAL)


PUBLIC = [pattern for pattern in readers_patterns() if not is_personal(pattern)]
PRIVATE = [pattern for pattern in readers_patterns() if is_personal(pattern)]


@pytest.fixture
def values(settings) -> dict[str, Any]:
    """What stands in the holes of addresses, by name; "slug" is another in each place."""
    settings.SECURITY_CONTACT = "security@paper.example"
    picture = make_picture()
    edition = make_edition(slug="here", topics=(make_topic("Ferries").pk,), lead_image=picture.pk)
    correct(edition)
    make_house_page("about")
    comment = make_shown_comment(edition)
    on = timezone.localtime(edition.published_at)
    return {
        "article_id": edition.article_id,
        "pk": comment.pk,
        "username": comment.author.username,
        "section": "tv",
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "part": 1,
        "key": picture.key,
        "name": picture.picture.whole.src.rsplit("/", 1)[-1],
        "token": sharing.share(make_article(), by=rory()),
        "uidb36": "x",
    }


SLUGS = {"/pages/": "about", "/topics/": "ferries", "/authors/": "rory-quill", "/<slug:section>/": "here", "": "tv"}


def address_of(pattern: str, values: dict[str, Any]) -> str:
    slug = next(slug for prefix, slug in SLUGS.items() if pattern.startswith(prefix))
    if pattern.startswith("/calendar/"):
        values = values | {"token": calendar_feed.make(by=rory())}
    if pattern.startswith("/media/people/"):
        values = values | {"key": Path(with_picture(rosa()).portrait).stem}
    return fill(pattern, {"slug": slug} | values)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("who", ["a stranger", "a reader"])
@pytest.mark.parametrize("pattern", PUBLIC)
def test_a_public_page_may_be_kept_and_is_asked_about(values, pattern, who):
    address = address_of(pattern, values)
    client = Client()
    if who == "a reader":
        client.force_login(rosa())
        client.get("/accounts/")
    client.cookies.pop("csrftoken", None)
    first = client.get(address)
    assert first.status_code == (302 if pattern in LEADS_ON else 200), f"{address} has no sample, or is personal"
    assert body_of(first) or pattern in LEADS_ON
    assert not first.cookies
    assert "cookie" not in first.headers.get("Vary", "").lower()
    control = first["Cache-Control"]
    assert "public" in control
    assert re.search(r"max-age=\d+", control)
    assert "private" not in control
    assert "no-store" not in control
    if pattern in LEADS_ON:
        return
    headers = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
    given = [name for name in headers if name in first.headers]
    assert given, "neither ETag nor Last-Modified"
    for name in given:
        again = client.get(address, headers={headers[name]: first[name]})
        assert (again.status_code, body_of(again)) == (304, b""), name
        assert not again.cookies
        assert again["Cache-Control"] == control
    other = client.get(address, headers={"if-none-match": '"another"'})
    assert (other.status_code, len(body_of(other))) == (200, len(body_of(client.get(address))))


@pytest.mark.parametrize("who", ["a stranger", "a reader"])
@pytest.mark.parametrize("pattern", PRIVATE)
def test_a_personal_page_is_kept_nowhere(values, pattern, who):
    client = Client()
    if who == "a reader":
        client.force_login(rosa())
    address = address_of(pattern, values)
    for response in (client.get(address), client.post(address)):
        if response.status_code not in {404, 405}:
            assert "no-store" in response.headers.get("Cache-Control", ""), (address, response.status_code)
            assert "public" not in response.headers.get("Cache-Control", "")


def test_every_address_is_one_or_the_other():
    assert not set(PUBLIC) & set(PRIVATE)
    assert {"/", "/<slug:slug>/", "/search/", "/sitemap.xml", "/read/<int:article_id>/picture.png"} <= set(PUBLIC)
    assert {"/read/<int:article_id>/", "/accounts/login/", "/comments/<int:article_id>/new/"} <= set(PRIVATE)
