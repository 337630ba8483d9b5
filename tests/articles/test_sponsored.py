"""What was paid for says so wherever readers meet it, and to machines; what ran elsewhere first names that."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import ReadCount
from comments.workflow import State
from tests.factories import (
    correct,
    make_edition,
    make_picture,
    make_section,
    make_shown_comment,
    make_slot,
    make_topic,
    ravi,
    rosa,
)

pytestmark = pytest.mark.django_db

SPONSOR = "The Harbour Board"
PAID = f"Paid for by {SPONSOR}"
HEADLINE = "Ferries for everybody"
BODY = (
    '<p>Words, <a href="https://example.com/a">out</a>, <a href="/tv/">in</a>.</p>'
    '<figure data-image="{picture}"></figure><p>https://youtu.be/abc</p>'
    '<figure data-embed="https://example.com/other"></figure>'
)


@pytest.fixture
def paid():
    """A sponsored story of its own section and topic, corrected, discussed and read."""
    picture = make_picture("A still", credit_url="https://example.com/bex").pk
    edition = make_edition(
        headline=HEADLINE,
        slug="paid",
        sponsor=SPONSOR,
        section=make_section("film").pk,
        topics=(make_topic("Ferries").pk,),
        body=BODY.format(picture=picture),
        lead_image=picture,
        trailer_url="https://youtu.be/def",
    )
    correct(edition)
    comment = make_shown_comment(edition, by=rosa())
    assert comment.state == State.SHOWN
    return edition


def labels(page: str) -> tuple[int, int]:
    """How often the story is led to by its headline, and how often a page says who paid."""
    links = re.findall(r'<a [^>]*href="/film/paid/"[^>]*>\s*(?:<mark>)?(?!Link)[A-Z]', page)
    return len(links), len(re.findall("[Pp]aid for by " + SPONSOR, page))


LISTS = [
    "/",
    "/film/",
    "/topics/ferries/",
    "/authors/rory-quill/",
    "/corrections/",
    "/search/?q=ferries",
    "/search/?q=ferriez",
    "/search/?q=nothingatall",
    "/archive/{now:%Y}/",
]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_says_who_paid_each_time_it_shows_the_story(paid, path):
    links, said = labels(Client().get(path.format(now=timezone.now())).text)
    assert links
    assert said >= links


@pytest.mark.parametrize("place", ["lead", "top", "picks"])
@pytest.mark.parametrize("front", ["", "film"])
def test_so_do_the_places_of_a_front(paid, place, front):
    make_slot(paid, place, front)
    links, said = labels(Client().get(f"/{front}/" if front else "/").text)
    assert 0 < links <= said


def test_so_do_most_read_and_most_discussed(paid):
    for number in range(20):
        make_edition(headline=f"Other {number}")
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    ReadCount.objects.create(article=paid.article, hour=hour, count=9)
    call_command("tick", verbosity=0)
    page = Client().get("/")
    front = page.context["front"]
    assert paid.article_id in [card.article_id for card in front.read + front.discussed]
    links, said = labels(page.text)
    assert 0 < links <= said


def test_what_becomes_paid_for_is_no_longer_breaking_news(paid):
    edition = make_edition(headline="It breaks", slug="breaks")
    make_slot(edition, "breaking")
    assert "Breaking news" in Client().get("/").text
    type(edition).objects.filter(pk=edition.pk).update(sponsor=SPONSOR)
    assert "Breaking news" not in Client().get("/").text


def test_so_does_the_end_of_another_story_and_a_card_in_its_body(paid):
    others = [make_edition(section=make_section("film").pk, topics=(make_topic("Ferries").pk,)) for _ in range(2)]
    other = make_edition(
        section=make_section("film").pk,
        topics=(make_topic("Ferries").pk,),
        body=f'<p>Words.</p><div data-story="{paid.article_id}"></div>',
    )
    page = Client().get(other.path).text
    assert labels(page)[0] == 2
    assert labels(page)[1] >= 2
    # As the one that is next in the section, too.
    for edition in others:
        type(edition).objects.filter(pk=edition.pk).update(onward=[*[one.article_id for one in (*others, other)]])
    last = make_edition(section=make_section("film").pk)
    type(last).objects.filter(pk=last.pk).update(
        onward=[others[0].article_id, others[1].article_id, other.article_id, paid.article_id]
    )
    page = Client().get(last.path).text
    assert "Next in FILM, paid for by" in " ".join(page.split())


def test_so_do_suggestions_and_the_pages_of_its_discussion(paid):
    found = Client().get("/search/suggest/?q=everyb").json()["suggestions"]
    assert found == [{"kind": PAID, "text": HEADLINE, "path": "/film/paid/"}]
    comment = make_shown_comment(paid, by=ravi())
    for path in (f"/comments/{paid.article_id}/", comment.get_absolute_url()):
        assert PAID in Client().get(path).text


def test_its_own_page_says_so_above_the_headline_and_to_machines(paid):
    page = Client().get(paid.path).text
    assert page.index(PAID) < page.index('<h1 id="headline"')
    assert '<meta name="googlebot-news" content="noindex">' in page
    assert '"AdvertiserContentArticle"' in page


@pytest.mark.parametrize("place", ["/", "/film/", "/topics/ferries/", "/authors/rory-quill/"])
def test_feeds_say_so_in_every_form(paid, place):
    item = json.loads(Client().get(f"{place}feed.json").content)["items"][0]
    assert item["title"] == f"{PAID}: {HEADLINE}"
    assert item["tags"][0] == "Sponsored"
    assert PAID in item["content_html"]
    for form in ("feed/", "feed.atom"):
        assert f"{PAID}: {HEADLINE}" in Client().get(f"{place}{form}").content.decode()
    assert "Sponsored" in Client().get("/corrections/feed/").content.decode()


class Links(HTMLParser):
    """Every link that leads out, with its `rel`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        href = given.get("href") or ""
        if tag == "a" and href.startswith("http") and not href.startswith("http://localhost:8000/"):
            self.found[href] = set((given.get("rel") or "").split())


OUT = {"https://example.com/a", "https://example.com/other", "https://example.com/bex"}
EMBEDDED = {"https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=def"}


def test_every_link_that_leads_out_says_that_it_is_paid_for(paid):
    found = Links(Client().get(paid.path).text).found
    assert set(found) >= OUT
    assert len(found) == len(OUT | EMBEDDED)
    assert all("sponsored" in rel for rel in found.values()), found
    elsewhere = Links(json.loads(Client().get("/feed.json").content)["items"][0]["content_html"]).found
    assert len(elsewhere) >= 4
    assert all(rel == {"sponsored"} for rel in elsewhere.values()), elsewhere


def test_a_trailer_that_is_a_mere_link_does_too():
    edition = make_edition(sponsor=SPONSOR, trailer_url="https://example.com/trailer")
    assert Links(Client().get(edition.path).text).found["https://example.com/trailer"] >= {"sponsored"}


def test_a_story_nobody_paid_for_has_no_such_links():
    edition = make_edition(body=BODY.format(picture=make_picture().pk), trailer_url="https://example.com/trailer")
    found = Links(Client().get(edition.path).text).found
    assert len(found) == 4
    assert not any("sponsored" in rel for rel in found.values())


def test_no_sitemap_has_it(paid):
    other = make_edition(slug="honest")
    for path in ("/sitemap-news.xml", f"/sitemap-{timezone.now():%Y}-{timezone.now().month}-1.xml"):
        text = Client().get(path).content.decode()
        assert other.path in text
        assert paid.path not in text


# --- What ran elsewhere first ----------------------------------------------------------------------

FIRST = "https://example.com/first/"


def test_what_ran_elsewhere_first_names_that_address_wherever_machines_look():
    edition = make_edition(canonical_url=FIRST, slug="second")
    other = make_edition()
    page = Client().get(edition.path).text
    assert f'<link rel="canonical" href="{FIRST}">' in page
    assert f'<meta property="og:url" content="{FIRST}">' in page
    assert '<meta name="googlebot-news" content="noindex">' in page
    data = next(node for node in graph(page) if node["@type"] == "NewsArticle")
    assert data["url"] == data["mainEntityOfPage"]["@id"] == FIRST
    assert [item["url"] for item in json.loads(Client().get("/feed.json").content)["items"]][1] == FIRST
    assert f"<link>{FIRST}</link>" in Client().get("/feed/").content.decode()
    assert f'<link href="{FIRST}" rel="alternate"' in Client().get("/feed.atom").content.decode()
    for path in ("/sitemap-news.xml", f"/sitemap-{timezone.now():%Y}-{timezone.now().month}-1.xml"):
        text = Client().get(path).content.decode()
        assert other.path in text
        assert edition.path not in text


def graph(page: str) -> list[dict]:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)["@graph"]
