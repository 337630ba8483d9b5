"""Mailing what notices.py has noted: for each person one mail of all that waits, by `manage.py tick`.

When it leaves, once and not twice, is said in newsroom/lib/mail.py.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone

from newsroom.lib.mail import OutgoingQuerySet, deliver, letter, send_to_each
from newsroom.lib.people import Mail, Person

from .body.text import excerpt
from .models import Article, Embargo, StaffNotice

# Tick runs every minute; what is left over goes with the next.
MOST_PEOPLE = 50
SUBJECT_LENGTH = 150
# Who gets no mail of this kind.
NOBODY = Q(person__mail=Mail.NEVER) | Q(person__is_active=False) | Q(person__is_staff=False) | Q(person__email="")


@dataclass(frozen=True)
class Line:
    """One notice as a mail tells it. `words` are lines, none for a story under embargo."""

    notice: StaffNotice
    words: list[str]
    url: str


def send_notices() -> tuple[int, int]:
    """Mail what is due; returns how many mails left, and how many could not."""
    StaffNotice.objects.all().drop(NOBODY)
    return send_to_each(people_due(), send_to)


def due() -> OutgoingQuerySet[StaffNotice]:
    """Notices to mail now."""
    return StaffNotice.objects.all().due("person__mail")


def people_due() -> list[Person]:
    """Whom to mail now, who has waited longest first."""
    people = {notice.person_id: notice.person for notice in due().select_related("person")}
    return list(people.values())[:MOST_PEOPLE]


def send_to(person: Person, connection: BaseEmailBackend) -> bool | None:
    """Send one person's mail: whether it left, or None when there was nothing to say."""
    notices = still_theirs(person, claim(person))
    if not notices:
        return None
    rows = StaffNotice.objects.filter(pk__in=[notice.pk for notice in notices])
    return deliver(letter_to(person, notices), rows, person, connection)


def claim(person: Person) -> list[StaffNotice]:
    """What waits for this person and is from now on in our hands, and in no other process's."""
    return due().filter(person=person).select_related("by", "article").claim()


def still_theirs(person: Person, notices: list[StaffNotice]) -> list[StaffNotice]:
    """The notices of stories that the person may still open; the others are dropped."""
    stories = {notice.article_id for notice in notices}
    open_to = set(Article.objects.visible_to(person).filter(pk__in=stories).values_list("pk", flat=True))
    gone = [notice.pk for notice in notices if notice.article_id not in open_to]
    StaffNotice.objects.filter(pk__in=gone).update(dropped_at=timezone.now())
    return [notice for notice in notices if notice.article_id in open_to]


# --- The letter ------------------------------------------------------------------------------------


def letter_to(person: Person, notices: list[StaffNotice]) -> EmailMessage:
    """The mail, in plain text, grouped by story."""
    context = {"person": person, "stories": by_story(notices)}
    headers = {"Auto-Submitted": "auto-generated"}
    return letter(subject(notices), "notices", context, to=person.email, headers=headers, html=False)


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
