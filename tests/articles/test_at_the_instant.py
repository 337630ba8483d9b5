"""A story comes, changes and goes everywhere at one instant: nothing has to happen then but that the clock goes on.

Every place where readers and machines meet stories is looked at a microsecond before and at the instant itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles import embargo, publishing
from articles.draft import BylinePart
from articles.intervals import announce_due
from articles.layout import Place
from articles.models import Article, Edition, Slot
from tests.factories import (
    correct,
    edith,
    make_article,
    make_author,
    make_edition,
    make_section,
    make_shown_comment,
    make_topic,
    mo,
    publish,
    republish,
    take_down,
)

pytestmark = pytest.mark.django_db

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
BEGIN = datetime(2030, 3, 5, 9, tzinfo=UTC)
INSTANT = BEGIN + 3 * HOUR
OLD, NEW = "quagga", "numbat"
NOTHING, IS_OLD, IS_NEW = frozenset[str](), frozenset({OLD}), frozenset({NEW})


def old() -> dict[str, Any]:
    """The story as readers have it first: in TV, about ferries, by Rory."""
    return {
        "headline": f"The {OLD} sails",
        "dek": f"A {OLD}",
        "slug": f"the-{OLD}",
        "body": f"<p>Of the {OLD}.</p>",
        "topics": (make_topic("Ferries").pk,),
    }


def new() -> dict[str, Any]:
    """As readers have it then: with other words at another address."""
    return {
        "headline": f"The {NEW} sails",
        "dek": f"A {NEW}",
        "slug": f"the-{NEW}",
        "body": f"<p>Of the {NEW}.</p>",
        "topics": (make_topic("Ferries").pk,),
    }


def moved() -> dict[str, Any]:
    """And in another section, about something else, by somebody else."""
    return new() | {
        "section": make_section("film").pk,
        "topics": (make_topic("Masts").pk,),
        "bylines": (BylinePart(make_author("Wren Hale").pk),),
    }


# --- What happens ----------------------------------------------------------------------------------


def live() -> Article:
    return make_edition(**old()).article


def scheduled() -> Article:
    return make_edition(INSTANT, **new()).article


def embargoed() -> Article:
    article = make_article(**new())
    embargo.set_embargo(article, embargo.Terms(INSTANT, source="Kittiwake"), version=article.version, by=edith())
    return publish(article, INSTANT).article


def superseded() -> Article:
    return republish(live(), INSTANT, **new()).article


def superseded_elsewhere() -> Article:
    return republish(live(), INSTANT, **moved()).article


def expiring() -> Article:
    article = Article.objects.get(pk=live().pk)
    publishing.expire(article, version=article.version, by=edith(), at=INSTANT)
    return article


def nothing(article: Article) -> None:
    """The clock does it all."""


def unpublish(article: Article) -> None:
    take_down(publishing.unpublish, article)


def retract(article: Article) -> None:
    take_down(publishing.retract, article)


def change_now(article: Article) -> None:
    republish(article, **new())


@dataclass(frozen=True)
class Turn:
    """How a story is made; what is done to it at the instant; what of it is there before and after."""

    make: Callable[[], Article]
    act: Callable[[Article], None]
    before: frozenset[str]
    after: frozenset[str]


TURNS = {
    "scheduled": Turn(scheduled, nothing, NOTHING, IS_NEW),
    "its embargo lifts": Turn(embargoed, nothing, NOTHING, IS_NEW),
    "superseded": Turn(superseded, nothing, IS_OLD, IS_NEW),
    "superseded and moved": Turn(superseded_elsewhere, nothing, IS_OLD, IS_NEW),
    "changed": Turn(live, change_now, IS_OLD, IS_NEW),
    "expired": Turn(expiring, nothing, IS_OLD, NOTHING),
    "unpublished": Turn(live, unpublish, IS_OLD, NOTHING),
    "retracted": Turn(live, retract, IS_OLD, NOTHING),
}

# --- Where it is looked for ------------------------------------------------------------------------

FORMS = ("feed/", "feed.atom", "feed.json")
WHOLE_PAPER = (
    "/",
    "/archive/2030/",
    "/archive/2030/3/",
    "/archive/2030/3/5/",
    *(f"/{form}" for form in FORMS),
    "/sitemap-news.xml",
    "/sitemap-2030-3-1.xml",
    "/search/?q=sails",
    "/search/?q=sail&sort=date",
    "/search/?year=2030",
    "/search/?q=xyzzyx",  # nothing is found: the newest stories are shown
    "/search/suggest/?q=sai",
)
# Where the story is as long as it is of that section, about that topic, by that person.
OF_TV = tuple(f"{at}{form}" for at in ("/tv/", "/topics/ferries/", "/authors/rory-quill/") for form in ("", *FORMS))
OF_FILM = tuple(f"{at}{form}" for at in ("/film/", "/topics/masts/", "/authors/wren-hale/") for form in ("", *FORMS))
OF_TV_FOUND = ("/search/?section=tv", "/search/?topic=ferries", "/search/?author=rory-quill")
OF_FILM_FOUND = ("/search/?section=film", "/search/?topic=masts", "/search/?author=wren-hale")


def there(path: str) -> frozenset[str]:
    """Which of the story's names an address gives, in whatever part of its answer."""
    text = Client().get(path).content.decode(errors="replace").lower()
    # A page may repeat what it was asked.
    return frozenset(word for word in (OLD, NEW) if word in text)


class Paper:
    """The story among others that stay as they are and lead to it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        filler = {"topics": (make_topic("Ferries").pk, make_topic("Masts").pk)}
        both = (BylinePart(make_author("Rory Quill").pk), BylinePart(make_author("Wren Hale").pk))
        card = f'<p>Words.</p><div data-story="{article.pk}"></div>'
        self.other = make_edition(headline="Another", body=card, bylines=both, **filler)
        self.next = make_edition(headline="One more", section=make_section("film").pk, bylines=both, **filler)
        Edition.objects.filter(pk=self.next.pk).update(onward=[article.pk])

    def of_story(self) -> tuple[str, ...]:
        """The pages of other stories that lead to it, and those about its own discussion and corrections."""
        return (self.other.path, self.next.path)

    def fronts(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Every place of the front page and of a section's, one at a time."""
        for section in (None, make_section("tv"), make_section("film")):
            for place in Place:
                Slot.objects.all().delete()
                Slot.objects.create(article=self.article, section=section, place=place, starts_at=BEGIN)
                path = section.get_absolute_url() if section else "/"
                yield f"{place} of {path}", there(path)
        Slot.objects.all().delete()


def wrong(paper: Paper, paths: tuple[str, ...], expected: frozenset[str]) -> list[str]:
    found = {path: there(path) for path in paths}
    return [f"{path}: {sorted(seen)}" for path, seen in found.items() if seen != expected]


@pytest.mark.parametrize("name", TURNS)
def test_every_list_turns_at_the_instant(name):
    turn = TURNS[name]
    elsewhere = name == "superseded and moved"
    with time_machine.travel(BEGIN, tick=False) as clock:
        paper = Paper(turn.make())
        make_author("Wren Hale")
        for moment, expected in ((INSTANT - TICK, turn.before), (INSTANT, turn.after)):
            clock.move_to(moment)
            if moment == INSTANT:
                turn.act(paper.article)
            is_moved = elsewhere and moment == INSTANT
            assert wrong(paper, (*WHOLE_PAPER, *paper.of_story()), expected) == [], moment
            assert wrong(paper, (*OF_TV, *OF_TV_FOUND), NOTHING if is_moved else expected) == [], moment
            assert wrong(paper, (*OF_FILM, *OF_FILM_FOUND), expected if is_moved else NOTHING) == [], moment


@pytest.mark.parametrize("name", TURNS)
def test_so_does_every_place_of_every_front(name):
    turn = TURNS[name]
    with time_machine.travel(BEGIN, tick=False) as clock:
        paper = Paper(turn.make())
        for moment, expected in ((INSTANT - TICK, turn.before), (INSTANT, turn.after)):
            clock.move_to(moment)
            if moment == INSTANT:
                turn.act(paper.article)
            # On a section's front a story may stand that has left the section: the editors put it there.
            assert [f"{place}: {sorted(seen)}" for place, seen in paper.fronts() if seen != expected] == [], moment


@pytest.mark.parametrize("name", [name for name, turn in TURNS.items() if turn.before])
def test_so_do_its_corrections_and_its_discussion(name):
    turn = TURNS[name]
    with time_machine.travel(BEGIN, tick=False) as clock:
        article = turn.make()
        comment = make_shown_comment(article.live_edition, by=mo(), body="I saw it.")
        correct(article.live_edition, "It was two.")
        paths = ("/corrections/", *(f"/corrections/{form}" for form in FORMS))
        paths += (f"/comments/{article.pk}/", comment.get_absolute_url())
        for moment, expected in ((INSTANT - TICK, turn.before), (INSTANT, turn.after)):
            clock.move_to(moment)
            if moment == INSTANT:
                turn.act(article)
            paper = Paper(article)
            assert wrong(paper, paths, expected) == [], moment


@pytest.mark.parametrize("name", TURNS)
def test_so_do_its_own_addresses_its_data_and_its_picture(name):
    turn = TURNS[name]
    with time_machine.travel(BEGIN, tick=False) as clock:
        article = turn.make()
        drawn = {}
        paths = {edition.draft.headline.split()[1]: edition.path for edition in article.editions.all()}
        for moment, expected in ((INSTANT - TICK, turn.before), (INSTANT, turn.after)):
            clock.move_to(moment)
            if moment == INSTANT:
                turn.act(article)
                paths |= {edition.draft.headline.split()[1]: edition.path for edition in article.editions.all()}
            picture = Client().get(f"/read/{article.pk}/picture.png")
            assert picture.status_code == (200 if expected else 404)
            drawn[moment] = picture.content
            answers = {word: Client().get(path).status_code for word, path in paths.items()}
            gone = 410 if name == "retracted" and moment == INSTANT else 404
            for word, status in answers.items():
                if word in expected:
                    assert (status, there(paths[word])) == (200, expected), word
                else:
                    # An address that readers had leads on, one that they will have is not there yet.
                    assert status == (301 if expected and word in turn.before else gone), word
        assert drawn[INSTANT - TICK] != drawn[INSTANT]


def test_the_archive_counts_what_is_there():
    with time_machine.travel(BEGIN, tick=False) as clock:
        make_edition(INSTANT, **new())
        make_edition(headline="Another")
        counts = []
        for moment in (INSTANT - TICK, INSTANT):
            clock.move_to(moment)
            [(_, months)] = Client().get("/archive/").context["years"]
            counts.append([month.count for month in months])
    assert counts == [[1], [2]]


def test_facets_count_what_is_there():
    with time_machine.travel(BEGIN, tick=False) as clock:
        Paper(superseded_elsewhere())
        counts = []
        for moment in (INSTANT - TICK, INSTANT):
            clock.move_to(moment)
            facets = Client().get("/search/?year=2030").context["found"].facets
            counts.append({choice.value: choice.count for choice in facets["section"] + facets["topic"]})
    assert counts == [
        {"tv": 2, "film": 1, "ferries": 3, "masts": 2},
        {"tv": 1, "film": 2, "ferries": 2, "masts": 3},
    ]


def test_what_to_read_next_is_chosen_anew_once_it_is_told_that_a_story_went_live(django_capture_on_commit_callbacks):
    """Leading to a story that has come takes a moment; leading to one that has gone takes none."""
    with time_machine.travel(BEGIN, tick=False) as clock:
        other = make_edition(headline="Another", topics=(make_topic("Ferries").pk,))
        make_edition(INSTANT, **new())
        clock.move_to(INSTANT)
        assert there(other.path) == NOTHING
        with django_capture_on_commit_callbacks(execute=True):
            announce_due()
        assert there(other.path) == IS_NEW
