"""Moderators see what the others have before them, so that no two decide on one comment. A courtesy, not a lock."""

from django.utils import timezone

from newsroom.lib.people import Person

from .models import Comment, Glance
from .moderation import must_moderate
from .workflow import Severity


def glance(comment: Comment, *, by: Person, opened: bool = False) -> Glance | None:
    """Note that a moderator has a comment before them; returns who else is at it. Raises PermissionDenied.

    `opened` says that they had its severe words unfolded. Two queries.
    """
    must_moderate(by, Comment.objects.filter(pk=comment.pk))
    now = timezone.now()
    severe = opened and comment.severity == Severity.HIGH
    made = Glance(comment=comment, by=by, at=now, opened_at=now if severe else None)
    fields = ["at", "opened_at"] if severe else ["at"]
    Glance.objects.bulk_create([made], update_conflicts=True, unique_fields=["comment", "by"], update_fields=fields)
    others = Glance.objects.filter(comment=comment).by_others(by).select_related("by").order_by("-at")
    return next((other for other in others if other.is_claim), None)


def exposure(person: Person) -> int:
    """How many comments of the worst kind somebody has unfolded today; for their own eyes."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Glance.objects.filter(by=person, opened_at__gte=midnight).count()


def forget() -> int:
    """Delete the glances nobody is told of any more; returns how many."""
    deleted, _ = Glance.objects.exclude(pk__in=Glance.objects.of_late()).delete()
    return deleted
