"""A reader's own list of people whose comments fold in the thread."""

from django.core.exceptions import PermissionDenied

from newsroom.lib.people import Person

from .models import Comment, Discussion, Mute
from .posting import Refused

FOLDED = 500


def mute(comment: Comment, *, by: Person) -> Mute:
    """Mute whoever wrote a comment; twice is once. Raises PermissionDenied, or Refused for oneself."""
    if not by.is_active:
        raise PermissionDenied("This account is closed.")
    if comment.author is None or comment.author_id == by.pk:
        raise Refused("You wrote this comment yourself.")
    return Mute.objects.get_or_create(person=by, muted=comment.author)[0]


def muted_in(discussion: Discussion, person: Person) -> list[int]:
    """The comments of a discussion that fold for this person, the newest first; one query."""
    muted = Mute.objects.filter(person=person).values("muted")
    shown = Comment.objects.shown().filter(discussion=discussion, author__in=muted)
    return list(shown.order_by("-seq").values_list("pk", flat=True)[:FOLDED])
