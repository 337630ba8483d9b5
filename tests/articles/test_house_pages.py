"""Pages of the house: written by editors of the whole paper, read by everybody once they are public."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import house_pages
from articles.images import usage
from articles.models import Author, HousePage
from tests.factories import (
    edith,
    make_author,
    make_edition,
    make_house_page,
    make_picture,
    make_section,
    make_user,
    mo,
    rory,
    rosa,
    visit,
)

pytestmark = pytest.mark.django_db

SEVEN = ["about", "masthead", "ethics", "corrections-policy", "contact", "privacy", "comments"]


def change_url(page: HousePage) -> str:
    return f"/admin/articles/housepage/{page.pk}/change/"


def form_of(page: HousePage, **fields) -> dict[str, object]:
    """The page's form as a browser sends it."""
    form = {
        "title": page.title,
        "lead": page.lead,
        "body": page.body,
        "place": page.place,
        "read_version": page.version,
    }
    return form | ({"is_public": "on"} if page.is_public else {}) | fields


# --- What readers have -----------------------------------------------------------------------------


def test_a_new_paper_has_seven_pages_begun_and_none_of_them_public(client):
    assert list(HousePage.objects.values_list("slug", flat=True)) == SEVEN
    assert not HousePage.objects.public().exists()
    assert all(client.get(f"/pages/{slug}/").status_code == 404 for slug in SEVEN)
    assert client.get("/pages/").status_code == 404
    assert "/pages/" not in client.get("/").content.decode()


def test_a_public_page_is_read_listed_and_named_everywhere(client):
    page = make_house_page("ethics", title="How we work", lead="Our rules.", body="<h2>First</h2><p>We ask.</p>")
    answer = client.get("/pages/ethics/")
    text = answer.content.decode()
    assert '<h2 id="part-first">First' in text
    assert "Our rules." in text
    assert '<link rel="canonical" href="http://localhost:8000/pages/ethics/">' in text
    assert '<meta name="description" content="Our rules.">' in text
    assert f'<time datetime="{page.updated_at.isoformat(timespec="seconds")}"' in text
    assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"public", "max-age=0", "must-revalidate"}
    assert client.get("/pages/ethics/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert 'href="/pages/ethics/">How we work</a>' in client.get("/pages/").content.decode()
    assert "http://localhost:8000/pages/ethics/</loc>" in client.get("/sitemap-lists.xml").content.decode()
    for url in ("/", make_edition().path, "/tv/", "/search/", "/nowhere/at/all/"):
        assert '<li><a href="/pages/ethics/">How we work</a></li>' in client.get(url).content.decode(), url


def test_a_page_s_words_are_cleaned_and_its_pictures_and_stories_shown(client):
    story, hidden, picture = make_edition(headline="Live one"), make_edition(headline="Gone"), make_picture()
    hidden.article.editions.update(ends_at=hidden.live_at, ended_as="unpublished")
    body = (
        f'<p onclick="x()">Words<script>alert(1)</script></p><figure data-image="{picture.pk}"></figure>'
        f'<div data-story="{story.article_id}"></div><div data-story="{hidden.article_id}"></div>'
    )
    page = make_house_page(body=body)
    assert "script" not in page.body
    text = client.get(page.get_absolute_url()).content.decode()
    assert "alert(1)" not in text
    assert picture.picture.whole.src in text
    assert "Live one" in text
    assert "Gone" not in text


def test_a_picture_of_a_page_is_not_free_to_be_deleted():
    alone, in_gallery, free = make_picture(), make_picture(), make_picture()
    make_house_page(body=f'<figure data-image="{alone.pk}"></figure><div data-gallery="{in_gallery.pk}"></div>')
    assert usage.is_used(alone)
    assert usage.is_used(in_gallery)
    assert list(usage.unused()) == [free]


def test_the_masthead_lists_who_has_a_job(client):
    make_edition()
    Author.objects.update(job="Staff writer", bio="Writes.")
    Author.objects.create(name="Bea <b>", slug="bea", job="Illustrator")
    make_author("Somebody Without One")
    make_house_page("masthead")
    text = client.get("/pages/masthead/").content.decode()
    assert '<a href="/authors/rory-quill/">Rory Quill</a>' in text
    assert "Staff writer" in text
    assert "Bea &lt;b&gt;" in text
    assert "/authors/bea/" not in text
    assert "Somebody Without One" not in text


def test_search_engines_are_told_of_the_rules_that_are_public(client):
    def organization() -> dict[str, str]:
        text = client.get("/").content.decode()
        graph = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])["@graph"]
        return next(node for node in graph if node["@type"] == "NewsMediaOrganization")

    site = "http://localhost:8000"
    assert organization()["correctionsPolicy"] == f"{site}/corrections/"
    assert "masthead" not in organization()
    for slug in ("ethics", "corrections-policy", "masthead"):
        make_house_page(slug)
    told = organization()
    assert told["publishingPrinciples"] == told["ethicsPolicy"] == f"{site}/pages/ethics/"
    assert told["correctionsPolicy"] == f"{site}/pages/corrections-policy/"
    assert told["masthead"] == f"{site}/pages/masthead/"


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_page_costs_two_queries_however_many_there_are(client):
    make_house_page("about")
    few = queries(client, "/pages/about/"), queries(client, "/pages/")
    for number in range(20):
        make_house_page(f"more-{number}")
        make_section(f"section-{number}")
    assert (queries(client, "/pages/about/"), queries(client, "/pages/")) == few == (2, 2)


def test_the_frame_has_sections_and_pages_each_in_order(client):
    for place, slug in enumerate(("film", "tv")):
        section = make_section(slug)
        section.position, section.colour = place, "teal"
        section.save()
    make_house_page("privacy", title="Privacy")
    make_house_page("about", title="About us")
    text = client.get("/search/").content.decode()
    assert text.index('href="/film/">FILM') < text.index('href="/tv/">TV')
    assert text.index("/pages/about/") < text.index("/pages/privacy/")
    assert 'class="tone-teal" href="/film/"' in text


# --- Who may ---------------------------------------------------------------------------------------


def test_editors_of_the_whole_paper_alone_may_save():
    page = make_house_page()
    limited = make_user("tess", "Editor", is_staff=True)
    make_section().editors.add(limited)
    for who in (rory(), mo(), rosa(), limited):
        with pytest.raises(PermissionDenied):
            house_pages.save(page, version=page.version, by=who)
        assert visit(who).get("/admin/articles/housepage/").status_code in {302, 403}
        assert visit(who).get(change_url(page)).status_code in {302, 403, 404}
        assert visit(who).get(f"/admin/articles/housepage/{page.pk}/preview/").status_code in {302, 403, 404}
    assert "Pages of the house" not in visit(limited).get("/admin/").content.decode()


# --- Writing ---------------------------------------------------------------------------------------


def test_an_editor_adds_a_page_whose_address_then_stays(client):
    client = visit(edith())
    words = {"title": "AI", "slug": "machines", "lead": "", "body": "<p>None.</p>", "place": 5, "is_public": "on"}
    assert client.post("/admin/articles/housepage/add/", words).status_code == 302
    page = HousePage.objects.get(slug="machines")
    assert page.saved_by == edith()
    client.post(change_url(page), form_of(page, slug="other", title="Machines"))
    page.refresh_from_db()
    assert (page.slug, page.title, page.version) == ("machines", "Machines", 2)
    assert Client().get("/pages/machines/").status_code == 200


def test_an_address_that_is_a_feed_s_is_refused():
    words = {"title": "Feed", "slug": "feed", "body": "x", "place": 5}
    answer = visit(edith()).post("/admin/articles/housepage/add/", words)
    assert answer.status_code == 422
    assert "The site uses the address" in answer.content.decode()


def test_the_second_of_two_editors_is_told_sees_both_texts_and_loses_neither():
    page = make_house_page(body="<p>As it was.</p>")
    mine = form_of(page, body="<p>What I typed.</p>")
    house_pages.save(
        HousePage.objects.get(pk=page.pk), version=page.version, by=make_user("eve", "Editor", is_staff=True)
    )
    answer = visit(edith()).post(change_url(page), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "eve has saved this page meanwhile" in text
    assert "What I typed." in text
    assert "<p>As it was.</p>" in text
    assert HousePage.objects.get(pk=page.pk).body == "<p>As it was.</p>"
    again = mine | {"read_version": re.search(r'name="read_version" value="(\d+)"', text)[1]}
    assert visit(edith()).post(change_url(page), again).status_code == 302
    assert HousePage.objects.get(pk=page.pk).body == "<p>What I typed.</p>"


def test_a_version_that_is_none_is_a_conflict_not_a_fault():
    page = make_house_page()
    for version in ("", "x", "-1", "9" * 40):
        answer = visit(edith()).post(change_url(page), form_of(page, read_version=version))
        assert answer.status_code in {409, 422}, version


def test_saving_the_same_words_is_no_news_for_readers():
    page = make_house_page()
    told = page.updated_at
    page.place = 3
    assert house_pages.save(page, version=page.version, by=edith()).updated_at == told
    page.lead = "Something else."
    assert house_pages.save(page, version=page.version, by=edith()).updated_at > told


def test_the_verb_itself_refuses_an_older_version():
    page = make_house_page()
    house_pages.save(HousePage.objects.get(pk=page.pk), version=page.version, by=edith())
    with pytest.raises(house_pages.Conflict, match="edith has saved"):
        house_pages.save(page, version=page.version, by=edith())


def test_a_body_too_heavy_is_refused_with_a_reason_and_kept():
    page = make_house_page()
    answer = visit(edith()).post(change_url(page), form_of(page, title="Kept", body="<p>" * 9_000))
    assert answer.status_code == 422
    assert "too many elements" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


def test_a_preview_is_what_readers_would_get_and_writes_nothing():
    page = make_house_page(is_public=False, body="<p>Saved.</p>")
    url, client = f"/admin/articles/housepage/{page.pk}/preview/", visit(edith())
    assert "<p>Saved.</p>" in client.get(url).content.decode()
    typed = form_of(page, title="Typed", body="<p>Typed words.</p><script>x</script>", read_version="77")
    answer = client.post(url, typed)
    assert answer.templates[0].name == "articles/house_page.html"
    assert "<p>Typed words.</p>" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert HousePage.objects.get(pk=page.pk).body == "<p>Saved.</p>"
    assert client.post(url, {}).status_code == 200


def test_on_site_leads_to_a_public_page_only():
    shown, hidden = make_house_page("about"), make_house_page("ethics", is_public=False)
    client = visit(edith())
    assert 'href="/pages/about/" class="viewsitelink"' in client.get(change_url(shown)).content.decode()
    assert "viewsitelink" not in client.get(change_url(hidden)).content.decode()
