"""Making, finding and revoking share links."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from .cutting import preview
from .editing import may_edit, record
from .models import Article, Event, Revision, ShareLink
from .story import Story

LASTS = timedelta(days=7)


def hash_of(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def share(article: Article, *, by: Person, revision: Revision | None = None) -> str:
    """Make a link that opens this story for seven days; returns its token, which nobody can read again.

    With `revision` the link shows those words, without it the draft as it is when it is opened.
    Raises PermissionDenied for a story that is not this person's to edit, or another story's revision.
    """
    article = may_edit(article, by=by)
    if revision and revision.article_id != article.pk:
        raise PermissionDenied("That revision is of another story.")
    token, now = secrets.token_urlsafe(32), timezone.now()
    ShareLink.objects.create(
        article=article,
        revision=revision,
        token_hash=hash_of(token),
        made_at=now,
        made_by=by,
        expires_at=now + LASTS,
    )
    record(article, Event.Kind.SHARED, by=by, note=f"version {revision.version}" if revision else "")
    return token


@transaction.atomic
def revoke(link: ShareLink, *, by: Person) -> None:
    """Close a link at once. Closing it twice changes nothing."""
    article = may_edit(link.article, by=by)
    if ShareLink.objects.open().filter(pk=link.pk).update(revoked_at=timezone.now(), revoked_by=by):
        record(article, Event.Kind.UNSHARED, by=by)


def find(token: str) -> ShareLink | None:
    """The open link of a token."""
    links = ShareLink.objects.open().select_related("article", "revision", "made_by")
    return links.filter(token_hash=hash_of(token)).first()


def shown_by(link: ShareLink) -> Story:
    """The story as a link shows it."""
    return preview(link.article, link.revision.draft if link.revision else link.article.draft)
