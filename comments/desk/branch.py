"""The conversation around a comment, for moderators: in the order in which it was said, what waits and is gone too."""

from dataclasses import dataclass

from django.db.models import Q

from ..models import Comment

# So many before a comment, and after it, are shown at once.
BEFORE, AFTER = 20, 80


@dataclass(frozen=True)
class Branch:
    """A part of a conversation with its head; the keys of the comments around which it goes on, None where it ends."""

    rows: list[Comment]
    earlier: int | None
    later: int | None


def branch_around(comment: Comment) -> Branch:
    """The head, what the comment answers, and what was said before and after it. One query."""
    head, here = comment.root_id or comment.pk, comment.reply_no
    near = Q(root=head, reply_no__gte=here - BEFORE - 1, reply_no__lte=here + AFTER + 1)
    found = Comment.objects.filter(near | Q(pk=head) | Q(pk=comment.parent_id)).order_by("reply_no")
    rows = list(found.select_related("author", "parent__author"))
    earlier = next((row.pk for row in rows if 0 < row.reply_no == here - BEFORE - 1), None)
    later = next((row.pk for row in rows if row.reply_no == here + AFTER + 1), None)
    around = {earlier, later} - {comment.parent_id}
    return Branch([row for row in rows if row.pk not in around], earlier, later)
