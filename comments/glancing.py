"""Moderators see what the others have before them, so that no two decide on one comment. A courtesy, not a lock."""

from django.utils import timezone

from newsroom.lib.people import Person

from .models import Comment, Glance
from .moderation import must_moderate
from .workflow import Severity


def glance(comment: Comment, *, by: Person) -> Glance | None:
    """Note that a moderator has a comment before them; returns who else is at it. Raises PermissionDenied.

    Two queries.
    """
    must_moderate(by)
    made = Glance(comment=comment, by=by, at=timezone.now(), was_severe=comment.severity == Severity.HIGH)
    fields = ["at", "was_severe"]
    Glance.objects.bulk_create([made], update_conflicts=True, unique_fields=["comment", "by"], update_fields=fields)
    others = Glance.objects.filter(comment=comment).by_others(by).select_related("by").order_by("-at")
    return next((other for other in others if other.is_claim), None)


def exposure(person: Person) -> int:
    """How many of the worst comments somebody has looked at today; for their own eyes."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Glance.objects.filter(by=person, at__gte=midnight, was_severe=True).count()


def forget() -> int:
    """Delete the glances nobody is told of any more; returns how many."""
    deleted, _ = Glance.objects.exclude(pk__in=Glance.objects.of_late()).delete()
    return deleted
