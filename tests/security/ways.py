"""Every way by which words come in: each puts texts there by the hundred and gives the pages that show them.

What people type goes through the verbs that they use. What is in a row once is written into the row itself, one pack
of texts after the other, and so are rows that are only listed: a page is then as it would be after as many saves.
"""

import io
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from articles.models import Article, Author, AuthorLink, Correction, Edition, Image, Note, Section, Topic
from comments import calming, phrasing, posting, sanctioning
from comments.desk.discussion import LATEST
from comments.models import Phrase
from comments.models.calm import REASON_LENGTH
from comments.workflow import Measure
from newsroom.models import User
from newsroom.pages.unsent import NOT_WORDS
from tests.factories import (
    correct,
    edith,
    make_article,
    make_comment,
    make_edition,
    make_note,
    make_picture,
    make_section,
    make_shown_comment,
    make_topic,
    make_user,
    mo,
    rory,
)

from .payloads import A_PAGE_FULL

ARTICLE = "/admin/articles/article/"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Page:
    """A page as it was served to `by` ("" for a reader); `texts` are those that must be in it, as they are.

    `ours` names the elements that we make of words ourselves, and may therefore be more or fewer.
    """

    path: str
    answer: HttpResponse
    by: str = ""
    texts: list[str] = field(default_factory=list)
    ours: frozenset[str] = frozenset()

    @property
    def html(self) -> str:
        return self.answer.content.decode()


Way = Callable[[list[str]], Iterator[Page]]
WAYS: dict[str, Way] = {}
UNLIKE: set[str] = set()  # the ways whose pages have more elements when there are more texts
# What a note or a comment may be made of.
WRITTEN = frozenset("p br a em strong mark blockquote ul li details summary span div".split())


def way(function: Way) -> Way:
    WAYS[function.__name__.replace("_", " ")] = function
    return function


def unlike(function: Way) -> Way:
    UNLIKE.add(function.__name__.replace("_", " "))
    return way(function)


def chunks(texts: Iterable[str], size: int = A_PAGE_FULL) -> Iterator[list[str]]:
    texts = iter(texts)
    while some := list(itertools.islice(texts, size)):
        yield some


def packs(texts: Iterable[str], limit: int) -> Iterator[str]:
    """The texts joined, as many together as the limit allows; a longer one stands alone and is cut."""
    pack = ""
    for text in texts:
        if pack and len(pack) + len(text) >= limit:
            yield pack
            pack = ""
        pack = f"{pack} {text}".strip()[:limit]
    yield pack


def serve(path: str, by: User | None = None, data: Any = None, **more: Any) -> Page:
    client = Client()
    if by:
        client.force_login(by)
    answer = client.get(path) if data is None else client.post(path, urlencode(data), FORM)
    assert not 300 <= answer.status_code < 400, f"{path} leads elsewhere"
    return Page(path, answer, by.username if by else "", **more)


# --- What readers see ------------------------------------------------------------------------------


def picture_of(text: str) -> dict[str, Any]:
    """A lead picture as an edition keeps it, with the text for every word about it."""
    files = {"width": 640, "height": 360, "folder": "/media/pictures/none/"}
    return {"alt": text, "caption": text, "credit": text, "credit_url": "https://example.com/", **files}


@way
def lines_of_a_story(texts: list[str]) -> Iterator[Page]:
    """Headline, dek, prompt, sponsor, what is spoiled, titles for others, and all about the lead picture."""
    edition = make_edition(slug="a-story", spoiler="mild", trailer_url="https://youtu.be/abc", topics=[make_topic().pk])
    names = "dek prompt search_description social_description".split()
    for text in packs(texts, 300):
        lines = dict.fromkeys(names, text) | {"sponsor": text[:120], "spoiler_scope": text[:80]}
        lines |= {"headline": text[:200], "safe_headline": text[-200:], "social_title": text[-200:]}
        parts = edition.parts | {"picture": picture_of(text), "safe_picture": picture_of(text)}
        Edition.objects.filter(pk=edition.pk).update(**lines, search_title=text[:120], parts=parts)
        yield serve(edition.path, texts=[text])


@way
def cards(texts: list[str]) -> Iterator[Page]:
    """Each text is the headline, dek, sponsor and picture of a story in a list; some stories give much away."""
    editions = [make_edition(spoiler="major" if n % 2 else "", safe_headline="x") for n in range(40)]
    for some in chunks(texts, len(editions)):
        for edition, text in zip(editions, some, strict=False):
            edition.headline = edition.dek = edition.prompt = edition.safe_headline = text[:200]
            edition.sponsor = text[:120]
            edition.parts |= {"picture": picture_of(text), "safe_picture": picture_of(text)}
        names = ["headline", "dek", "prompt", "safe_headline", "sponsor", "parts"]
        Edition.objects.bulk_update(editions, names)
        yield serve("/")
        with mock.patch("articles.views.lists.PAGE", len(editions)):
            yield serve("/tv/", texts=[text[:200] for text in some])


@way
def names_of_people_and_topics(texts: list[str]) -> Iterator[Page]:
    """In the byline and the data for machines, in the chips below a story."""
    edition = make_edition(slug="names")
    for some in chunks(text[:120] for text in texts):
        credits = [
            {"name": text, "path": "/authors/x/" if n % 2 else "", "role": "words"} for n, text in enumerate(some)
        ]
        links = [{"name": text, "path": "/topics/x/", "colour": ""} for text in some]
        Edition.objects.filter(pk=edition.pk).update(parts=edition.parts | {"bylines": credits, "topics": links})
        yield serve(edition.path, texts=some)


@way
def an_author(texts: list[str]) -> Iterator[Page]:
    """The author's own page: name, job, biography, and the name of a link."""
    author = make_edition().editionbylines.get().author
    link = author.links.create(name="Link", url="https://example.com/")
    for text in packs(texts, 500):
        Author.objects.filter(pk=author.pk).update(name=text[:120], job=text[:80], bio=text)
        AuthorLink.objects.filter(pk=link.pk).update(name=text[:60])
        yield serve(author.get_absolute_url(), texts=[text])


@way
def a_topic(texts: list[str]) -> Iterator[Page]:
    topic = make_topic()
    make_edition(topics=[topic.pk])
    for text in packs(texts, 300):
        Topic.objects.filter(pk=topic.pk).update(name=text[:120], description=text)
        yield serve(topic.link.path, texts=[text])


@way
def a_section(texts: list[str]) -> Iterator[Page]:
    make_edition()
    for text in packs(texts, 300):
        Section.objects.filter(slug="tv").update(name=text[:60], description=text)
        yield serve("/tv/", texts=[text])


@way
def sections_in_the_masthead(texts: list[str]) -> Iterator[Page]:
    for number, some in enumerate(chunks(texts)):
        Section.objects.all().delete()
        Section.objects.bulk_create(
            Section(name=f"{n} {text}"[:60], slug=f"s-{number}-{n}") for n, text in enumerate(some)
        )
        yield serve("/corrections/", texts=[f"{n} {text}"[:60] for n, text in enumerate(some)])


@way
def pictures_in_a_body(texts: list[str]) -> Iterator[Page]:
    """Title, alternative text, caption and credit, alone and in galleries."""
    for number, some in enumerate(chunks(texts)):
        pictures = library(some)
        figures = "".join(f'<figure data-image="{pk}"></figure>' for pk in pictures[::2])
        galleries = "".join(
            f'<div data-gallery="{",".join(map(str, few))}"></div>' for few in chunks(pictures[1::2], 60)
        )
        edition = make_edition(slug=f"pictures-{number}", body=f"<p>Words.</p>{figures}{galleries}")
        yield serve(edition.path, texts=[text[:200] for text in some])
        Edition.objects.filter(pk=edition.pk).update(ends_at=timezone.now(), ended_as="unpublished")


def library(texts: list[str]) -> list[int]:
    """Pictures of one file, one for each text, with the text for every word about it."""
    first = make_picture()
    row = {name: getattr(first, name) for name in ("original", "width", "height", "is_complete", "source")}
    made = Image.objects.bulk_create(
        Image(
            **row,
            key=first.key if n == 0 else f"{first.key[:50]}-{n}",
            sha256=f"{first.sha256[:50]}-{n}",
            title=text[:200] or "x",
            alt=text[:300],
            caption=text[:300],
            credit=text[:200],
            credit_url="https://example.com/",
        )
        for n, text in enumerate(texts, start=1)
    )
    return [image.pk for image in made]


@unlike
def corrections(texts: list[str]) -> Iterator[Page]:
    """At the top and at the foot of a story, and on the page of all corrections."""
    edition = make_edition(slug="corrected")
    said = list(packs(texts, Correction.MAX_LENGTH))
    for place, text in zip(itertools.cycle(["top", "foot"]), said, strict=False):
        correct(edition, text, place=place, kind="clarification")
    yield serve(edition.path, texts=said)
    with mock.patch("articles.views.corrections.PAGE", len(said)):
        yield serve("/corrections/", texts=said)
    yield serve(f"{ARTICLE}{edition.article_id}/corrections/", by=edith(), texts=said)


@way
def a_withdrawn_story(texts: list[str]) -> Iterator[Page]:
    """What readers are told of it."""
    edition = make_edition(slug="gone")
    for text in packs(texts, 4_000):
        Edition.objects.filter(pk=edition.pk).update(
            end_note=text, headline=text[:200], ended_as="retracted", ends_at=timezone.now()
        )
        yield serve(edition.path, texts=[text])


@way
def stories_by_import(texts: list[str]) -> Iterator[Page]:
    """`manage.py import_story FILE --publish`: each text a paragraph, the first and the last of another kind."""
    edith(), make_section("news")
    with tempfile.TemporaryDirectory() as folder:
        for number, some in enumerate(chunks(texts)):
            file = Path(folder, f"{number}.txt")
            ask = f"{some[-1][:100]} What do you say? Tell us in the comments!"
            file.write_text("\n\n".join([f"Story {number} {some[0]}", *some, ask]))
            call_command(
                "import_story", str(file), publish=True, author=f"{number} {some[0]}"[:120], stdout=io.StringIO()
            )
            edition = Article.objects.latest("pk").live_edition
            yield serve(edition.path, ours=frozenset({"h2", "p", "a"}))
            yield serve(f"{ARTICLE}{edition.article_id}/change/", by=edith(), ours=WRITTEN | {"option"})
            Edition.objects.filter(pk=edition.pk).update(ends_at=timezone.now(), ended_as="unpublished")


@unlike
def comments(texts: list[str]) -> Iterator[Page]:
    """What readers post: on its page, one's own, below the story, and while it waits at the desk."""
    edition = make_edition(slug="discussed")
    regular = make_user("regular", is_staff=True)
    said = list(packs(texts, posting.MAX_LENGTH))
    for text in said:
        make_shown_comment(edition, by=regular, body=text)
    with mock.patch("comments.reading.ROOTS", len(said)):
        yield serve(edition.path, ours=WRITTEN)
        yield serve(f"/comments/{edition.article_id}/", ours=WRITTEN)
    newcomer = make_user("newcomer")
    for text in said:
        make_comment(edition, by=newcomer, body=text)
    with mock.patch("comments.desk.queue.PAGE", len(said)):
        yield serve("/desk/", by=mo(), ours=WRITTEN)
    yield serve(
        f"/comments/{edition.article_id}/new/", by=newcomer, data={"body": " ".join(texts), "key": "x"}, texts=texts
    )


@unlike
def sanctions_and_what_is_said_of_them(texts: list[str]) -> Iterator[Page]:
    """A word to the person, their answer and ours, and what moderators tell each other."""
    person = make_user("sanctioned")
    for text in packs(texts, 490):
        made = sanctioning.impose(person, "warn", by=mo(), reason="abuse", note=text)
        sanctioning.appeal(made, text, by=person)
        sanctioning.remark(person, text, by=mo())
        yield serve("/desk/sanctions/", mo())
        sanctioning.lift(made, by=mo(), answer=text)
    yield serve(f"/desk/people/{person.pk}/", mo())
    yield serve("/accounts/standing/", person)


@unlike
def reasons_to_calm_a_discussion(texts: list[str]) -> Iterator[Page]:
    """As moderators list them, and as readers are told."""
    edition = make_edition(slug="calmed")
    discussion = make_shown_comment(edition, by=mo()).discussion
    for number, text in enumerate(packs(texts, REASON_LENGTH), start=1):
        calming.calm(discussion, list(Measure)[number % 3], by=mo(), reason=text or "x", seconds=60)
        if number % 3 == 0:
            yield serve(edition.path)
        if number % LATEST == 0:
            yield serve(f"/desk/discussions/{discussion.pk}/", mo())


@unlike
def phrases_that_screens_look_for(texts: list[str]) -> Iterator[Page]:
    """On their list, beside what they would have met with, and where one reads who put them there."""
    add = "/admin/comments/phrase/add/"
    make_shown_comment(make_edition(slug="screened"), by=mo(), body=" ".join(texts)[: posting.MAX_LENGTH])
    ours = frozenset("li q p div ul ol section blockquote mark h2 a time span strong".split())
    for text in packs(texts, posting.MAX_LENGTH):
        yield serve(add, mo(), {"lines": text, "kind": "banned", "sample": text, "try": "1"}, ours=ours)
    for some in chunks(texts):
        phrasing.change(remove=list(Phrase.objects.all()), by=mo())
        phrasing.change(
            add=[Phrase(text=f"{n} {text}"[:120], kind="banned", note=text[:200]) for n, text in enumerate(some)],
            by=mo(),
        )
        with mock.patch("comments.phrases_admin.PhraseAdmin.list_per_page", A_PAGE_FULL):
            yield serve("/admin/comments/phrase/", by=mo(), ours=ours | {"tr", "td", "th", "input"})
    yield serve("/admin/comments/phrase/changes/", by=mo(), ours=ours)


@way
def names_of_commenters(texts: list[str]) -> Iterator[Page]:
    edition = make_edition(slug="named")
    people = [make_user(f"reader-{n}") for n in range(200)]
    for person in people:
        make_shown_comment(edition, by=person, body="I liked it.")
    with mock.patch("comments.reading.ROOTS", len(people)):
        for some in chunks((text[:60] for text in texts), len(people)):
            for person, text in zip(people, some, strict=False):
                person.display_name = text
            User.objects.bulk_update(people, ["display_name"])
            yield serve(f"/comments/{edition.article_id}/", texts=some)


# --- What editors see ------------------------------------------------------------------------------


@unlike
def notes(texts: list[str]) -> Iterator[Page]:
    article = make_article()
    for some in chunks(packs(texts, Note.MAX_LENGTH), 90):
        Note.objects.all().delete()
        for text in some:
            make_note(article, text, by=rory())
        yield serve(f"{ARTICLE}{article.pk}/notes/", by=edith(), ours=WRITTEN)
        yield serve("/admin/articles/note/?all=", by=edith(), ours=WRITTEN)


@way
def the_picture_library(texts: list[str]) -> Iterator[Page]:
    for some in chunks(texts):
        Image.objects.all().delete()
        library(some)
        with mock.patch("articles.admin.image.ImageAdmin.list_per_page", A_PAGE_FULL):
            yield serve("/admin/articles/image/", by=edith(), texts=[text[:200] for text in some])


@way
def the_list_of_stories(texts: list[str]) -> Iterator[Page]:
    for some in chunks(texts):
        Article.objects.all().delete()
        Article.objects.bulk_create(Article(headline=text[:200], created_by=edith(), saved_by=edith()) for text in some)
        with mock.patch("articles.admin.article.ArticleAdmin.list_per_page", A_PAGE_FULL):
            yield serve(ARTICLE, by=edith())


@way
def the_other_lists(texts: list[str]) -> Iterator[Page]:
    for number, some in enumerate(chunks(texts, 100)):
        cut = [f"{n} {text}"[:60] for n, text in enumerate(some)]
        for model in (Author, Topic, Section):
            model.objects.filter(slug__startswith="way-").delete()
            model.objects.bulk_create(model(name=text, slug=f"way-{number}-{n}") for n, text in enumerate(cut))
            yield serve(f"/admin/articles/{model._meta.model_name}/?q=way-", by=edith())


@way
def what_is_searched_for(texts: list[str]) -> Iterator[Page]:
    """Lists of the admin show again what was asked of them."""
    for text in packs(texts, 20_000):
        for model in ("article", "image"):
            answer = Client()
            answer.force_login(edith())
            path = f"/admin/articles/{model}/"
            yield Page(path, answer.get(path, {"q": text}), "edith")


@way
def forms_that_come_back(texts: list[str]) -> Iterator[Page]:
    """All that is typed into a form and refused is there again."""
    article, picture, section = make_edition(slug="form").article, make_picture(), make_section()
    for text in packs(texts, 60_000):
        picture_form = dict.fromkeys("title alt caption credit credit_url licence source rights_where".split(), text)
        yield serve(f"/admin/articles/image/{picture.pk}/change/", edith(), picture_form, texts=[text])
        for model in ("author", "topic", "section"):
            named = dict.fromkeys("name slug bio description".split(), text)
            yield serve(f"/admin/articles/{model}/add/", edith(), named, texts=[text])
        yield serve(f"{ARTICLE}{article.pk}/notes/", edith(), {"text": text, "do": "write"})
        about = {"text": text, "note": text, "kind": text, "place": text, "version": article.version}
        yield serve(f"{ARTICLE}{article.pk}/corrections/", edith(), about, texts=[text])
        story = dict.fromkeys("headline dek slug prompt sponsor trailer_url canonical_url safe_headline".split(), text)
        lines = {
            "byline_set-TOTAL_FORMS": 0,
            "byline_set-INITIAL_FORMS": 0,
            "section": section.pk,
            "discussion": "open",
        }
        story |= {"read_version": article.version, "body": "<p>Words.</p>", **lines}
        yield serve(f"{ARTICLE}{article.pk}/change/", edith(), story, texts=[text])
        yield serve("/accounts/login/", None, {"login": text, "password": "x"}, texts=[text])
        yield serve("/accounts/signup/", None, {"username": text, "email": text, "password1": "x"}, texts=[text])


@way
def what_could_not_be_sent(texts: list[str]) -> Iterator[Page]:
    """Somebody is signed out meanwhile: fields and words come back as a page."""
    path = f"{ARTICLE}{make_article().pk}/change/"
    for some in chunks(texts):
        words = [(f"Field {n}" if NOT_WORDS.search(text) else f"Field {n} {text}", text) for n, text in enumerate(some)]
        yield serve(path, None, {name: f"Typed: {text}" for name, text in words}, texts=some)
