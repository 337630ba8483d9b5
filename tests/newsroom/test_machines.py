"""The small files at the root that machines look for."""

import io
import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.staticfiles import finders
from PIL import Image as Pillow

from articles import publishing
from articles.images.drawing import SIZE, fitted, shared_picture
from tests.articles.test_spoilers import SAFE, make_telling
from tests.factories import make_article, make_edition, make_picture, take_down

FIRST = "/read/{}/picture.png"


def test_robots_are_told_where_to_go_and_where_not(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /desk/", "Disallow: /share/", "Disallow: /search/"} <= set(lines)
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert "Sitemap: http://localhost:8000/sitemap-news.xml" in lines


@pytest.mark.parametrize(("may", "said"), [(False, True), (True, False)])
def test_whether_language_models_may_be_fed_is_the_paper_s_choice(client, settings, may, said):
    settings.AI_CRAWLERS = may
    text = client.get("/robots.txt").content.decode()
    assert ("User-agent: GPTBot" in text) == said
    assert ("Disallow: /\n" in text) == said


@pytest.mark.django_db
def test_whom_to_tell_of_a_hole_is_said_once_it_is_set(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "security@paper.example"
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
        text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@paper.example\n" in text
    assert "Expires: 2030-06-30T00:00:00Z\n" in text
    assert "Canonical: http://localhost:8000/.well-known/security.txt\n" in text


def test_nobody_sells_ads_until_somebody_does(client, settings):
    assert "placeholder" in client.get("/ads.txt").content.decode()
    settings.ADS_TXT = "ads.example, 12, DIRECT"
    assert client.get("/ads.txt").content == b"ads.example, 12, DIRECT\n"


def test_the_manifest_s_icons_are_there_in_the_sizes_it_says(client):
    about = json.loads(client.get("/manifest.webmanifest").content)
    assert about["name"] == "Newsroom"
    for icon in about["icons"]:
        with Pillow.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_the_old_name_of_the_icon_leads_to_it(client):
    assert client.get("/favicon.ico")["Location"] == "/static/site/icons/icon-48.png"


# --- The drawn picture -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_story_without_a_picture_is_shared_with_a_drawn_one(client):
    edition = make_edition(headline="Two funnels")
    address = FIRST.format(edition.article_id)
    assert f'<meta property="og:image" content="http://localhost:8000{address}">' in client.get(edition.path).text
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    with Pillow.open(io.BytesIO(response.content)) as picture:
        assert picture.size == SIZE


@pytest.mark.django_db
def test_one_with_a_picture_is_shared_with_that(client):
    edition = make_edition(lead_image=make_picture().pk)
    assert FIRST.format(edition.article_id) not in client.get(edition.path).text


@pytest.mark.django_db
def test_nothing_is_drawn_of_a_story_that_readers_have_not_got(client):
    article, gone = make_article(), make_edition()
    take_down(publishing.unpublish, gone.article)
    for pk in (article.pk, gone.article_id, 999_999):
        assert client.get(FIRST.format(pk)).status_code == 404


@pytest.mark.django_db
def test_what_is_drawn_gives_nothing_away(client, monkeypatch):
    drawn = []
    monkeypatch.setattr("articles.views.drawn.shared_picture", lambda *words: drawn.append(words) or b"")
    client.get(FIRST.format(make_telling().article_id))
    assert drawn[0][0] == SAFE


@pytest.mark.parametrize("headline", ["", "A", "Word " * 60, "W" * 300, "日本語の見出し", "a\nb\tc"])
def test_any_headline_can_be_drawn(headline):
    _, lines = fitted(headline or "x", 1000)
    assert len(lines) <= 5
    with Pillow.open(io.BytesIO(shared_picture(headline, "TV", "teal", "Newsroom"))) as picture:
        assert picture.size == SIZE
