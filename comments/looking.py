"""What the screens look at, loaded in a fixed number of queries: at most eight, whatever is on the list."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from newsroom.lib.people import Person

from . import phrasing, sanctioning
from .models import Comment, Decision, Discussion, Guest
from .models.guest import said_by
from .screening import Look, likeness
from .trust import Past
from .workflow import State

WEEK, DAY = timedelta(days=7), timedelta(days=1)
LAST = 5


def past_of(speaker: Person | Guest) -> Past:
    """What became of all that somebody has said; one query."""
    now = timezone.now()
    ruled = Decision.objects.filter(comment=OuterRef("pk"), by__isnull=False)
    decided = Q(posted_at__gt=now - WEEK) & Q(Exists(ruled))
    facts = said_by(speaker).aggregate(
        shown=Count("pk", filter=Q(state=State.SHOWN)),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
        decided_lately=Count("pk", filter=decided),
        rejected_lately=Count("pk", filter=decided & Q(state=State.REJECTED)),
    )
    return Past(**facts, days=0 if isinstance(speaker, Guest) else (now - speaker.date_joined).days)


def look_around(discussion: Discussion, by: Person | Guest) -> Look:
    """What is known before a word is written; three queries."""
    return Look(
        past=past_of(by),
        is_staff=by.is_staff,
        is_premoderated=discussion.is_premoderated,
        reads_newcomers_first=discussion.reads_newcomers_first,
        is_read_first=not isinstance(by, Guest) and sanctioning.is_read_first(by),
        mail_host=by.email.rpartition("@")[2],
    )


def look_at(discussion: Discussion, by: Person | Guest, body: str, *, as_changed: Comment | None = None) -> Look:
    """What the screens need to know of a comment; `as_changed` is the one that these are new words for."""
    others = said_by(by).exclude(pk=as_changed.pk if as_changed else 0).order_by("-pk")
    last = list(others.values_list("discussion", "body")[:LAST])
    return replace(
        look_around(discussion, by),
        body=body,
        said_here=next((said for where, said in last if where == discussion.pk), ""),
        said_before=tuple(said for _, said in last),
        said_by_others=said_by_others(by, body),
        phrases=phrasing.current(),
        names=tuple(phrasing.names_of(discussion.article_id)),
    )


def said_by_others(speaker: Person | Guest, body: str) -> int:
    """How many others said the same in the last day, signs and case aside; of what is too short to tell, 0."""
    words = likeness(body)
    if not words:
        return 0
    # That it is not empty is what the index asks for.
    same = Comment.objects.filter(likeness=words, posted_at__gt=timezone.now() - DAY).exclude(likeness="")
    own = Q(guest__email=speaker.email) if isinstance(speaker, Guest) else Q(author=speaker)
    return same.exclude(own).values("author", "guest__email").distinct().count()
