"""Every fact against every page, on two processes: nothing that was is served after it, nothing else is made again.

What a page should be is what the site without a page cache answers. A page that readers' own doings add to may be a
second late; it is asked for once that second is over.
"""

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import corrections, errors, fronts, onward, publishing
from articles.images import library
from articles.layout import Place
from articles.models import Article, Edition, ErrorNote, Image, Section, Slot, Topic
from comments import calming, erasing, liking, moderation, picking, posting, rewording, voting
from comments.models import Comment, Discussion, Rules
from newsroom import naming, portraits
from newsroom.caching import keeper
from newsroom.caching import stale as stale_after
from newsroom.caching.stale import LATEST
from tests.factories import (
    change,
    correct,
    edith,
    make_author,
    make_edition,
    make_house_page,
    make_picture,
    make_section,
    make_shown_comment,
    make_slot,
    make_topic,
    make_user,
    mo,
    picture_bytes,
    ravi,
    reject,
    republish,
    rosa,
    take_down,
    visit,
)

from .conftest import Asked, Process

HOUR = timedelta(hours=1)


@dataclass
class Paper:
    """A small paper with something of everything, and what facts leave for later ones."""

    lead: Edition
    other: Edition
    film: Edition
    gone: Edition
    said: Comment
    answer: Comment
    aside: Comment
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        lead, film = self.lead, self.film
        talk = f"/comments/{lead.article_id}/"
        lists = ["/", "/tv/", "/film/", "/topics/ferries/", "/topics/trains/", "/authors/rory-quill/"]
        lists += ["/archive/", f"/archive/{timezone.now():%Y}/", "/corrections/", "/search/?q=ferry", "/pages/"]
        lists += ["/pages/about/", "/search/suggest/?q=fer", "/sitemap.xml", "/sitemap-lists.xml", "/sitemap-news.xml"]
        feeds = ["/feed/", "/feed.json", "/tv/feed/", "/film/feed.atom", "/topics/ferries/feed/", "/corrections/feed/"]
        talks = [talk, f"{talk}?order=liked", f"{talk}since/", f"{talk}feed/", self.said.get_absolute_url()]
        talks += [f"/comments/c/{self.said.pk}/replies/", f"/comments/{film.article_id}/"]
        return [*lists, *feeds, *talks, lead.path, self.other.path, film.path]


@pytest.fixture
def paper() -> Paper:
    ferries, trains = make_topic("Ferries").pk, make_topic("Trains").pk
    film = make_section("film").pk
    image = make_picture("A ferry").pk
    body = "<p>A ferry, at sea.</p>"
    lead = make_edition(
        headline="The ferry",
        slug="ferry",
        body=body,
        topics=(ferries,),
        lead_image=image,
        answers="Yes\nNo",
        prompt="So?",
    )
    other = make_edition(headline="Another ferry", slug="other", body=body, topics=(ferries,))
    made = make_edition(headline="A train", slug="train", section=film, topics=(trains,))
    gone = make_edition(headline="An old ferry", slug="old", topics=(ferries,))
    take_down(publishing.unpublish, gone.article)
    make_slot(lead)
    make_slot(other, front="tv", place="lead")
    make_house_page(lead="What we are.")
    correct(other)
    said = make_shown_comment(lead, by=rosa())
    answer = make_shown_comment(lead, by=edith(), parent=said)
    aside = make_shown_comment(made, by=ravi())
    make_shown_comment(lead, by=make_user("lena"))
    return Paper(lead, other, made, gone, said, answer, aside)


def now(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def talk_of(edition: Edition) -> Discussion:
    return Discussion.objects.get(article=edition.article_id)


def admin_saves(row: Any, **fields: Any) -> None:
    """A row is saved through the form that the admin shows of it."""
    root = make_user("root", is_staff=True)
    root.is_superuser = True
    root.save()
    client, url = visit(root), f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
    page = client.get(url).context["adminform"].form
    inlines = [one.formset.management_form for one in client.get(url).context["inline_admin_formsets"]]
    given = {name: page.get_initial_for_field(one, name) for name, one in page.fields.items()}
    for form in inlines:
        given |= {form.add_prefix(name): form.initial.get(name, 0) for name in form.fields}
    for name, value in list(given.items()):
        if isinstance(value, list):
            given[name] = [getattr(item, "pk", item) for item in value]
        elif hasattr(value, "hour"):
            local = timezone.localtime(value)
            given[f"{name}_0"], given[f"{name}_1"] = local.date().isoformat(), f"{local:%H:%M:%S}"
    answer = client.post(
        url, {name: value for name, value in (given | fields).items() if value is not None and value is not False}
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors


# --- The facts ------------------------------------------------------------------------------------------

FACTS: list[Callable[[Paper], Any]] = []
MAY_WAIT: set[str] = set()


def fact(verb: Callable[[Paper], Any]) -> Callable[[Paper], Any]:
    """Something that happens, to be seen by readers at once."""
    FACTS.append(verb)
    return verb


def addition(verb: Callable[[Paper], Any]) -> Callable[[Paper], Any]:
    """Something that comes from readers, to be seen within a second."""
    MAY_WAIT.add(verb.__name__)
    return fact(verb)


@fact
def nothing_happens(paper: Paper) -> None:
    pass


@fact
def a_draft_is_saved(paper: Paper) -> None:
    change(paper.lead.article, headline="Nobody reads this yet")


@fact
def a_change_is_published(paper: Paper) -> None:
    republish(paper.lead.article, headline="The ferry, again", dek="Once more.")


@fact
def a_story_is_published(paper: Paper) -> None:
    paper.notes["new"] = make_edition(headline="A ferry leaves", topics=(Topic.objects.get(slug="ferries").pk,))


@fact
def a_story_moves_to_another_section_and_topic(paper: Paper) -> None:
    topic, section = Topic.objects.get(slug="trains"), Section.objects.get(slug="film")
    republish(paper.notes["new"].article, topics=(topic.pk,), section=section.pk)


@fact
def a_story_is_unpublished(paper: Paper) -> None:
    take_down(publishing.unpublish, paper.notes["new"].article)


@fact
def a_story_is_brought_back(paper: Paper) -> None:
    take_down(publishing.bring_back, paper.gone.article, note="")


@fact
def a_story_is_retracted(paper: Paper) -> None:
    take_down(publishing.retract, paper.gone.article)


@fact
def readers_are_led_on_to_other_stories(paper: Paper) -> None:
    onward.renew_around(article=paper.lead.article_id)


@fact
def an_earlier_edition_is_rolled_back_to(paper: Paper) -> None:
    article = Article.objects.get(pk=paper.lead.article_id)
    old = Edition.objects.get(pk=paper.lead.pk)
    publishing.roll_back(article, old, version=article.version, by=edith())


@fact
def an_error_is_corrected(paper: Paper) -> None:
    paper.notes["correction"] = correct(paper.lead, "It was one ferry.")


@fact
def a_reader_is_thanked_for_it(paper: Paper) -> None:
    errors.take_note(None, article=paper.lead.article, text="One.", address="", by=rosa(), may_be_thanked=True)
    note = ErrorNote.objects.get()
    errors.answer(note, found="fixed", by=edith(), correction=paper.notes["correction"])


@fact
def a_reader_has_another_name(paper: Paper) -> None:
    naming.rename(rosa(), "Rosa Anew")


@fact
def a_reader_has_a_picture(paper: Paper) -> None:
    portraits.put(rosa(), io.BytesIO(picture_bytes(size=(200, 200))))


@fact
def a_correction_is_withdrawn(paper: Paper) -> None:
    corrections.withdraw(paper.notes["correction"], by=edith(), note="It was right.")


@fact
def a_story_is_put_on_the_front_page(paper: Paper) -> None:
    paper.notes["slot"] = make_slot(paper.film, headline="All about a train")


@fact
def a_story_is_taken_off_it(paper: Paper) -> None:
    slot = Slot.objects.get(pk=paper.notes["slot"].pk)
    fronts.remove(slot, version=slot.version, by=edith())


@fact
def what_is_most_read_is_counted(paper: Paper) -> None:
    fronts.fill(Place.READ, [paper.film.article_id, paper.lead.article_id])


@fact
def it_is_counted_again_and_is_the_same(paper: Paper) -> None:
    fronts.fill(Place.READ, [paper.film.article_id, paper.lead.article_id])


@fact
def a_section_is_renamed(paper: Paper) -> None:
    admin_saves(Section.objects.get(slug="film"), name="Films", description="All of them.")


@fact
def a_topic_is_renamed(paper: Paper) -> None:
    admin_saves(Topic.objects.get(slug="trains"), name="Trains and trams")


@fact
def an_author_is_renamed(paper: Paper) -> None:
    admin_saves(make_author("Rory Quill"), name="R. Quill")


@fact
def a_picture_has_another_caption(paper: Paper) -> None:
    image = Image.objects.get()
    image.caption = "At sea, at last"
    image.save()
    library.changed(image)


@fact
def a_page_of_the_house_is_changed(paper: Paper) -> None:
    make_house_page(title="About us all")


@fact
def a_page_of_the_house_is_taken_away(paper: Paper) -> None:
    make_house_page(is_public=False)


@fact
def a_page_of_the_house_is_back(paper: Paper) -> None:
    make_house_page()


@addition
def somebody_says_something(paper: Paper) -> None:
    paper.notes["new comment"] = make_shown_comment(paper.lead, by=rosa(), body="A second thing.")


@fact
def they_change_their_words(paper: Paper) -> None:
    comment = now(paper.notes["new comment"])
    rewording.edit(comment, posting.Words("Another thing."), version=comment.version, by=rosa())


@addition
def somebody_likes_it(paper: Paper) -> None:
    liking.like(paper.said, by=ravi())


@addition
def somebody_chooses_an_answer(paper: Paper) -> None:
    voting.vote(paper.lead, answer=1, by=ravi())


@fact
def an_editor_picks_it(paper: Paper) -> None:
    picking.pick(paper.said, by=edith())


@fact
def what_an_editor_said_is_pinned(paper: Paper) -> None:
    picking.pin(paper.answer, by=edith())


@fact
def a_moderator_holds_it(paper: Paper) -> None:
    comment = now(paper.notes["new comment"])
    moderation.hold(comment, version=comment.version, by=mo())


@addition
def a_moderator_approves_it(paper: Paper) -> None:
    comment = now(paper.notes["new comment"])
    moderation.approve(comment, version=comment.version, by=mo())


@fact
def a_moderator_rejects_it(paper: Paper) -> None:
    reject(paper.notes["new comment"])


@fact
def somebody_takes_their_words_back(paper: Paper) -> None:
    posting.withdraw(paper.aside, by=ravi())


@fact
def a_discussion_is_paused(paper: Paper) -> None:
    ends_at = timezone.now() + HOUR
    paper.notes["calm"] = calming.calm(talk_of(paper.lead), "pause", by=mo(), reason="A breath.", ends_at=ends_at)


@fact
def it_goes_on(paper: Paper) -> None:
    calming.lift(paper.notes["calm"], by=mo())


@fact
def a_discussion_is_closed(paper: Paper) -> None:
    admin_saves(talk_of(paper.film), mode="closed")


@fact
def all_discussions_are_paused(paper: Paper) -> None:
    rules, _ = Rules.objects.get_or_create(section=None)
    admin_saves(rules, is_paused="on", pause_message="Back tomorrow.")


@fact
def all_discussions_go_on(paper: Paper) -> None:
    admin_saves(Rules.objects.get(section=None), is_paused="")


@fact
def somebody_moderates_from_now_on(paper: Paper) -> None:
    admin_saves(edith(), groups=[*edith().groups.values_list("pk", flat=True), Group.objects.get(name="Moderator").pk])


@fact
def somebody_leaves(paper: Paper) -> None:
    naming.tell([rosa().pk])
    erasing.erase(rosa())


# --- The question ---------------------------------------------------------------------------------------

# What a fact makes anew in vain, as nobody can tell beforehand that it is the same: searches and the files for search
# engines after any story; the pages of the discussion that something is said in; what has a story whose parts are
# named or shown in another way; what might have had a place for it.
MACHINES, TALK, THANKS = r"/search/|/sitemap", r"/comments/", r".*/feed|/corrections/"
MAY_BE_SAME = {
    "a_change_is_published": rf"{MACHINES}|/comments/\d+/since/",
    "a_story_moves": rf"{MACHINES}|/archive/$",
    "a_story_is": MACHINES,
    "an_earlier_edition": rf"{MACHINES}|/comments/\d+/since/",
    "an_error|a_correction": MACHINES,
    "a_reader_is_thanked|a_reader_has_another_name|somebody_leaves|somebody_moderates": rf"{MACHINES}|{THANKS}",
    "a_reader_has_a_picture": r"/comments/\d+/feed/",
    "what_is_most_read": r"/$",
    "a_section|a_topic|an_author|a_picture|all_discussions": r".*",
    "a_page_of_the_house": r"/sitemap",
    "some|they|an_editor|what_an_editor|a_moderator|a_discussion|it_goes": TALK,
}


def was_in_vain(line: str) -> bool:
    happened, _, page = line.partition(": ")
    return not any(re.match(name, happened) and re.match(pages, page) for name, pages in MAY_BE_SAME.items())


def content_of(response: Any) -> tuple[int, bytes]:
    return response.status_code, response.content


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_after_every_fact_every_page_is_what_it_is_and_nothing_else_was_made_again(
    paper: Paper, two: tuple[Process, Process], bare: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The walk takes longer than pages are kept.
    monkeypatch.setattr(stale_after, "LIFE", 10_000)
    monkeypatch.setattr(keeper, "AGED", 9_000)
    pages = paper.pages
    before = {page: content_of(bare(page)) for page in pages}
    for process in two:
        for page in pages:
            assert content_of(process.get(page)) == before[page], page
    stale, in_vain = [], []
    for happens in FACTS:
        kept = {page: two[0].kept(page) for page in pages}
        happens(paper)
        if happens.__name__ in MAY_WAIT:
            time.sleep(LATEST)
        after = {page: content_of(bare(page)) for page in pages}
        for number, process in enumerate(two, start=1):
            for page in pages:
                if content_of(process.get(page)) != after[page]:
                    stale.append(f"{happens.__name__}: {page} on {number}")
        in_vain += [
            f"{happens.__name__}: {page}"
            for page in pages
            if after[page] == before[page] and kept[page] and two[0].kept(page) is not kept[page]
        ]
        before = after
    assert not stale
    assert "\n".join(filter(was_in_vain, in_vain)) == ""
