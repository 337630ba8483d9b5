"""After a comment is in: screens outside the site look at it too. They may hold what no person has decided on."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from newsroom.lib.tasks import enqueue

from . import moderation
from .holding import heed
from .looking import past_of
from .models import Comment, Decision
from .outside import About, Adapter, Silent, adapters
from .outside.about import network_of, silence
from .screening import Signal
from .trust import Trust, trust_of
from .workflow import Reason, State

log = logging.getLogger(__name__)


def order(comment: Comment, *, sender: str = "") -> None:
    """Have a stored comment looked at, as it is worded now. `sender`: its author's address of the network."""
    if adapters():
        enqueue(look, comment=comment.pk, version=comment.version, network=network_of(sender))


def look(comment: int, version: int, network: str) -> None:
    """Ask every screen outside, and keep what they say. Safe to repeat; what was reworded meanwhile is left alone."""
    seen = Comment.objects.select_related("author").filter(pk=comment, state__in=(State.SHOWN, State.HELD)).first()
    if seen is None or (seen.author and seen.author.is_staff):
        return
    about = _about(seen, network)
    is_new = trust_of(past_of(seen.author or seen.guest)) == Trust.NEW
    _hear(seen, version, [_ask(adapter, about, is_new=is_new) for adapter in adapters()])


def _about(comment: Comment, network: str) -> About:
    permalink = settings.SITE_URL + comment.get_absolute_url()
    return About(comment.body, comment.author_name, permalink, network, comment.edited_at is not None)


def _ask(adapter: Adapter, about: About, *, is_new: bool) -> Signal:
    try:
        return adapter.ask(about)
    except Silent as problem:
        log.warning("%s", problem)
        return silence(adapter, is_new=is_new)


@transaction.atomic
def _hear(seen: Comment, version: int, said: Sequence[Signal]) -> None:
    """Keep the signals with the comment; hold it when they ask for that and nobody has decided since `version`."""
    now = moderation.locked(seen)
    if now.body != seen.body:
        return
    heed(now, said, may_hold=now.version == version)


def order_lesson(decision: Decision) -> None:
    """Have the screens outside told of a decision."""
    if adapters():
        enqueue(teach, decision=decision.pk)


def teach(decision: int) -> None:
    """Tell the screens outside what a person has decided, where that is news to them."""
    ruling = Decision.objects.select_related("comment__author", "comment").filter(pk=decision, rule="").first()
    if ruling is None or not ruling.comment.body or (is_spam := _lesson(ruling)) is None:
        return
    for adapter in adapters():
        try:
            adapter.learn(_about(ruling.comment, network_of("")), is_spam=is_spam)
        except Silent as problem:
            log.warning("%s", problem)


def _lesson(ruling: Decision) -> bool | None:
    """True for spam, False for what was taken for it and is none, None where there is nothing to learn."""
    if ruling.after == State.REJECTED:
        return True if ruling.reason == Reason.SPAM else None
    if ruling.after != State.SHOWN:
        return None
    earlier = ruling.comment.decisions.filter(Q(reason=Reason.SPAM) | ~Q(rule=""), pk__lt=ruling.pk)
    return False if earlier.exists() else None
