"""Verbs about addresses: take no comments from one that guests write from, or from all of a domain."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from newsroom.lib.mail import letter
from newsroom.lib.people import Person
from newsroom.lib.tasks import enqueue

from .models import Comment, Exclusion, Guest
from .models.exclusion import mark_of
from .moderation import must_moderate
from .sanctioning import Refused
from .workflow import Reason

DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")


@transaction.atomic
def exclude_domain(domain: str, *, typed: str, by: Person, reason: str, until: datetime | None = None) -> Exclusion:
    """Take no comments from any address of a domain, and of those below it, guests' or accounts'.

    `typed` is the domain once more. Raises PermissionDenied, or Refused: for what is no domain or is typed otherwise,
    without a reason, for an end that is past, for one that staff have, and for one that is on the list.
    """
    must_moderate(by)
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
    if guest is None:
        raise Refused("No guest’s address belongs to this comment any more.")
    if Exclusion.objects.standing().of(guest.email).exists():
        raise Refused("The address of this guest is on the list already.")
    if get_user_model().objects.filter(is_active=True, email__iexact=guest.email).exists():
        raise Refused("Somebody with an account has this address, and did not write this as themselves.")
    made = _made(by=by, reason=reason, until=until, address=mark_of(guest.email), name=guest.name)
    enqueue(tell, exclusion=made.pk, guest=guest.pk)
    return made


def _made(*, by: Person, reason: str, until: datetime | None, **what: str) -> Exclusion:
    if reason not in Reason.values:
        raise Refused("Choose a reason: who tries to comment is told.")
    if until and until <= timezone.now():
        raise Refused("That moment is past.")
    return Exclusion.objects.create(by=by, reason=reason, until=until, began_at=timezone.now(), **what)


@transaction.atomic
def readmit(exclusion: Exclusion, *, by: Person) -> Exclusion:
    """Take an exclusion back. Raises PermissionDenied or Refused."""
    must_moderate(by)
    now = Exclusion.objects.select_for_update(of=("self",)).get(pk=exclusion.pk)
    if not now.is_standing:
        raise Refused("This is over already.")
    now.lifted_at, now.lifted_by = timezone.now(), by
    now.save(update_fields=["lifted_at", "lifted_by"])
    return now


def tell(exclusion: int, guest: int) -> None:
    """Mail a guest that nothing more is taken from their address, and why."""
    row = Exclusion.objects.get(pk=exclusion)
    if whose := Guest.objects.filter(pk=guest).first():
        subject = f"{settings.SITE_NAME}: No more comments from this address"
        letter(subject, "exclusion", {"exclusion": row, "name": whose.name}, to=whose.email, html=False).send()
