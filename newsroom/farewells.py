"""Leaving the paper: an account is deleted a day after its owner asked, unless they sign in before.

What a person has said leaves with them: see comments/erasing.py. Staff are not deleted here: what they did is on
record.
"""

from collections.abc import Collection
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_q.models import Task

from articles.models import ErrorNote
from comments import erasing
from comments.models import Guest, Notice
from newsroom.lib.mail import letter
from newsroom.lib.tasks import enqueue

from . import naming, portraits
from .models import Leaving, Subscriber, User

WAIT = timedelta(hours=24)


@transaction.atomic
def ask(person: User) -> Leaving:
    """Have an account deleted in 24 hours, and say so by mail; asking again changes nothing.

    Raises PermissionDenied for somebody who works here.
    """
    if person.is_staff:
        raise PermissionDenied("Who works here cannot delete their account themselves.")
    now = timezone.now()
    row, is_new = Leaving.objects.get_or_create(person=person, defaults={"asked_at": now, "due_at": now + WAIT})
    if is_new:
        enqueue(tell, person=person.pk)
    return row


def tell(person: int) -> None:
    """Mail somebody that their account will be deleted, and how to keep it."""
    row = Leaving.objects.filter(person=person).select_related("person").first()
    if row is None or not row.person.email:
        return
    line = f"{settings.SITE_NAME}: Your account will be deleted"
    letter(line, "leaving", {"leaving": row}, to=row.person.email, html=False).send()


def stay(person: User) -> bool:
    """Keep the account after all; returns whether it was to be deleted."""
    deleted, _ = Leaving.objects.filter(person=person).delete()
    return bool(deleted)


def delete_due() -> int:
    """Delete the accounts whose day is over, each in a transaction of its own; returns how many. Safe to run twice."""
    due = list(Leaving.objects.filter(due_at__lte=timezone.now()).values_list("person", flat=True))
    gone = [person for person in due if _delete(person)]
    if gone:
        end_sessions(gone)
    return len(gone)


@transaction.atomic
def _delete(pk: int) -> bool:
    """Delete an account with all that is of it, unless its owner has come back or works here meanwhile."""
    asked = Leaving.objects.select_for_update().filter(person=pk, due_at__lte=timezone.now(), person__is_staff=False)
    if not asked.exists():
        return False
    person = User.objects.select_for_update().get(pk=pk)
    naming.tell([person.pk])
    erasing.erase(person)
    portraits.remove(person)
    _forget(person, addresses_of(person))
    person.delete()
    return True


def addresses_of(person: User) -> set[str]:
    """Every e-mail address of an account, in small letters."""
    known = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    return {email.lower() for email in known if email}


def _forget(person: User, emails: Collection[str]) -> None:
    """Take name, words and addresses out of what does not hang on the account."""
    Subscriber.objects.filter(email__in=emails).delete()
    for guest in Guest.objects.filter(email__in=emails):
        erasing.forget(guest)
    Notice.objects.filter(email__in=emails).update(name="", email="")
    ErrorNote.objects.filter(said_by=person).delete()
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    about.update(object_repr="", change_message="")
    failed = Task.objects.filter(success=False).only("pk", "result")
    Task.objects.filter(pk__in=[task.pk for task in failed if _names(task.result, emails)]).delete()


def _names(result: object, emails: Collection[str]) -> bool:
    said = str(result).lower()
    return any(email in said for email in emails)


def end_sessions(people: Collection[int]) -> None:
    """Sign these people out wherever they are signed in."""
    keys = {str(person) for person in people}
    rows = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    Session.objects.filter(pk__in=[row.pk for row in rows if row.get_decoded().get(SESSION_KEY) in keys]).delete()
