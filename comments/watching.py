"""A moderator's own list of stories and people to keep an eye on. Nobody else at the desk sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from newsroom.lib.people import Person

from .models import Comment, Watch
from .moderation import must_moderate
from .posting import Refused

STORY, PERSON = "story", "person"


@dataclass(frozen=True)
class Offer:
    """What can be watched from a card, by its key, and whether it is."""

    what: str
    key: int
    is_watched: bool

    @property
    def label(self) -> str:
        return f"Stop watching this {self.what}" if self.is_watched else f"Watch this {self.what}"

    @property
    def said(self) -> str:
        return f"You watch this {self.what}" if self.is_watched else f"You no longer watch this {self.what}"


def watch(comment: Comment, what: str, *, by: Person) -> Offer:
    """Put the story of a comment, or its author, on one's list; twice is once. Raises PermissionDenied or Refused."""
    key = _key(comment, what, by)
    Watch.objects.get_or_create(**_row(what, key, by))
    return Offer(what, key, is_watched=True)


def unwatch(comment: Comment, what: str, *, by: Person) -> Offer:
    """Take it off one's list, if it is there. Raises PermissionDenied or Refused."""
    key = _key(comment, what, by)
    Watch.objects.filter(**_row(what, key, by)).delete()
    return Offer(what, key, is_watched=False)


def offers(comments: Iterable[Comment], by: Person) -> dict[int, tuple[Offer, ...]]:
    """What can be watched from each of these comments, by its key: of guests the story alone. One query."""
    rows = list(Watch.objects.of(by).order_by().values_list("discussion", "person"))
    stories, people = {story for story, _ in rows}, {person for _, person in rows}
    found: dict[int, tuple[Offer, ...]] = {}
    for comment in comments:
        story = Offer(STORY, comment.discussion_id, comment.discussion_id in stories)
        author = comment.author_id
        found[comment.pk] = (story, Offer(PERSON, author, author in people)) if author else (story,)
    return found


def _row(what: str, key: int, by: Person) -> dict[str, Any]:
    return {"by": by, "person_id" if what == PERSON else "discussion_id": key}


def _key(comment: Comment, what: str, by: Person) -> int:
    must_moderate(by, Comment.objects.filter(pk=comment.pk))
    key = {STORY: comment.discussion_id, PERSON: comment.author_id}.get(what)
    if key is None:
        raise Refused("A story can be watched, and who has an account.")
    return key
