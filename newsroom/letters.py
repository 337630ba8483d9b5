"""Who gets the newsletter: an address is given, confirmed by its owner, and taken off at any time. It sends no issue.

Nobody learns here which addresses are known: whatever is given, the answer is the same, and the mail tells its owner.
Another site can make a browser ask, as anybody can with a
program; all that comes of it is one mail, of which an address gets three a day.
"""

import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsroom.lib import keys
from newsroom.lib.mail import letter
from newsroom.lib.tasks import enqueue

from . import tries
from .models import Subscriber

CONFIRM, LEAVE = "newsroom.letters.confirm", "newsroom.letters.leave"
LINK_LASTS = timedelta(days=3)
# Boxes that are gone after some minutes.
THROWAWAY = frozenset(
    "10minutemail.com 33mail.com dispostable.com emailondeck.com fakeinbox.com getairmail.com getnada.com "
    "guerrillamail.com guerrillamail.info guerrillamail.net inboxkitten.com mailcatch.com maildrop.cc mailinator.com "
    "mailnesia.com mintemail.com mohmal.com moakt.com mytemp.email sharklasers.com spam4.me spamgourmet.com "
    "temp-mail.org tempmail.com tempr.email throwawaymail.com trashmail.com yopmail.com".split()
)


# --- Signing up ------------------------------------------------------------------------------------


def normal(email: str) -> str:
    """An address as it is kept: "  Rosa@Example.COM " is "rosa@example.com"."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def is_throwaway(email: str) -> bool:
    return normal(email).rpartition("@")[2] in THROWAWAY


def ask(email: str, *, place: str, sender: str) -> None:
    """Have a mail sent to a (valid) address, in which its owner says yes, or learns that all is done already.

    Beyond what an address gets in a day nothing is sent, and nothing is said of it. Raises TooMany for a sender (an
    address of the network) who has asked too often.
    """
    email, now = normal(email), timezone.now()
    if not tries.may_mail("newsletter", sender=sender, address=email):
        return
    with transaction.atomic():
        given = {"place": place, "asked_at": now}
        row, is_new = Subscriber.objects.get_or_create(email=email, defaults=given)
        if not is_new and not row.is_on:
            Subscriber.objects.filter(pk=row.pk).update(**given)
        enqueue(send_link, subscriber=row.pk)


def send_link(subscriber: int) -> None:
    """Mail the link that confirms an address; to one on the list, that it is."""
    row = Subscriber.objects.filter(pk=subscriber).first()
    if row is None:
        return
    which, subject = ("known", "You are on the list") if row.is_on else ("confirm", "Is this your address?")
    leave_url = url_of("leave", row)
    context = {"email": row.email, "confirm_url": url_of("confirm", row), "leave_url": leave_url}
    line = f"{settings.SITE_NAME}: {subject}"
    letter(line, f"newsletter_{which}", context, to=row.email, headers=keys.one_click(leave_url)).send()


# --- Links -----------------------------------------------------------------------------------------


def url_of(what: str, row: Subscriber) -> str:
    """The signed address at which a subscriber may "confirm" or "leave"; whoever holds it may."""
    return keys.url_of(f"newsletter_{what}", row.pk, salt={"confirm": CONFIRM, "leave": LEAVE}[what])


def who_confirms(token: str) -> Subscriber | None:
    """Whose link this is, while it lasts."""
    return Subscriber.objects.filter(pk=keys.value_of(token, salt=CONFIRM, lasts=LINK_LASTS)).first()


def who_leaves(token: str) -> Subscriber | None:
    """Whose link this is; it lasts for ever."""
    return Subscriber.objects.filter(pk=keys.value_of(token, salt=LEAVE)).first()


# --- Yes and no ------------------------------------------------------------------------------------


def confirm(row: Subscriber) -> None:
    """Put an address on the list. Safe to run twice."""
    now = timezone.now()
    Subscriber.objects.filter(pk=row.pk).exclude(unsubscribed_at=None).update(confirmed_at=now, unsubscribed_at=None)
    Subscriber.objects.filter(pk=row.pk).update(confirmed_at=Coalesce(F("confirmed_at"), now))


def leave(row: Subscriber) -> None:
    """Take an address off the list. Safe to run twice."""
    Subscriber.objects.filter(pk=row.pk, unsubscribed_at=None).update(unsubscribed_at=timezone.now())


def forget() -> int:
    """Delete the addresses that nobody confirmed while their link lasted; returns how many."""
    deleted, _ = Subscriber.objects.unconfirmed().filter(asked_at__lt=timezone.now() - LINK_LASTS).delete()
    return deleted
