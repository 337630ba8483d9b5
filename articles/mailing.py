"""Mailing what notices.py has noted: for each person one mail of all that waits, by `manage.py tick`.

Safe to run twice, and at the same time: a notice is claimed by a filtered update. What could not be mailed waits for
the next time, up to three days.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from newsroom.lib.people import Mail, Person

from .body.text import excerpt
from .models import Article, Embargo, StaffNotice

# When those who want one mail a day get it, in the site's zone.
MORNING = time(7)
# Tick runs every minute; what is left over goes with the next.
MOST_PEOPLE = 50
SUBJECT_LENGTH = 150
# A mail that fails: the server's refusal, the network, or an address that is none.
FAILURES = (SMTPException, OSError, ValueError)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One notice as a mail tells it. `words` are lines, none for a story under embargo."""

    notice: StaffNotice
    words: list[str]
    url: str


def send_notices() -> tuple[int, int]:
    """Mail what is due; returns how many mails left, and how many could not."""
    drop_unwanted()
    recipients = people_due()
    if not recipients:
        return 0, 0
    connection = get_connection()
    try:
        connection.open()
    except FAILURES as failure:
        logger.warning("No mail leaves, the server cannot be reached: %s", failure)
        return 0, len(recipients)
    with connection:
        results = [send_to(person, connection) for person in recipients]
    return results.count(True), results.count(False)


def drop_unwanted() -> None:
    """Give up what nobody wants or gets any more."""
    nobody = Q(person__mail=Mail.NEVER) | Q(person__is_active=False) | Q(person__is_staff=False) | Q(person__email="")
    unclaimed = StaffNotice.objects.unclaimed()
    unwanted = list(unclaimed.filter(nobody).values_list("pk", flat=True))
    unclaimed.filter(pk__in=unwanted).update(dropped_at=timezone.now())
    unclaimed.too_old().update(dropped_at=timezone.now())


def due() -> QuerySet[StaffNotice]:
    """Notices to mail now: at once, or to those who want one mail a day what waited this morning."""
    wanted = Q(person__mail=Mail.AT_ONCE) | Q(person__mail=Mail.DAILY, made_at__lt=last_morning())
    return StaffNotice.objects.unclaimed().filter(wanted)


def last_morning() -> datetime:
    """The last moment at which the mail of the day was due."""
    now = timezone.localtime()
    morning = timezone.make_aware(datetime.combine(now.date(), MORNING))
    return morning if morning <= now else morning - timedelta(days=1)


def people_due() -> list[Person]:
    """Whom to mail now, who has waited longest first."""
    people = {notice.person_id: notice.person for notice in due().select_related("person")}
    return list(people.values())[:MOST_PEOPLE]


def send_to(person: Person, connection: BaseEmailBackend) -> bool | None:
    """Send one person's mail: whether it left, or None when there was nothing to say."""
    notices = still_theirs(person, claim(person))
    if not notices:
        return None
    mine = StaffNotice.objects.filter(pk__in=[notice.pk for notice in notices])
    try:
        connection.send_messages([letter(person, notices)])
    except FAILURES as failure:
        logger.warning("Mail to %s failed, it is tried again: %s", person.get_username(), failure)
        mine.update(claimed_at=None)
        return False
    mine.update(mailed_at=timezone.now())
    return True


def claim(person: Person) -> list[StaffNotice]:
    """What waits for this person and is from now on in our hands, and in no other process's.

    The update asks its own row alone, so that of two at once the second sees what the first has written.
    """
    waiting, unclaimed = due().filter(person=person).select_related("by", "article"), StaffNotice.objects.unclaimed()
    return [one for one in waiting if unclaimed.filter(pk=one.pk).update(claimed_at=timezone.now())]


def still_theirs(person: Person, notices: list[StaffNotice]) -> list[StaffNotice]:
    """The notices of stories that the person may still open; the others are dropped."""
    stories = {notice.article_id for notice in notices}
    open_to = set(Article.objects.visible_to(person).filter(pk__in=stories).values_list("pk", flat=True))
    gone = [notice.pk for notice in notices if notice.article_id not in open_to]
    StaffNotice.objects.filter(pk__in=gone).update(dropped_at=timezone.now())
    return [notice for notice in notices if notice.article_id in open_to]


# --- The letter ------------------------------------------------------------------------------------


def letter(person: Person, notices: list[StaffNotice]) -> EmailMessage:
    """The mail, in plain text, grouped by story."""
    context = {
        "person": person,
        "stories": by_story(notices),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_daily": person.mail == Mail.DAILY,
    }
    return EmailMessage(
        subject=subject(notices),
        body=render_to_string("mail/notices.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def subject(notices: list[StaffNotice]) -> str:
    """One line: of one notice what happened to which story, of several how many."""
    stories = {notice.article_id for notice in notices}
    first = notices[0]
    if len(notices) == 1:
        words = f"{first.sentence}: {first.article}"
    elif len(stories) == 1:
        words = f"{len(notices)} notices: {first.article}"
    else:
        words = f"{len(notices)} notices about {len(stories)} stories"
    return excerpt(words, SUBJECT_LENGTH)


def by_story(notices: list[StaffNotice]) -> dict[Article, list[Line]]:
    """The notices under their stories. Of a story under embargo no word but its headline leaves the house."""
    secret = Embargo.objects.standing().filter(article__in={one.article_id for one in notices})
    silent = set(secret.values_list("article_id", flat=True))
    groups: dict[Article, list[Line]] = {}
    for notice in notices:
        words = [] if notice.article_id in silent else notice.words.splitlines()
        line = Line(notice, words, f"{settings.SITE_URL}{notice.path}")
        groups.setdefault(notice.article, []).append(line)
    return groups
