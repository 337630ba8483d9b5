"""Verbs about addresses: take no comments from one that guests write from, or from all of a domain."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from newsroom.lib.mail import FAILURES, letter
from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from .models import Comment, Exclusion, Guest
from .models.exclusion import mark_of
from .models.remit import limits_of
from .moderation import must_moderate
from .sanctioning import Refused
from .workflow import Reason

DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")


@transaction.atomic
def exclude_domain(domain: str, *, typed: str, by: Person, reason: str, until: datetime | None = None) -> Exclusion:
    """Take no comments from any address of a domain, and of those below it, guests' or accounts'.

    `typed` is the domain once more. Raises PermissionDenied, for moderators of some sections as well, or Refused: for
    what is no domain or is typed otherwise, without a reason, for an end that is past, for one that staff have, and for
    one that is on the list.
    """
    must_moderate(by)
    _refuse_limited(by)
    domain, typed = (text.strip().lower().removeprefix("@").rstrip(".") for text in (domain, typed))
    if not DOMAIN.fullmatch(domain) or len(domain) > 253:
        raise Refused("Write a domain, as example.com.")
    if typed != domain:
        raise Refused("Type the domain once more, the same: nobody with an address there could comment.")
    below = get_user_model().objects.filter(is_active=True, is_staff=True)
    if below.filter(email__iendswith=f"@{domain}").exists() or below.filter(email__iendswith=f".{domain}").exists():
        raise Refused("Members of the staff have addresses there.")
    if there := Exclusion.objects.standing().filter(domain=domain).first():
        raise Refused(f"{there} is on the list already.")
    return _made(by=by, reason=reason, until=until, domain=domain)


@transaction.atomic
def exclude_guest(comment: Comment, *, by: Person, reason: str, until: datetime | None = None) -> Exclusion:
    """Take no comments from the address of the guest who wrote this one; they are told by mail.

    Raises PermissionDenied, or Refused: without a reason, for an end that is past, for who is no guest or has erased
    the address, and for one that is on the list.
    """
    must_moderate(by, Comment.objects.filter(pk=comment.pk))
    guest = Guest.objects.filter(comment=comment).first()
    # All that was said from the address: of two presses at once one comes first, and so does erasing one's address.
    if guest is None or guest not in Guest.objects.select_for_update(of=("self",)).filter(email=guest.email):
        raise Refused("No guest’s address belongs to this comment any more.")
    if Exclusion.objects.standing().of(guest.email).exists():
        raise Refused("The address of this guest is on the list already.")
    if get_user_model().objects.filter(is_active=True, email__iexact=guest.email).exists():
        raise Refused("Somebody with an account has this address, and did not write this as themselves.")
    made = _made(by=by, reason=reason, until=until, address=mark_of(guest.email), name=guest.name)
    enqueue(tell, exclusion=made.pk, guest=guest.pk)
    return made


def _refuse_limited(person: Person) -> None:
    if limits_of(person):
        raise PermissionDenied("This is for moderators of the whole paper.")


def _made(*, by: Person, reason: str, until: datetime | None, **what: str) -> Exclusion:
    if reason not in Reason.values:
        raise Refused("Choose a reason: who tries to comment is told.")
    if until and until <= timezone.now():
        raise Refused("That moment is past.")
    return Exclusion.objects.create(by=by, reason=reason, until=until, began_at=timezone.now(), **what)


@transaction.atomic
def readmit(exclusion: Exclusion, *, by: Person) -> Exclusion:
    """Take comments from there again. Raises PermissionDenied or Refused."""
    must_moderate(by)
    if exclusion.domain or exclusion.by_id != by.pk:
        _refuse_limited(by)
    there = Exclusion.objects.standing().filter(domain=exclusion.domain, address=exclusion.address)
    if not there.update(lifted_at=timezone.now(), lifted_by=by):
        raise Refused("This is over already.")
    exclusion.refresh_from_db()
    return exclusion


def tell(exclusion: int, guest: int) -> None:
    """Mail a guest that nothing more is taken from their address, and why; once, and not after it was lifted."""
    untold = Exclusion.objects.standing().filter(pk=exclusion, told_at=None)
    whose = Guest.objects.filter(pk=guest).first()
    if whose is None or not untold.update(told_at=timezone.now()):
        return
    try:
        message(Exclusion.objects.get(pk=exclusion), whose).send()
    except FAILURES:
        Exclusion.objects.filter(pk=exclusion).update(told_at=None)
        raise


def message(exclusion: Exclusion, guest: Guest) -> EmailMessage:
    """What a guest is told of an exclusion that meets them."""
    subject = f"{settings.SITE_NAME}: No comments from this address"
    return letter(subject, "exclusion", {"exclusion": exclusion, "name": guest.name}, to=guest.email, html=False)
