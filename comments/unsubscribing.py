"""The links in our mail about discussions by which whoever holds one stops it, signed in or not."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

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
    token = signing.dumps([person.pk, discussion], salt=SALT)
    return settings.SITE_URL + reverse("notifications_stop", args=[token])


def headers_for(person: Person, discussion: int | None) -> dict[str, str]:
    """What every mail carries, so that mail programs offer to stop it with one press (RFC 8058)."""
    stop = url_of(person, discussion)
    return {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def opened(token: str) -> Link | None:
    """What a link is for; None for one that is not ours, or whose person has left."""
    try:
        person, discussion = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = get_user_model().objects.filter(pk=person, is_active=True).first()
    return Link(found, Discussion.objects.filter(pk=discussion).first()) if found else None


def stop(link: Link) -> None:
    """No mail about discussions any more. Safe to run twice."""
    get_user_model().objects.filter(pk=link.person.pk).update(talk_mail=Mail.NEVER)


def mute(link: Link) -> None:
    """Nothing more of the discussion that the link came with. Safe to run twice."""
    if link.discussion:
        following.follow(link.discussion, by=link.person, mode=Following.Mode.MUTE)
