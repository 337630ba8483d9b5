"""Mail that waits as rows: whoever has something coming gets one mail of all of it, as often as they wish.

Safe to run twice, and at the same time: a row is claimed by a filtered update. What could not be mailed waits for the
next time, up to three days.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from smtplib import SMTPException
from typing import Any, Self, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from .people import Mail, Person

# When those who want one mail a day get it, in the site's zone.
MORNING = time(7)
GIVE_UP_AFTER = timedelta(days=3)
# Longer than any mail takes. A claim that is older was left by a process that died.
CLAIM_LASTS = timedelta(minutes=10)
# What is left over goes with the next time; a database does not take any number of keys.
MOST_DROPPED = 10_000
# A mail that fails: the server's refusal, the network, or an address that is none.
FAILURES = (SMTPException, OSError, ValueError)

Row = TypeVar("Row", bound="Outgoing")
Send = Callable[[Person, BaseEmailBackend], bool | None]

logger = logging.getLogger(__name__)


class OutgoingQuerySet(models.QuerySet[Row]):
    """Which rows ...?"""

    def waiting(self) -> Self:
        """Neither mailed nor dropped."""
        return self.filter(mailed_at=None, dropped_at=None)

    def unclaimed(self) -> Self:
        """Waiting, and in nobody's hands."""
        lost = timezone.now() - CLAIM_LASTS
        return self.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=lost))

    def too_old(self) -> Self:
        return self.filter(made_at__lt=timezone.now() - GIVE_UP_AFTER)

    def due(self, wish: str) -> Self:
        """What is to be mailed now, by the wish of its person: a field with one of `Mail`."""
        return self.unclaimed().filter(
            Q((wish, Mail.AT_ONCE))
            | Q((wish, Mail.HOURLY), made_at__lt=last_hour())
            | Q((wish, Mail.DAILY), made_at__lt=last_morning())
        )

    def drop(self, unwanted: Q) -> None:
        """Give up what nobody wants or gets any more, and what is too old."""
        free = self.unclaimed()
        keys = list(free.filter(unwanted).values_list("pk", flat=True)[:MOST_DROPPED])
        free.filter(pk__in=keys).update(dropped_at=timezone.now())
        free.too_old().update(dropped_at=timezone.now())

    def claim(self) -> list[Row]:
        """These, as far as they are from now on in our hands, and in no other process's.

        The update asks its own row alone, so that of two at once the second sees what the first has written.
        """
        free = type(self)(self.model).unclaimed()
        return [row for row in self if free.filter(pk=row.pk).update(claimed_at=timezone.now())]


class Outgoing(models.Model):
    """A row to be mailed to its `person`, once: claimed by who mails it, then mailed or dropped."""

    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def last_hour() -> datetime:
    """The last moment at which the mail of the hour was due."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def last_morning() -> datetime:
    """The last moment at which the mail of the day was due."""
    now = timezone.localtime()
    morning = timezone.make_aware(datetime.combine(now.date(), MORNING))
    return morning if morning <= now else morning - timedelta(days=1)


def letter(
    subject: str,
    name: str,
    context: dict[str, Any],
    *,
    to: str,
    headers: dict[str, str] | None = None,
    html: bool = True,
) -> EmailMultiAlternatives:
    """A mail of the templates mail/<name>.txt and, but where `html` is no, mail/<name>.html; not sent."""
    context = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "subject": subject} | context
    mail = EmailMultiAlternatives(subject, render_to_string(f"mail/{name}.txt", context), to=[to], headers=headers)
    if html:
        mail.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    return mail


def send_to_each(people: Iterable[Person], send: Send) -> tuple[int, int]:
    """Mail these people through one connection; returns how many mails left, and how many could not."""
    recipients = list(people)
    if not recipients:
        return 0, 0
    connection = get_connection()
    try:
        connection.open()
    except FAILURES as failure:
        logger.warning("No mail leaves, the server cannot be reached: %s", failure)
        return 0, len(recipients)
    with connection:
        results = [send(person, connection) for person in recipients]
    return results.count(True), results.count(False)


def deliver(message: EmailMessage, rows: OutgoingQuerySet[Any], person: Person, connection: BaseEmailBackend) -> bool:
    """Send somebody's mail about these claimed rows; returns whether it left. If not, they wait for the next time."""
    try:
        connection.send_messages([message])
    except FAILURES as failure:
        logger.warning("Mail to %s failed, it is tried again: %s", person.get_username(), failure)
        rows.update(claimed_at=None)
        return False
    rows.update(mailed_at=timezone.now())
    return True
