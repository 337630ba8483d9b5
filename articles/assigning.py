"""Who has a story, and until when: work about the story, not words of it. The version does not move."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.defaultfilters import date as in_words

from newsroom.lib.people import Person, staff_with

from . import notices
from .editing import locked, record
from .models import Article, Event
from .publishing import NotPossible

RIGHT = "articles.assign_article"
WRITES = "articles.change_article"


@transaction.atomic
def assign(article: Article, *, to: Person | None, due: date | None, by: Person) -> Article:
    """Give a story to a colleague, or with None to nobody, until a day or for as long as it takes.

    Who may not assign may still take a story that nobody has, as it is due. The assignee may open it from then on.
    Raises NotPossible or PermissionDenied.
    """
    if not Article.objects.visible_to(by).filter(pk=article.pk).exists():
        raise PermissionDenied("This story is not yours to open.")
    article = locked(article)
    if not may_assign(by, article):
        _require_free(article, to, due, by)
    if to and not staff_with(WRITES).filter(pk=to.pk).exists():
        raise NotPossible(f"{to.name} does not write stories.")
    if (article.assignee, article.due_on) == (to, due):
        return article
    is_new = article.assignee != to
    article.assignee, article.due_on = to, due
    article.save(update_fields=["assignee", "due_on"])
    event = record(article, Event.Kind.ASSIGNED, by=by, note=describe(to, due))
    if is_new:
        notices.tell_assignee(article, event)
    return article


def may_assign(person: Person, article: Article) -> bool:
    return person.is_active and person.has_perm(RIGHT, article)


def describe(to: Person | None, due: date | None) -> str:
    """The assignment in words: "to Rory, due 4 December 2026"."""
    words = f"to {to.name}" if to else "to nobody"
    return f"{words}, due {in_words(due, 'j F Y')}" if due else words


def _require_free(article: Article, to: Person | None, due: date | None, by: Person) -> None:
    """Whoever may not assign takes only for themselves, only what is free, and moves no date."""
    if not by.has_perm(WRITES) or to != by or due != article.due_on:
        raise PermissionDenied("You may only take a story that nobody has.")
    if article.assignee and article.assignee != by:
        raise NotPossible(f"{article.assignee.name} has this story.")
