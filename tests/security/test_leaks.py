"""No word and no picture of what readers do not have: their addresses are walked with words that stand only there.

The addresses come from the map of the site, so a new one is walked, or fails for want of a sample, without anyone
thinking of it. At the end leaks are put in on purpose, to see that each is told of.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import calendar_feed, embargo, publishing, sharing, trash
from articles.cutting import preview
from articles.draft import BylinePart, Spoiler
from articles.layout import Place
from articles.models import Address, Article, Edition, Image, Slot
from articles.story import Card, Story
from comments.models import Comment, Discussion
from newsroom import guests
from newsroom.models import User
from newsroom.pages.errors import words_of
from tests.factories import (
    change,
    correct,
    edith,
    make_article,
    make_author,
    make_comment,
    make_edition,
    make_guest,
    make_house_page,
    make_note,
    make_picture,
    make_section,
    make_shown_comment,
    make_topic,
    publish,
    ravi,
    republish,
    rory,
    rosa,
    take_down,
    visit,
)
from tests.security.walking import fill, holes, readers_patterns

pytestmark = pytest.mark.django_db

CANARY = "quetzalcoatlus"
LURE = "moonpool"  # stands beside it, to be searched for: a page may repeat what it was asked
SAID = "hatzegopteryx"  # what a reader has said under the story; it stays theirs to see
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NUMBERS = itertools.count(1)  # no two addresses are alike

# --- What readers do not have ----------------------------------------------------------------------


def secret() -> dict[str, Any]:
    """Every field of a draft, each with the word in it."""
    return {
        "headline": f"{CANARY} {LURE} one",
        "dek": f"{CANARY} two",
        "slug": f"{CANARY}-{next(NUMBERS)}",
        "body": f"<h2>{CANARY}</h2><p>{CANARY} {LURE} three</p>",
        "topics": (make_topic(CANARY).pk,),
        "bylines": (BylinePart(make_author(CANARY).pk),),
        "lead_image": make_picture(CANARY, alt=CANARY, credit=CANARY, caption=CANARY).pk,
        "prompt": f"{CANARY} four",
        "sponsor": f"{CANARY} five",
        "trailer_url": f"https://example.com/{CANARY}",
        "canonical_url": f"https://example.com/{CANARY}/first",
        "spoiler": Spoiler.MAJOR,
        "spoiler_scope": f"{CANARY} six",
        "safe_headline": f"{CANARY} seven",
        "safe_image": make_picture(f"{CANARY} safe", alt=CANARY, credit=CANARY).pk,
        "search_title": f"{CANARY} eight",
        "search_description": f"{CANARY} nine",
        "social_title": f"{CANARY} ten",
        "social_description": f"{CANARY} eleven",
    }


def draft() -> Article:
    return make_article(**secret())


def embargoed() -> Article:
    article = draft()
    promised = embargo.Terms(timezone.now() + 2 * HOUR, source=CANARY, contact=CANARY, terms=CANARY)
    embargo.set_embargo(article, promised, version=article.version, by=edith())
    return publish(article, timezone.now() + 3 * HOUR).article


def discussed() -> Edition:
    """A story that readers had, with all that hung on it."""
    edition = make_edition(**secret())
    make_shown_comment(edition, by=ravi(), body=f"The {SAID} was good.")
    correct(edition, f"{CANARY} is a pterosaur.")
    return edition


def gone(verb: Any) -> Callable[[], Article]:
    return lambda: take_down(verb, discussed().article, note="It was not so.")


def expired() -> Article:
    """Its end came while no housekeeper was awake."""
    article = discussed().article
    now = timezone.now()
    Edition.objects.filter(article=article).update(ends_at=now, ended_as=Edition.EndedAs.EXPIRED)
    return article


def trashed() -> Article:
    article = Article.objects.get(pk=gone(publishing.unpublish)().pk)
    sharing.share(article, by=edith())
    return trash.trash(article, version=article.version, by=edith())


def live() -> Article:
    slug = f"as-it-is-{next(NUMBERS)}"
    return make_edition(headline="As readers have it", slug=slug, section=make_section("film").pk).article


SITUATIONS: dict[str, Callable[[], Article]] = {
    "draft": draft,
    "in review": lambda: moved(draft(), publishing.submit),
    "embargoed": embargoed,
    "scheduled": lambda: make_edition(timezone.now() + HOUR, **secret()).article,
    "unscheduled": lambda: take_down(publishing.unschedule, make_edition(timezone.now() + HOUR, **secret()).article),
    "unpublished": gone(publishing.unpublish),
    "expired": expired,
    "trashed": trashed,
    "retracted": lambda: change(take_down(publishing.retract, live()), **secret()),
    "live, changed": lambda: change(live(), **secret()),
    "live, with a change that waits": lambda: republish(live(), timezone.now() + HOUR, **secret()).article,
}


def moved(article: Article, verb: Any) -> Article:
    return verb(article, version=article.version, by=edith())


# Stories that readers have nothing of stand on one paper, those that they have in other words on another.
TOGETHER = {
    "out of sight": [name for name in SITUATIONS if not name.startswith(("live", "retracted"))],
    "in other words": [name for name in SITUATIONS if name.startswith(("live", "retracted"))],
}


@dataclass(frozen=True)
class Paper:
    """A paper with stories that readers do not have, or not like this, and what the walk needs to know of them."""

    articles: list[Article]
    values: dict[str, list[str]]


def make_paper(*situations: str) -> Paper:
    """A story in each situation among others that readers do have, with all that may hang on it."""
    other = make_edition(headline="Something that is live")
    make_shown_comment(other, by=ravi())
    articles = [Article.objects.get(pk=SITUATIONS[situation]().pk) for situation in situations]
    for article in articles:
        if not article.trashed_at:
            make_note(article, f"{CANARY}, @rory?")
        put_everywhere(article)
    make_comment(other, by=rosa(), body="Held, as the first of a reader is.")
    make_house_page(
        "about", body="<p>Us.</p>" + "".join(f'<div data-story="{article.pk}"></div>' for article in articles)
    )
    make_house_page(CANARY, is_public=False, title=CANARY, lead=CANARY, body=f"<p>{CANARY}</p>")
    return Paper(articles, values_of(articles, other, tokens_of(articles, other.article)))


def put_everywhere(article: Article) -> None:
    """In every place of the front page and of the section's, in clothes of its own, whatever a verb would say to it.

    What readers have as well, with a change that they do not, leads in the clothes they know.
    """
    places, clothes = list(Place), {"headline": f"{CANARY} twelve"}
    clothes |= {"image": make_picture(f"{CANARY} on a front", alt=CANARY)}
    if article.live_edition:
        places, clothes = [Place.LEAD], {}
    for section in (None, make_section()):
        for place in places:
            Slot.objects.create(article=article, section=section, place=place, **clothes)


def tokens_of(articles: list[Article], other: Article) -> list[str]:
    """Keys that open nothing, or another story."""
    closed = []
    for article in articles:
        if not article.trashed_at:
            closed.append(sharing.share(article, by=edith()))
            sharing.revoke(article.share_links.latest("pk"), by=edith())
    left = calendar_feed.make(by=rory())
    calendar_feed.close(by=rory())
    if once := Edition.objects.filter(article__in=articles).first():
        waiting = make_guest(once, body="What a guest wanted to say.")
        closed += [guests.url_of(what, waiting).split("/")[-3] for what in ("confirm", "erase")]
    return [*closed, sharing.share(other, by=edith()), left, CANARY, "x" * 43]


def values_of(articles: list[Article], other: Edition, tokens: list[str]) -> dict[str, list[str]]:
    """What may stand in the holes of readers' addresses, by name: all that could lead to one of the stories."""
    keys = [article.pk for article in articles]
    there = Comment.objects.filter(discussion__article__in=[*keys, other.article_id])
    now = timezone.now()
    return {
        "slug": [CANARY, f"{CANARY}-one", "tv", "film", "widows-keep", "rory-quill", "about", *slugs_of(articles)],
        "section": ["tv", "film", CANARY],
        "article_id": [str(key) for key in (*keys, other.article_id)],
        "pk": [str(key) for key in {*there.values_list("pk", flat=True), *keys}],
        "token": tokens,
        "year": [str(now.year)],
        "month": [str(now.month), str(now.month % 12 + 1)],
        "part": ["1"],
        "day": [str(now.day)],
        "name": [CANARY, f"../originals/{CANARY}", f"{CANARY}.webp", *(f"{key}/480.webp" for key in keys)],
        "key": ["x"],
        "uidb36": ["x"],
        "username": ["ravi", "rosa", "rory", CANARY],
    }


def slugs_of(articles: list[Article]) -> set[str]:
    """Those of the working copies, and of the addresses that readers had."""
    paths = Address.objects.filter(article__in=articles).values_list("path", flat=True)
    return {article.slug for article in articles} | {path.strip("/").rpartition("/")[2] for path in paths}


# --- The walk --------------------------------------------------------------------------------------

# What readers' addresses are asked behind the question mark, whether or not they know such words.
QUERIES = (
    "",
    "?page=2",
    "?page=1",
    f"?q={LURE}",
    f"?q={LURE}&section=tv&author=rory-quill",
    # Its beginning, and a word like it: to be completed, spelled or suggested.
    f"?q={CANARY[:-3]}",
    f"?q={CANARY[:-4]}xtus",
    f"?q={LURE[:-2]}",
    "?preview=1",
    "?preview=true&draft=1&edit=1",
    "?after=2000-01-01T00:00:00%2B00:00_0",
    "?before=2999-01-01T00:00:00%2B00:00_999999",
    "?before=999999",
    "?format=json",
)
JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
LONGEST_CHAIN = 5
OWN_PAGE = "/accounts/"


def stranger() -> Client:
    return Client()


def reader() -> Client:
    return visit(rosa())


def commenter() -> Client:
    """Somebody who has said something under the story, when it could be read."""
    return visit(ravi())


def addresses(paper: Paper) -> list[str]:
    """Every address of readers, filled in with all that could lead to the story. Raises KeyError without a sample."""
    found = set()
    for pattern in readers_patterns():
        names = list(dict.fromkeys(holes(pattern)))
        for choice in itertools.product(*(paper.values[name] for name in names)):
            found.add(fill(pattern, dict(zip(names, choice, strict=True))))
    return sorted(found | set(Address.objects.filter(article__in=paper.articles).values_list("path", flat=True)))


def leaks(paper: Paper) -> Iterator[str]:
    """Where the story's words and pictures come out, in words."""
    yield from guessed(stranger())
    asked, hidden = addresses(paper), pictures_of(CANARY)
    for visitor in (stranger, reader, commenter):
        client = visitor()
        for url in asked:
            yield from found_at(client, url, hidden, visitor.__name__)
    client = stranger()
    for url in asked:
        yield from found_at(client, url, hidden, "script", headers=JSON)
        yield from found_at(client, url, hidden, "head", method="head")
    for url, query in itertools.product([url for url in asked if client.get(url).status_code == 200], QUERIES):
        yield from found_at(client, url + query, hidden, "stranger")


def found_at(
    client: Client, url: str, hidden: list[str], who: str, *, method: str = "get", **more: Any
) -> Iterator[str]:
    """What one address, and wherever it sends one, lets out. A page may repeat the address that was asked for."""
    asked: list[str] = []
    while url.startswith("/") and len(asked) < LONGEST_CHAIN:
        asked.append(url.lower())
        response = getattr(client, method)(url, **more)
        words = everything(response)
        for known in asked:
            words = words.replace(known, "").replace(quote(known), "").replace(quote(known, safe=""), "")
            words = words.replace(f'name="q" value="{words_of(known)}"', "")
        yield from told(words, f"{who}: {url}", hidden, own=who == "commenter" and url == OWN_PAGE)
        if CANARY in url and response.status_code == 200 and not url.startswith(OWN_PAGE):
            yield f"{who}: {url} is there"
        if response.status_code not in {301, 302, 307, 308}:
            return
        url = response["Location"]


def told(words: str, where: str, hidden: list[str], *, own: bool = False) -> Iterator[str]:
    """What stands in an answer that should not."""
    for secret_word in (CANARY,) if own else (CANARY, SAID):
        if secret_word in words:
            at = words.index(secret_word)
            yield f"{where} lets out {words[max(0, at - 40) : at + 40]!r}"
    if any(key in words for key in hidden):
        yield f"{where} names a picture"


def everything(response: Any) -> str:
    """The headers and the body, in lower case: addresses, tags and data blocks included."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.serialize_headers()!r} {body.decode(errors='replace')}".lower()


def pictures_of(title: str) -> list[str]:
    """The names that no page may give: of the folders of pictures, and of their originals."""
    pictures = Image.objects.filter(title__startswith=title)
    return [name.lower() for picture in pictures for name in (picture.key, Path(picture.original).stem)]


def guessed(client: Client) -> Iterator[str]:
    """Pictures where somebody might look for them who knows how we store them, but for the name."""
    for image in Image.objects.filter(title__startswith=CANARY):
        original = image.original
        for url in (
            f"/media/{original}",
            f"/media/pictures/{original}",
            f"/media/pictures/../{original}",
            f"/media/pictures/{image.pk}/480.webp",
            f"/media/pictures/{image.sha256}/480.webp",
            f"/media/pictures/{image.key}/",
            "/media/pictures/",
            "/media/",
            reverse("admin:articles_image_file", args=[image.pk]),
            reverse("admin:articles_image_change", args=[image.pk]),
        ):
            response = client.get(url)
            if everything(response) and response.status_code == 200:
                yield f"stranger: {url} gives a picture"


# --- Nothing comes out -----------------------------------------------------------------------------


@pytest.mark.postgres  # whose search is the one that more can come out of
@pytest.mark.parametrize("situations", TOGETHER.values(), ids=TOGETHER)
def test_nothing_comes_out(situations):
    assert list(leaks(make_paper(*situations))) == []


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_reader_is_mailed_of_it(situation):
    make_paper(situation)
    for _ in range(2):
        call_command("tick", verbosity=0)
    staff = set(User.objects.filter(is_staff=True).values_list("email", flat=True))
    for message in mail.outbox:
        words = message.message().as_string().lower()
        assert set(message.recipients()) <= staff or CANARY not in words
        # Of a story under embargo nothing but the headline leaves the house.
        assert situation != "embargoed" or CANARY not in words.replace(f"{CANARY} {LURE} one", "")


def test_the_walk_goes_everywhere_readers_go():
    walked = addresses(make_paper("live, changed"))
    for part in (
        "/topics/",
        "/authors/",
        "/comments/c/",
        "/tv/",
        "/accounts/",
        "/media/",
        "/share/",
        "/calendar/",
        "/search/",
        "/pages/",
        "/people/",
    ):
        assert any(url.startswith(part) for url in walked), part
    client = commenter()
    answers = {client.get(url).status_code for url in walked}
    assert {200, 302, 404} <= answers
    assert all(answer < 500 for answer in answers)


def test_an_address_without_a_sample_is_told_of(monkeypatch):
    monkeypatch.setattr(f"{__name__}.readers_patterns", lambda: ["/", "/people/<slug:commenter>/"])
    with pytest.raises(KeyError, match="commenter"):
        addresses(make_paper("draft"))


def test_a_draft_has_neither_address_nor_discussion():
    article = draft()
    assert not Address.objects.filter(article=article).exists()
    assert not Discussion.objects.filter(article=article).exists()


def test_looking_at_a_preview_publishes_nothing():
    make_section()
    article = draft()
    assert preview(article, article.draft).headline.startswith(CANARY)
    assert not article.editions.exists()
    assert not Address.objects.exists()


def test_a_comment_cannot_be_written_under_a_draft():
    article = draft()
    response = reader().post(f"/comments/{article.pk}/new/", {"body": "First!", "key": "x"})
    assert response.status_code == 404
    assert not Discussion.objects.filter(article=article).exists()


# --- Leaks put in on purpose -----------------------------------------------------------------------


def no_clock(prefix: str = "", now: Any = None) -> Q:
    return Q(**{f"{prefix}past": False, f"{prefix}ends_at": None})


def latest(article_id: int) -> Edition:
    return get_object_or_404(Edition.objects.filter(article=article_id)[:1])


def working_copy(request: Any, address: Address) -> HttpResponse:
    return HttpResponse(address.article.body)


def as_it_is_written(story: Story) -> Story:
    article = Article.objects.get(pk=story.article_id)
    return preview(article, article.draft)


def image_by_its_digest(key: str) -> Image | None:
    return Image.objects.filter(sha256=key).first()


def every_correction(self: Any) -> Any:
    return self.annotate(headline=F("edition__headline"), path=F("edition__path")).newest_first()


def with_a_picture_ahead(request: Any, template: str, context: Any) -> HttpResponse:
    """A page that asks the browser to fetch a picture early."""
    response = HttpResponse("A page.")
    newest = Image.objects.filter(title=CANARY).latest("pk")
    response.headers["Link"] = f"<{newest.picture.whole.src}>; rel=preload"
    return response


def drafts_headline(self: Edition) -> Card:
    return Card(**(self._card_values() | {"headline": self.article.headline}))


def drafts_picture(self: Edition) -> Card:
    return Card(**(self._card_values() | {"picture": self.article.lead_image and self.article.lead_image.picture}))


@pytest.mark.parametrize(
    ("situation", "place", "leak", "where"),
    [
        ("scheduled", "articles.models.edition.live_q", no_clock, "stranger: / lets out"),
        ("embargoed", "articles.models.edition.live_q", no_clock, "lets out"),
        ("live, with a change that waits", "articles.models.edition.live_q", no_clock, "lets out"),
        ("unpublished", "articles.views.article.gone", working_copy, "lets out"),
        ("live, changed", "articles.views.article.with_slots", as_it_is_written, "names a picture"),
        ("live, changed", "articles.models.Edition.card", property(drafts_headline), "stranger: / lets out"),
        ("live, changed", "articles.models.Edition.card", property(drafts_picture), "stranger: / names a picture"),
        ("draft", "newsroom.pages.media.image_of", image_by_its_digest, "gives a picture"),
        ("draft", "articles.views.lists.render", with_a_picture_ahead, "names a picture"),
        ("draft", "articles.models.share_link.ShareLinkQuerySet.open", lambda self: self, "/share/"),
        ("draft", "articles.models.house_page.HousePageQuerySet.public", lambda self: self.all(), "/pages/"),
        ("draft", "articles.calendar_feed.owner", lambda token: edith(), "/calendar/"),
        ("trashed", "comments.views.reading.live_edition_or_404", latest, "/comments/"),
        ("expired", "articles.models.correction.CorrectionQuerySet.public", every_correction, "/corrections/"),
    ],
)
def test_a_leak_is_told_of(monkeypatch, situation, place, leak, where):
    paper = make_paper(situation)
    monkeypatch.setattr(place, leak)
    assert any(where in line for line in leaks(paper))
