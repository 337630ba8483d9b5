"""How fast comments may come in, from a person and from a household: limits that live in the database alone."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from newsroom.lib.people import Person
from newsroom.lib.senders import household, mark

from .models import Sending

# A household may be a school or an office.
A_MINUTE, AN_HOUR, A_MINUTE_FROM_A_HOUSEHOLD = 6, 60, 20
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SALT = "comments.pace"


def why_too_fast(person: Person, *, sender: str) -> str:
    """Note that somebody sends a comment; returns what they are told when it is one too many, else "".

    `sender` is their address of the network, "" where nobody knows. Staff are not slowed. Two queries.
    """
    if person.is_staff:
        return ""
    now = timezone.now()
    marks = {"person": mark(f"person {person.pk}", salt=SALT), "sender": _mark_of(sender)}
    # It is written before it is counted, so that of many at once none is overlooked.
    made = Sending.objects.create(at=now, **marks)
    found = _counted(made)
    refusal = _refusal(**found)
    if refusal:
        made.delete()
    return refusal


def _mark_of(sender: str) -> str:
    return mark(f"sender {household(sender)}", salt=SALT) if sender else ""


def _counted(made: Sending) -> dict[str, int]:
    """How many came of late from the same person, and from the same household."""
    mine = Q(person=made.person)
    ours = Q(sender=made.sender) & ~Q(sender="")
    lately = Q(at__gt=made.at - MINUTE)
    return Sending.objects.filter(mine | ours, at__gt=made.at - HOUR).aggregate(
        minute=Count("pk", filter=mine & lately),
        hour=Count("pk", filter=mine),
        household=Count("pk", filter=ours & lately),
    )


def _refusal(*, minute: int, hour: int, household: int) -> str:
    if hour > AN_HOUR:
        return f"That were {AN_HOUR} comments within an hour. Your words are kept: please send them a little later."
    if minute > A_MINUTE:
        return f"That were {A_MINUTE} comments within a minute. Your words are kept: please send them in a moment."
    if household > A_MINUTE_FROM_A_HOUSEHOLD:
        return "Many comments come from your network just now. Your words are kept: please send them in a moment."
    return ""


def forget() -> int:
    """Delete the sendings that count no more; returns how many."""
    deleted, _ = Sending.objects.filter(at__lt=timezone.now() - DAY).delete()
    return deleted
