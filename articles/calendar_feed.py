"""Making, finding and closing people's private calendar addresses."""

import secrets

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsroom.lib.people import Person

from .models import CalendarFeed
from .sharing import hash_of


def make(*, by: Person) -> str:
    """Make this person's address, in place of the one they had; returns its token, which nobody can read again.

    Raises PermissionDenied for who has no calendar.
    """
    if not may_have(by):
        raise PermissionDenied("You have no calendar.")
    token = secrets.token_urlsafe(32)
    values = {"token_hash": hash_of(token), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=by, defaults=values)
    return token


def close(*, by: Person) -> None:
    """Close this person's address at once. Closing it twice changes nothing."""
    CalendarFeed.objects.filter(user=by).delete()


def owner(token: str) -> Person | None:
    """Whose address this is; None as soon as they may no longer see stories."""
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=hash_of(token)).first()
    return feed.user if feed and may_have(feed.user) else None


def may_have(person: Person) -> bool:
    """Whether somebody works here and may see stories."""
    return person.is_active and person.is_staff and person.has_perm("articles.view_article")
