"""A paper with one story in each situation there is, and everybody who could knock at its doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_q.models import Failure

from articles import embargo, notes, presence, publishing, saved_views, sharing, trash
from articles.admin.timeline import key_of
from articles.models import Article, Edition, ErrorNote, HousePage, ShareLink
from comments.calming import calm
from comments.excluding import exclude_domain
from comments.models import Phrase, Rules
from comments.posting import open_for
from comments.sanctioning import impose
from newsroom.models import Subscriber, User
from tests.articles.test_admin_story import form_of
from tests.factories import (
    assign,
    change,
    correct,
    edith,
    list_phrases,
    make_article,
    make_author,
    make_comment,
    make_edition,
    make_guest,
    make_heat,
    make_note,
    make_picture,
    make_section,
    make_shown_comment,
    make_slot,
    make_topic,
    make_user,
    mo,
    publish,
    reject,
    republish,
    rory,
    rosa,
    take_down,
    visit,
    with_picture,
    wren,
)

SECRET = "Quetzalcoatlus"  # stands in every text that no reader has
KNOWN = "Pteranodon"  # stands in the words that readers have
FORMER = "Archaeopteryx"  # stands in those that they had
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# --- Who knocks ------------------------------------------------------------------------------------


def inactive() -> User:
    """An editor who has left."""
    person = make_user("gone", "Editor", is_staff=True)
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person


def limited(name: str, section: str) -> User:
    person = make_user(name, "Editor", is_staff=True)
    make_section(section).editors.add(person)
    return person


# Rory's are the stories. Who may what is in rules.py, by these names.
CAST: dict[str, Any] = {
    "anonymous": lambda: None,
    "reader": rosa,
    "not staff": lambda: make_user("half", "Writer", "Editor"),
    "inactive": inactive,
    "without a role": lambda: make_user("bare", is_staff=True),
    "moderator": mo,
    "another writer": wren,
    "editor elsewhere": lambda: limited("fay", "film"),
    "its writer": rory,
    "editor of the section": lambda: limited("tess", "tv"),
    "editor": edith,
    "superuser": lambda: make_user("root", is_staff=True, is_superuser=True),
}


def visit_as(who: str, **options: Any) -> Client:
    """A browser in which this one of the cast is signed in; whoever is inactive was so before they left."""
    return visit(CAST[who](), **options)


# --- What there is ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A story in one situation, and what stands in the addresses that lead to it and in the forms sent there."""

    state: str
    article: Article
    word: str
    holes: dict[str, Any]
    form: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> int:
        return self.article.version


def live(word: str) -> Article:
    """A story that was live with other words before, so that there is something to go back to."""
    first = publish(make_article(headline=f"{word} at first", dek=word, body=f"<p>{word}</p>"))
    return republish(first.article, headline=f"{word} now").article


def changed(article: Article) -> Article:
    words = {"headline": f"{SECRET} instead", "dek": SECRET, "body": f"<p>{SECRET}</p>"}
    return change(article, slug=f"{SECRET.lower()}-{article.pk}", **words)


def draft() -> Article:
    article = make_article(headline=f"{SECRET} at first", dek=SECRET, body=f"<p>{SECRET}</p>")
    return change(article, by=rory(), headline=f"{SECRET} now")


def moved(article: Article, *verbs: Any) -> Article:
    for verb in verbs:
        article = verb(article, version=article.version, by=edith())
    return article


def held() -> Article:
    article = draft()
    presence.ping(article, by=wren(), page="a-page-of-somebody-else", to_write=True, is_writing=True)
    return article


def expired() -> Article:
    """Its end was set, and came."""
    article = live(FORMER)
    ended = {"ends_at": timezone.now(), "ended_as": Edition.EndedAs.EXPIRED}
    Edition.objects.live().filter(article=article).update(**ended)
    return article


def embargoed() -> Article:
    article = draft()
    promised = embargo.Terms(timezone.now() + 12 * HOUR, source=SECRET)
    embargo.set_embargo(article, promised, version=article.version, by=edith())
    return article


MAKE = {
    "draft": draft,
    "in review": lambda: moved(draft(), publishing.submit),
    "ready": lambda: moved(draft(), publishing.submit, publishing.approve),
    "live": lambda: live(KNOWN),
    "live, changed": lambda: changed(live(KNOWN)),
    "scheduled": lambda: publish(draft(), timezone.now() + 2 * DAY).article,
    "change scheduled": lambda: publish(changed(live(KNOWN)), timezone.now() + 2 * DAY).article,
    "unpublished": lambda: take_down(publishing.unpublish, live(FORMER)),
    "retracted": lambda: take_down(publishing.retract, live(FORMER)),
    "expired": expired,
    "embargoed": embargoed,
    "trashed": draft,
    "held": held,
}


# What stands in a working copy that is no secret, or no longer.
WORDS = {"live": KNOWN} | dict.fromkeys(("unpublished", "retracted", "expired"), FORMER)


def make_sample(state: str) -> Sample:
    """The story, with a link, notes and what else its pages are about."""
    article = Article.objects.get(pk=MAKE[state]().pk)
    for label in ("opens", "pinned"):
        sharing.share(article, by=rory(), revision=article.revisions.first() if label == "pinned" else None)
    note, done = make_note(article, f"{SECRET}, who said that?"), make_note(article, f"{SECRET} again?")
    notes.resolve(done, by=edith())
    if state != "draft":
        assign(article, to=edith())
    seen = article.live_edition
    if seen:
        correct(seen)
    article = Article.objects.get(pk=article.pk)
    form = form_of(article)
    if state == "trashed":
        article = trash.trash(article, version=article.version, by=rory())
    return Sample(state, article, WORDS.get(state, SECRET), holes_of(article, note.pk, done.pk), form)


def holes_of(article: Article, note: int, done: int) -> dict[str, Any]:
    editions = article.editions.standing().order_by("live_at")
    first = article.revisions.order_by("version").first()
    return {
        "pk": article.pk,
        "object_id": article.pk,
        "link": ShareLink.objects.filter(article=article).latest("pk").pk,
        "note": note,
        "done": done,
        "key": key_of(first),
        "old": key_of(editions.first()) if editions else "e1",
        "edition": editions.last().pk if editions else 999_999,
        "correction": getattr(article.corrections.first(), "pk", 999_999),
        "event": article.events.last().pk,
        "discussion": getattr(getattr(article, "discussion_row", None), "pk", 999_999),
    }


@dataclass(frozen=True)
class World:
    """All of it. `others` are the rows that belong to no story, by what the rules call them."""

    samples: dict[str, Sample]
    others: dict[str, Any]


def phrase_on_the_list() -> Phrase:
    list_phrases("casino bonus")
    return Phrase.objects.get()


def make_world(*states: str) -> World:
    """With a story in each of these situations, or in all that there are."""
    for make in CAST.values():
        make()
    samples = {state: make_sample(state) for state in states or MAKE}
    now = timezone.now()
    root, rory_quill = CAST["superuser"](), make_author("Rory Quill")
    others = {
        "picture": make_picture().pk,
        "section": make_section("film").pk,
        "topic": make_topic().pk,
        "subscriber": Subscriber.objects.create(email="ann@example.com", asked_at=now).pk,
        "guest": make_guest(make_edition(headline=KNOWN)).pk,
        "page": HousePage.objects.get(slug="about").pk,
        "author": rory_quill.pk,
        "person": rosa().pk,
        "pictured": with_picture(make_user("pictured")).pk,
        "sanction": impose(make_user("sanctioned"), "warn", by=mo(), reason="spam").pk,
        "exclusion": exclude_domain("known.example", typed="known.example", by=mo(), reason="spam").pk,
        "calmed": (calmed := open_for(make_edition(headline=KNOWN))).pk,
        "calm": calm(calmed, "pause", by=mo(), reason="So.").pk,
        "heat": make_heat(open_for(make_edition(headline=KNOWN))).pk,
        "role": Group.objects.get(name="Writer").pk,
        "email": EmailAddress.objects.create(user=rosa(), email=rosa().email).pk,
        "second_step": Authenticator.objects.create(user=rosa(), type="totp", data={"secret": "x"}).pk,
        "failure": Failure.objects.create(id="x", started=now, stopped=now, success=False).pk,
        "view": saved_views.keep("stage=draft", name="Drafts", is_shared=True, by=root).pk,
        "rules": Rules.objects.create().pk,
        "phrase": phrase_on_the_list().pk,
        "slot": make_slot(make_edition(headline=KNOWN)).pk,
        "error": ErrorNote.objects.create(
            article=make_edition(headline=KNOWN, section=make_section("film").pk).article, text="It was two.", at=now
        ).pk,
        "shown_comment": make_shown_comment(make_edition(headline=KNOWN), by=rosa()).pk,
        "comment": make_comment(make_edition(headline=KNOWN), by=rosa()).pk,
        "decision": reject(make_comment(make_edition(headline=KNOWN), by=rosa())).decisions.get().pk,
        "content_type_id": ContentType.objects.get_for_model(Edition).pk,
        "app_label": "articles",
        "url": "nowhere",
    }
    return World(samples, others)


# --- What was done ---------------------------------------------------------------------------------


class Watch:
    """The tables into which something was written."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        words = sql.split(None, 6)
        verb = words[0].upper()
        # SQLite counts no row of an INSERT that returns something; there always is one.
        if verb == "INSERT" or (verb in {"UPDATE", "DELETE"} and context["cursor"].rowcount):
            at = words.index("INTO") + 1 if "INTO" in words else words.index("FROM") + 1 if verb == "DELETE" else 1
            self.tables.add(words[at].strip('"'))
        return result


@contextmanager
def watching() -> Iterator[Watch]:
    """Notes every write that the database is asked for in the meantime and that finds a row: stricter than
    comparing rows before and after, as what is written and taken back is noted too."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
