"""The rows of planned stories: working copies with their history, editions with their links, and the index of words."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from articles.cutting import slug_from
from articles.draft import Draft, Role
from articles.models import (
    Address,
    Article,
    ArticleTopic,
    Author,
    Byline,
    Correction,
    Edition,
    EditionByline,
    EditionTopic,
    Event,
    Revision,
    SearchEntry,
    SearchWord,
    Section,
    Topic,
)
from articles.models.reading import ReadCount
from articles.onward import WANTED
from articles.search.index import SHORTEST_WORD, WordLink, facets_of
from articles.search.words import plain, words_in
from articles.story import Parts
from articles.workflow import Stage

from .bodies import Body
from .copying import Row, Writer, free, numbered, without_word_indexes
from .plan import Cut, Plan
from .words import Chance

EMPTY: dict[str, Any] = Draft().to_json()
ENDED = {
    Edition.EndedAs.EXPIRED: Event.Kind.EXPIRY_SET,
    Edition.EndedAs.UNPUBLISHED: Event.Kind.UNPUBLISHED,
    Edition.EndedAs.RETRACTED: Event.Kind.RETRACTED,
}
WHY_RETRACTED = "The story could not be confirmed."
# Of a thousand stories that readers have.
CORRECTED = 5
READ_FOR = timedelta(days=3)
READINGS = 400  # of a story in its first hour


class Paper:
    """The planned stories with the bodies and the names that they are made of."""

    def __init__(
        self,
        plans: Sequence[Plan],
        bodies: Sequence[Body],
        sections: Iterable[Section],
        topics: Iterable[Topic],
        authors: Iterable[Author],
        now: datetime,
    ) -> None:
        self.plans, self.bodies, self.now = plans, bodies, now
        self.sections = {section.pk: section.link for section in sections}
        self.topics = {topic.pk: topic.link for topic in topics}
        self.credits = {author.pk: author.credit(Role.WORDS) for author in authors}

    @property
    def cuts(self) -> Iterator[tuple[Plan, Cut]]:
        return ((plan, cut) for plan in self.plans for cut in plan.cuts)

    @property
    def searched(self) -> Iterator[tuple[Plan, Cut]]:
        """The editions that search knows: those that are not past."""
        return ((plan, cut) for plan, cut in self.cuts if not cut.is_past(self.now))

    def body(self, plan: Plan) -> Body:
        return self.bodies[plan.body % len(self.bodies)].after(plan.lead)

    def parts(self, plan: Plan) -> Parts:
        topics = tuple(self.topics[pk] for pk in plan.topics)
        return Parts(self.sections[plan.section], topics, tuple(self.credits[pk] for pk in plan.authors))

    def path(self, plan: Plan) -> str:
        return f"{self.sections[plan.section].path}{slug_from(plan.headline)}-{plan.pk}/"

    def named(self, plan: Plan) -> str:
        """The names by which search finds the story, beside its words."""
        parts = self.parts(plan)
        return " ".join([topic.name for topic in parts.topics] + [credit.name for credit in parts.bylines])

    def source(self, plan: Plan, number: int) -> Row:
        """The draft of an edition by its number: the dek of one that was changed later has yet to be found."""
        last = number >= len(plan.cuts)
        return EMPTY | {
            "headline": plan.headline,
            "dek": plan.dek if last else f"{plan.dek} More follows.",
            "body": self.body(plan).source,
            "section": plan.section,
            "topics": list(plan.topics),
            "bylines": [{"author": pk, "role": Role.WORDS} for pk in plan.authors],
        }


def write(paper: Paper, writer: Writer, chance: Chance) -> None:
    """Everything about the stories but what is said of them."""
    number = len(paper.plans)
    cuts = sum(len(plan.cuts) for plan in paper.plans)
    writer.copy(Article, (article(paper, plan) for plan in paper.plans), total=number)
    writer.copy(ArticleTopic, numbered(ArticleTopic, article_topics(paper)))
    writer.copy(Byline, numbered(Byline, bylines(paper)))
    writer.copy(Edition, editions(paper), total=cuts)
    writer.copy(EditionTopic, numbered(EditionTopic, edition_links(paper, "topic_id")))
    writer.copy(EditionByline, numbered(EditionByline, edition_links(paper, "author_id")))
    writer.copy(Address, numbered(Address, addresses(paper)))
    writer.copy(Revision, numbered(Revision, revisions(paper)))
    writer.copy(Event, numbered(Event, events(paper)))
    writer.copy(Correction, numbered(Correction, corrections(paper, chance)))
    writer.copy(ReadCount, numbered(ReadCount, readings(paper)))
    with without_word_indexes(SearchEntry):
        writer.copy(SearchEntry, search_entries(paper), total=number)
    write_words(paper, writer)


# --- The working copy ------------------------------------------------------------------------------


def article(paper: Paper, plan: Plan) -> Row:
    return {
        "id": plan.pk,
        "headline": plan.headline,
        "dek": plan.dek,
        "body": paper.body(plan).source,
        "section_id": plan.section,
        "stage": plan.stage,
        "version": plan.version,
        "created_at": plan.begun_at,
        "created_by_id": plan.writer,
        "saved_at": plan.saved_at(paper.now),
        "saved_by_id": plan.writer,
    }


def article_topics(paper: Paper) -> Iterator[Row]:
    for plan in paper.plans:
        for position, topic in enumerate(plan.topics):
            yield {"article_id": plan.pk, "topic_id": topic, "position": position}


def bylines(paper: Paper) -> Iterator[Row]:
    for plan in paper.plans:
        for position, author in enumerate(plan.authors):
            yield {"article_id": plan.pk, "author_id": author, "position": position}


def revisions(paper: Paper) -> Iterator[Row]:
    """The words of each edition, and those of what was never published."""
    for plan in paper.plans:
        made = {"article_id": plan.pk, "made_by_id": plan.writer}
        for cut in plan.cuts:
            of_cut = {
                "version": 2 * cut.number,
                "kind": Revision.Kind.PUBLISHED,
                "made_at": min(cut.live_at, paper.now),
            }
            yield made | of_cut | {"source": paper.source(plan, cut.number)}
        if not plan.cuts:
            kind = Revision.Kind.SAVED if plan.stage == Stage.DRAFT else Revision.Kind.SUBMITTED
            yield made | {"version": 2, "kind": kind, "made_at": plan.begun_at, "source": paper.source(plan, 1)}


def events(paper: Paper) -> Iterator[Row]:
    for plan in paper.plans:
        yield event(plan, Event.Kind.CREATED, plan.begun_at, 1)
        if not plan.cuts and plan.stage != Stage.DRAFT:
            yield event(plan, Event.Kind.SUBMITTED, plan.begun_at, 2)
        for cut in plan.cuts:
            kind = Event.Kind.PUBLISHED if cut.live_at <= paper.now else Event.Kind.SCHEDULED
            yield event(plan, kind, min(cut.live_at, paper.now), 1 + 2 * cut.number, cut.pk)
            if cut.ended_as in ENDED:
                yield event(plan, ENDED[Edition.EndedAs(cut.ended_as)], cut.ends_at, plan.version)


def event(plan: Plan, kind: str, at: datetime | None, version: int, edition: int | None = None) -> Row:
    by = plan.writer if version <= 2 else plan.editor
    return {"article_id": plan.pk, "kind": kind, "by_id": by, "at": at, "version": version, "edition_id": edition}


# --- What readers have -----------------------------------------------------------------------------


def editions(paper: Paper) -> Iterator[Row]:
    newest: defaultdict[int, deque[int]] = defaultdict(lambda: deque(maxlen=WANTED))
    for plan in paper.plans:
        onward = list(newest[plan.section])
        for cut in plan.cuts:
            yield edition(paper, plan, cut) | {"onward": onward}
        if plan.is_live(paper.now):
            newest[plan.section].appendleft(plan.pk)


def edition(paper: Paper, plan: Plan, cut: Cut) -> Row:
    body, source = paper.body(plan), paper.source(plan, cut.number)
    is_out = cut.live_at <= paper.now
    return {
        "id": cut.pk,
        "article_id": plan.pk,
        "number": cut.number,
        "source": source,
        "headline": source["headline"],
        "dek": source["dek"],
        "path": paper.path(plan),
        "html": body.html,
        "text": body.text,
        "words": body.words,
        "parts": paper.parts(plan).to_json(),
        "section_id": plan.section,
        "discussion": source["discussion"],
        "live_at": cut.live_at,
        "ends_at": cut.ends_at,
        "ended_as": cut.ended_as,
        "end_note": WHY_RETRACTED if cut.ended_as == Edition.EndedAs.RETRACTED else "",
        "published_at": plan.published_at,
        "updated_at": cut.live_at if plan.pk % 2 else plan.published_at,
        "past": cut.is_past(paper.now),
        "announced_at": cut.live_at if is_out else None,
        "cut_at": min(cut.live_at, paper.now),
        "cut_by_id": plan.editor,
    }


def edition_links(paper: Paper, name: str) -> Iterator[Row]:
    """The links of editions to topics or to authors."""
    for plan, cut in paper.cuts:
        shared = {
            "edition_id": cut.pk,
            "article_id": plan.pk,
            "published_at": plan.published_at,
            "past": cut.is_past(paper.now),
        }
        named = plan.topics if name == "topic_id" else plan.authors
        role = {} if name == "topic_id" else {"role": Role.WORDS}
        for pk in named:
            yield {name: pk} | shared | role


def addresses(paper: Paper) -> Iterator[Row]:
    for plan in paper.plans:
        if plan.cuts:
            yield {"path": paper.path(plan), "article_id": plan.pk, "created_at": min(plan.published_at, paper.now)}


def corrections(paper: Paper, chance: Chance) -> Iterator[Row]:
    for plan, cut in paper.cuts:
        if cut.is_live(paper.now) and chance.randrange(1000) < CORRECTED:
            at = cut.live_at + (paper.now - cut.live_at) * 0.1
            text = f"{plan.headline} was made in {chance.randrange(3, 40)} days, not in {chance.randrange(41, 90)}."
            yield {"article_id": plan.pk, "edition_id": cut.pk, "text": text, "at": at, "by_id": plan.editor}


def readings(paper: Paper) -> Iterator[Row]:
    """Each of the newest stories is read most in its first hour."""
    for plan in paper.plans:
        if not plan.had(paper.now) or plan.published_at < paper.now - READ_FOR:
            continue
        began = plan.published_at.replace(minute=0, second=0, microsecond=0)
        for age in range((paper.now - began) // timedelta(hours=1)):
            count = READINGS * (1 + plan.pk % 7) // (1 + age)
            yield {"article_id": plan.pk, "hour": began + age * timedelta(hours=1), "count": count}


# --- What search knows -----------------------------------------------------------------------------


def search_entries(paper: Paper) -> Iterator[Row]:
    for plan, cut in paper.searched:
        yield {
            "edition_id": cut.pk,
            "headline": plain(plan.headline),
            "dek": plain(paper.source(plan, cut.number)["dek"]),
            "topics": plain(paper.named(plan)),
            "body": paper.body(plan).folded,
            "facets": facets_of(paper.sections[plan.section], paper.parts(plan)),
        }


def write_words(paper: Paper, writer: Writer) -> None:
    """The words by which a misspelled one is found."""
    known = dict(SearchWord.objects.values_list("word", "pk"))
    found = {word for plan, _ in paper.searched for word in spelled(paper, plan)}
    new = dict(zip(sorted(found - known.keys()), range(free(SearchWord), free(SearchWord) + len(found)), strict=False))
    writer.copy(SearchWord, ({"id": pk, "word": word} for word, pk in new.items()), total=len(new))
    keys = known | new
    links = (
        {"searchword_id": keys[word], "edition_id": cut.pk}
        for plan, cut in paper.searched
        for word in spelled(paper, plan)
    )
    writer.copy(WordLink, numbered(WordLink, links))


def spelled(paper: Paper, plan: Plan) -> list[str]:
    """The words of a story's headline and names, each once."""
    words = words_in(f"{plan.headline} {paper.named(plan)}")
    return sorted({word[: SearchWord.MAX_LENGTH] for word in words if len(word) >= SHORTEST_WORD})
