"""Find discussions that heat up, tell moderators, and calm them where the rules say so. By `manage.py tick`."""

import logging
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from newsroom.lib.mail import FAILURES, letter
from newsroom.lib.people import Mail, Person

from . import calming
from .heat import CROWD, REPORTS, USUAL_OF, WINDOW, Figures, is_enough, proposed, rank
from .models import Calm, Comment, Discussion, Heat, Report, Rules
from .models.remit import MODERATORS_RIGHT
from .trust import together
from .workflow import Complaint, Measure, Severity, State

# How a discussion that heats up is calmed with one press, or by the rules.
LASTS, SECONDS = timedelta(hours=1), 120
REASON = "The discussion is heating up; this gives everybody a moment."
logger = logging.getLogger(__name__)


def look_for_heat() -> int:
    """Look at all that was said and reported in the last minutes; returns how many discussions are hot.

    Three queries while none is.
    """
    now, hot = timezone.now(), 0
    for discussion, figures in figures_at(now).items():
        measure = proposed(figures)
        if measure and _note(discussion, figures, measure, now):
            hot += 1
    for pk in Heat.objects.untold().values_list("pk", flat=True):
        tell(pk)
    return hot


def figures_at(now: datetime) -> dict[int, Figures]:
    """The figures of discussions that may be hot, by their keys. At most three queries, over what is new alone."""
    since = now - WINDOW
    said, told = _said(since), _told(since)
    loud = {pk for pk, row in said.items() if row["comments"] >= CROWD}
    loud |= {pk for pk, row in told.items() if row["weight"] >= REPORTS[0]}
    before = Comment.objects.filter(discussion__in=loud, posted_at__gt=since - USUAL_OF, posted_at__lte=since)
    usual = dict(before.order_by().values_list("discussion").annotate(Count("pk"))) if loud else {}
    return {
        pk: Figures(**said.get(pk, {}), **told.get(pk, {}), usual=usual.get(pk, 0) * (WINDOW / USUAL_OF)) for pk in loud
    }


def _said(since: datetime) -> dict[int, dict[str, Any]]:
    """Comments since then by their discussion: how many, held for their words, rejected."""
    rows = Comment.objects.filter(posted_at__gt=since).order_by().values_list("discussion")
    for_words = Q(severity__gte=Severity.MEDIUM) & ~Q(held_for="") & ~Q(state=State.REJECTED)
    counted = rows.annotate(
        Count("pk"), held=Count("pk", filter=for_words), rejected=Count("pk", filter=Q(state=State.REJECTED))
    )
    return {row[0]: dict(zip(("comments", "held", "rejected"), row[1:], strict=True)) for row in counted}


def _told(since: datetime) -> dict[int, dict[str, Any]]:
    """Reports since then by their discussion, and what they weigh together, each reporter once.

    An error in a story is no heat, nor is what a moderator has answered by letting the comment stay.
    """
    rows = Report.objects.filter(at__gt=since).exclude(reason=Complaint.ERROR).exclude(outcome=Report.Outcome.KEPT)
    by_reporter = rows.order_by().values_list("comment__discussion", "reporter").annotate(Count("pk"), Max("weight"))
    counts: Counter[int] = Counter()
    weights: dict[int, list[float]] = {}
    for discussion, _, count, weight in by_reporter:
        counts[discussion] += count
        weights.setdefault(discussion, []).append(weight)
    return {pk: {"reports": counts[pk], "weight": together(those)} for pk, those in weights.items()}


@transaction.atomic
def _note(pk: int, figures: Figures, measure: Measure, now: datetime) -> bool:
    """Keep that a discussion is hot, and calm it if the rules say so; False for one that is closed, or calm enough."""
    discussion = Discussion.objects.select_for_update().filter(pk=pk).first()
    if discussion is None or not Discussion.objects.taking().filter(pk=pk).exists():
        return False
    known = Heat.objects.current().filter(discussion=pk).order_by("-pk").first()
    if _is_calm_enough(pk, measure):
        # While it goes on it is the same time: what a moderator lifts then is not calmed again by the rules.
        if known:
            known.seen_at = now
            known.save(update_fields=["seen_at"])
        return False
    heat = known or Heat(discussion=discussion, began_at=now, measure=measure)
    # What was left as it is, or lifted, is proposed again only when more is called for.
    if rank(measure) > rank(heat.measure) or _has_run_out(heat):
        heat.measure, heat.answered_at, heat.answered_by = measure, None, None
    heat.seen_at = now
    for name, figure in asdict(figures).items():
        setattr(heat, name, figure)
    heat.save()
    if heat.answered_at is None and Rules.objects.filter(section=None, calms_heat=True).exists():
        _calm(heat, by=None)
    return True


def _has_run_out(heat: Heat) -> bool:
    """Whether what was done about it is over by the clock, and not since a moderator lifted it."""
    if heat.answered_at is None:
        return False
    last = Calm.objects.filter(discussion=heat.discussion_id, began_at__gte=heat.answered_at).first()
    return last is not None and last.lifted_at is None and not last.is_standing


def _is_calm_enough(discussion: int, measure: str) -> bool:
    standing = Calm.objects.standing().filter(discussion=discussion)
    return is_enough(standing.values_list("measure", flat=True), measure)


@transaction.atomic
def calm(heat: Heat, measure: str, *, by: Person) -> Calm:
    """Do what is proposed, for an hour.

    Raises PermissionDenied, or calming.Refused: for what somebody answered, or has calmed as much by themselves, for
    what is over, and where another measure than this is proposed by now.
    """
    now = _open(heat, measure, by)
    if _is_calm_enough(now.discussion_id, measure):
        raise calming.Refused("Somebody has calmed this discussion already, as much or more.")
    return _calm(now, by=by)


@transaction.atomic
def leave(heat: Heat, measure: str, *, by: Person) -> None:
    """Leave a discussion as it is, without this measure. Raises PermissionDenied, or calming.Refused as calm() does."""
    _answer(_open(heat, measure, by), by, timezone.now())


def _open(heat: Heat, measure: str, by: Person) -> Heat:
    """The heat as it is now, with this measure proposed, and nobody else's until this transaction ends."""
    Discussion.objects.select_for_update().get(pk=heat.discussion_id)
    if not Discussion.objects.moderated_by(by).filter(pk=heat.discussion_id).exists():
        raise PermissionDenied("You may not moderate here.")
    now = Heat.objects.select_related("answered_by", "discussion").get(pk=heat.pk)
    if now.answered_at:
        who = f" by {now.answered_by.name}" if now.answered_by else ""
        raise calming.Refused(f"This was answered already{who}.")
    if not Heat.objects.current().filter(pk=now.pk).exists():
        raise calming.Refused("This discussion is not heating up any more, so nothing was done.")
    if measure != now.measure:
        raise calming.Refused("Something else is proposed by now, so nothing was done: look again.")
    return now


def _calm(heat: Heat, *, by: Person | None) -> Calm:
    made = calming.calm(
        heat.discussion, heat.measure, by=by, reason=REASON, ends_at=timezone.now() + LASTS, seconds=SECONDS
    )
    _answer(heat, by, made.began_at)
    return made


def _answer(heat: Heat, by: Person | None, at: datetime) -> None:
    heat.answered_at, heat.answered_by = at, by
    heat.save(update_fields=["answered_at", "answered_by"])


# --- Telling moderators ----------------------------------------------------------------------------


def tell(heat: int) -> int:
    """Mail the moderators of a discussion that it is hot, once a time; returns how many mails left.

    Where none of them did, it is tried again by `tick` while it is hot.
    """
    if not Heat.objects.untold().filter(pk=heat).update(told_at=timezone.now()):
        return 0
    row = Heat.objects.select_related("discussion").get(pk=heat)
    story = Edition.objects.live().filter(article=row.discussion.article_id).as_cards().first()
    sent = [_mail(row, story.card.headline, person) for person in moderators_of(row.discussion)] if story else []
    if sent and not any(sent):
        Heat.objects.filter(pk=heat).update(told_at=None)
    return sum(sent)


def moderators_of(discussion: Discussion) -> list[Person]:
    """Who decides in a discussion and reads mail: with a confirmed address, and not without any mail of talk."""
    people: QuerySet[Person] = get_user_model().objects.with_perm(
        MODERATORS_RIGHT, backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    own = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    reached = people.filter(Exists(own)).exclude(talk_mail=Mail.NEVER)
    here = Discussion.objects.filter(pk=discussion.pk)
    return [person for person in reached if here.moderated_by(person).exists()]


def _mail(row: Heat, headline: str, person: Person) -> bool:
    url = settings.SITE_URL + reverse("desk:queue")
    context = {"heat": row, "headline": headline, "person": person, "url": url}
    try:
        letter(f"{settings.SITE_NAME}: a discussion is heating up", "heat", context, to=person.email, html=False).send()
    except FAILURES as failure:
        logger.warning("Mail about heat %d to person %d failed: %s", row.pk, person.pk, failure)
        return False
    return True
