"""Noting whom to tell of what, in the transaction in which it happens. The mail itself is mailing.py's business.

Nobody is told of their own act, of a thing twice, or of a story that they may not open.
"""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.template.defaultfilters import date
from django.utils import timezone

from newsroom.lib.mail import GIVE_UP_AFTER
from newsroom.lib.people import Person, staff_with

from .models import Article, Edition, Event, Note, StaffNotice

Kind = StaffNotice.Kind
OF_EVENTS: dict[str, Kind] = {
    Event.Kind.SUBMITTED: Kind.SUBMITTED,
    Event.Kind.SENT_BACK: Kind.SENT_BACK,
    Event.Kind.APPROVED: Kind.APPROVED,
}


class Fact(NamedTuple):
    """What happened: its name, which no other thing has, and what was said, by whom and when."""

    thing: str
    words: str
    by: Person | None
    at: datetime


def tell_of_note(note: Note) -> None:
    """Tell whom a note mentions; of an answer also whoever wrote the note."""
    fact = Fact(f"note-{note.pk}", note.text, note.by, note.at)
    _tell(note.article, Kind.MENTIONED, note.mentions.all(), fact)
    if note.parent:
        _tell(note.article, Kind.ANSWERED, _person(note.parent.by_id), fact)


def tell_assignee(article: Article, event: Event) -> None:
    """Tell who has the story now, and until when."""
    due = f"Due {date(article.due_on, 'l j F Y')}" if article.due_on else ""
    _tell(article, Kind.ASSIGNED, _person(article.assignee_id), _fact(event)._replace(words=due))


def tell_of_event(article: Article, event: Event) -> None:
    """Tell of a move of the working copy: editors what was submitted, whose story it is what became of it."""
    kind = OF_EVENTS.get(event.kind)
    if kind is None:
        return
    told = editors_of(article, event.by) if kind == Kind.SUBMITTED else article.owners()
    _tell(article, kind, told, _fact(event))


def tell_published(sender: object, edition: Edition, **kwargs: object) -> None:
    """Tell whose story it is that readers have it. Connected in newsroom/apps.py; no news when it is days old."""
    if edition.live_at < timezone.now() - GIVE_UP_AFTER:
        return
    fact = Fact(f"edition-{edition.pk}", "", edition.cut_by, timezone.now())
    _tell(edition.article, Kind.PUBLISHED, edition.article.owners(), fact)


def editors_of(article: Article, actor: Person | None) -> QuerySet[Person]:
    """Who may approve the story and has worked on it; if nobody but the actor has, all who may approve."""
    editors = staff_with("articles.approve_article").filter(~Q(pk=actor.pk) if actor else Q())
    involved = editors.filter(pk__in=article.events.order_by().values("by"))
    return involved if involved.exists() else editors


def _person(pk: int | None) -> QuerySet[Person]:
    """One person, or nobody."""
    everybody = get_user_model().objects
    return everybody.filter(pk=pk) if pk else everybody.none()


def _fact(event: Event) -> Fact:
    return Fact(f"event-{event.pk}", event.note, event.by, event.at)


def _tell(article: Article, kind: str, told: QuerySet[Person], fact: Fact) -> None:
    """A row for each who may open the story, but not for the actor, and none where there is one for the same thing."""
    people = article.who_may_open().filter(pk__in=told.values("pk"))
    StaffNotice.objects.bulk_create(
        (
            StaffNotice(
                article=article,
                kind=kind,
                person=person,
                thing=fact.thing,
                words=fact.words,
                by=fact.by,
                made_at=fact.at,
            )
            for person in people
            if person != fact.by
        ),
        ignore_conflicts=True,
    )
