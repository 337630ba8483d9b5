"""Readers' choice among the answers to a story's question: one a person, which can be changed while one may post."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from articles.models import Edition
from newsroom.lib.facts import added
from newsroom.lib.people import Person

from . import shown
from .models import Discussion, Vote
from .posting import Closed, Refused, open_for, why_closed


@transaction.atomic
def vote(edition: Edition, *, answer: int, by: Person) -> Discussion:
    """Choose the answer at a place, from 1; 0 takes one's choice back. Returns the discussion with its counts.

    Raises PermissionDenied, Refused for what is no answer, or Closed.
    """
    if not by.is_active:
        raise PermissionDenied("This account is closed.")
    answers = edition.card.answers
    if answer and (answer > len(answers) or not answers[answer - 1]):
        raise Refused("This is not one of the answers any more.")
    discussion = open_for(edition)
    # The row is held from here on: nobody else counts meanwhile.
    if not Discussion.objects.taking().filter(pk=discussion.pk).update(seq=F("seq")):
        raise Closed(why_closed(discussion))
    before = Vote.objects.filter(discussion=discussion, person=by).values_list("answer", flat=True).first() or 0
    if before != answer:
        _choose(discussion, by, answer)
        steps = {f"votes_{place}": F(f"votes_{place}") + step for place, step in ((before, -1), (answer, 1)) if place}
        Discussion.objects.filter(pk=discussion.pk).update(**steps)
        added(shown.talk(discussion.pk))
    discussion.refresh_from_db()
    return discussion


def _choose(discussion: Discussion, by: Person, answer: int) -> None:
    mine = Vote.objects.filter(discussion=discussion, person=by)
    if not answer:
        mine.delete()
    elif not mine.update(answer=answer):
        Vote.objects.create(discussion=discussion, person=by, answer=answer)
