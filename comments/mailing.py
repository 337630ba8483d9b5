"""Mailing what telling.py has noted: for each person one mail of all that waits, by `manage.py tick`.

When it leaves, once and not twice, is said in newsroom/lib/mail.py. What is mailed is looked at again: not what is gone
meanwhile, or was seen on the page. No subject has a word of a comment, and no mail what a spoiler hides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, Min, OuterRef, Q
from django.utils.text import Truncator

from articles.story import Card
from newsroom.lib.keys import one_click
from newsroom.lib.mail import deliver, letter, send_to_each
from newsroom.lib.people import Mail, Person

from .models import Notification
from .models.notification import NotificationQuerySet
from .reading import stories_of
from .unsubscribing import url_of

# Tick runs every minute; what is left over goes with the next.
MOST_PEOPLE = 200
SUBJECT_LENGTH = 150
EXCERPT_LENGTH = 300
# How many comments of a discussion a mail tells apart.
MOST_LINES = 10
OWN_ADDRESS = EmailAddress.objects.filter(
    user=OuterRef("person"), email__iexact=OuterRef("person__email"), verified=True
)
# Who gets no mail of this kind: only an address that its owner has confirmed does.
NOBODY = Q(person__talk_mail=Mail.NEVER) | Q(person__is_active=False) | Q(person__leaving__isnull=False)
NOBODY |= Q(~Exists(OWN_ADDRESS))


@dataclass(frozen=True)
class Line:
    """One notification as a mail tells it; of one's own comment no words."""

    sentence: str
    words: str
    url: str


@dataclass
class Part:
    """What there is to tell of one discussion: its story, the first lines, how many more, and a link to mute it."""

    story: Card
    mute_url: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.story.path}#discussion"


def send_notifications() -> tuple[int, int]:
    """Mail what is due; returns how many mails left, and how many could not."""
    Notification.objects.all().drop(NOBODY)
    return send_to_each(people_due(), send_to)


def due() -> NotificationQuerySet:
    """What to mail now."""
    return Notification.objects.standing().unseen().due("person__talk_mail")


def people_due() -> list[Person]:
    """Whom to mail now, who has waited longest first."""
    waiting = due().order_by().values("person").annotate(since=Min("made_at")).order_by("since", "person")
    keys = [row["person"] for row in waiting[:MOST_PEOPLE]]
    people = get_user_model().objects.in_bulk(keys)
    return [people[key] for key in keys if key in people]


def send_to(person: Person, connection: BaseEmailBackend) -> bool | None:
    """Send one person's mail: whether it left, or None when there was nothing to say."""
    claimed = due().filter(person=person).with_comments().claim()
    stories = stories_of(row.comment for row in claimed)
    # What is taken from the site in this very moment stays claimed, and is looked at again.
    rows = [row for row in claimed if row.comment.discussion.article_id in stories]
    if not rows:
        return None
    mine = Notification.objects.filter(pk__in=[row.pk for row in rows])
    return deliver(letter_to(person, rows, stories), mine, person, connection)


# --- The letter ------------------------------------------------------------------------------------


def letter_to(person: Person, rows: Sequence[Notification], stories: dict[int, Card]) -> EmailMessage:
    """The mail, in plain text and as HTML, grouped by story."""
    discussions = {row.comment.discussion_id for row in rows}
    stop_url = url_of(person, discussions.pop() if len(discussions) == 1 else None)
    context = {"person": person, "parts": parts_of(person, rows, stories), "stop_url": stop_url}
    headers = {"Auto-Submitted": "auto-generated"} | one_click(stop_url)
    return letter(subject(rows, stories), "notifications", context, to=person.email, headers=headers)


def subject(rows: Sequence[Notification], stories: dict[int, Card]) -> str:
    """One line: of one thing what happened under which story, of several how many."""
    told = {row.comment.discussion.article_id: stories[row.comment.discussion.article_id].headline for row in rows}
    first = next(iter(told.values()))
    if len(rows) == 1:
        words = f"{rows[0].sentence}, on “{first}”"
    elif len(told) == 1:
        words = f"{len(rows)} new for you, on “{first}”"
    else:
        words = f"{len(rows)} new for you, on {len(told)} stories"
    return Truncator(" ".join(words.split())).chars(SUBJECT_LENGTH)


def parts_of(person: Person, rows: Sequence[Notification], stories: dict[int, Card]) -> list[Part]:
    """What there is to tell, under its stories, in the order in which it happened."""
    parts: dict[int, Part] = {}
    for row in rows:
        discussion = row.comment.discussion
        story = stories[discussion.article_id]
        part = parts.setdefault(discussion.pk, Part(story, url_of(person, discussion.pk)))
        if len(part.lines) < MOST_LINES:
            part.lines.append(line_of(row, person))
        else:
            part.more += 1
    return list(parts.values())


def line_of(row: Notification, person: Person) -> Line:
    words = "" if row.comment.author_id == person.pk else Truncator(row.comment.plain).chars(EXCERPT_LENGTH)
    return Line(row.sentence, words, f"{settings.SITE_URL}{row.path}")
