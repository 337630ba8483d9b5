"""How often somebody may ask for a mail to an address: limits that live in the database and hold without a cache.

Neither the sender nor the address can be read from what is kept, and that for a day.
"""

from datetime import timedelta

from django.utils import timezone

from newsroom.lib import senders
from newsroom.lib.senders import household

from .models import SignUpTry

# What one sender may ask in an hour, and how many mails an address gets in a day, of each kind.
FROM_A_SENDER, TO_AN_ADDRESS = 10, 3
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TooMany(Exception):
    """This sender has asked too often; the message is for them."""


def may_mail(kind: str, *, sender: str, address: str) -> bool:
    """Note that a sender (an address of the network) asks; returns whether the address may have one more today.

    Raises TooMany for a sender who has asked too often. An address of "" has no limit of its own.
    """
    now = timezone.now()
    # The try is written before it is counted, so that of many at once none is overlooked.
    marks = {"sender": mark(f"{kind} {household(sender)}"), "address": mark(f"{kind} {address}") if address else ""}
    tried = SignUpTry.objects.create(at=now, **marks)
    if SignUpTry.objects.filter(sender=tried.sender, at__gt=now - HOUR).count() > FROM_A_SENDER:
        raise TooMany("That was too often in too short a time. Please try again in an hour.")
    return not address or SignUpTry.objects.filter(address=tried.address, at__gt=now - DAY).count() <= TO_AN_ADDRESS


def mark(text: str) -> str:
    """What can be compared and not read."""
    return senders.mark(text, salt="newsroom.letters")


def forget() -> None:
    """Delete the tries that count no more."""
    SignUpTry.objects.filter(at__lt=timezone.now() - DAY).delete()
