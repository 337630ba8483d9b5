"""The links in our mail about discussions by which whoever holds one stops it, signed in or not."""

from typing import NamedTuple

from django.contrib.auth import get_user_model

from newsroom.lib import keys
from newsroom.lib.people import Mail, Person

from . import following
from .models import Discussion, Following

SALT = "comments.unsubscribing"


class Link(NamedTuple):
    """Whose mail a link stops, and which discussion it can mute, if it came with one."""

    person: Person
    discussion: Discussion | None


def url_of(person: Person, discussion: int | None = None) -> str:
    """The signed address at which somebody's mail stops; it lasts for ever."""
    return keys.url_of("notifications_stop", [person.pk, discussion], salt=SALT)


def opened(token: str) -> Link | None:
    """What a link is for; None for one that is not ours, or whose person has left."""
    held = keys.value_of(token, salt=SALT)
    if held is None:
        return None
    person, discussion = held
    found = get_user_model().objects.filter(pk=person, is_active=True).first()
    return Link(found, Discussion.objects.filter(pk=discussion).first()) if found else None


def stop(link: Link) -> None:
    """No mail about discussions any more. Safe to run twice."""
    get_user_model().objects.filter(pk=link.person.pk).update(talk_mail=Mail.NEVER)


def mute(link: Link) -> None:
    """Nothing more of the discussion that the link came with. Safe to run twice."""
    if link.discussion:
        following.follow(link.discussion, by=link.person, mode=Following.Mode.MUTE)
