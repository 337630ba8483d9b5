"""Who is in a story, who is writing it, and taking it over. Courtesy only: what may be saved is up to the version."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from . import editing
from .models import Article, Presence


@dataclass(frozen=True)
class Room:
    """Everybody who has one story open, in the order in which they came."""

    pages: tuple[Presence, ...]

    @property
    def holder(self) -> Presence | None:
        """The first who opened the story to write."""
        return next((page for page in self.pages if page.opened_to_write), None)

    def held_from(self, person: Person) -> Presence | None:
        """The holder, if that is somebody else."""
        return self.holder if self.holder and self.holder.user_id != person.pk else None

    def people(self) -> list[Presence]:
        """Everybody once, by the page on which they do most."""
        found: dict[int, Presence] = {}
        for page in self.pages:
            known = found.get(page.user_id)
            if known is None or _does_more(page, known):
                found[page.user_id] = page
        return list(found.values())

    def others(self, person: Person) -> list[Presence]:
        return [page for page in self.people() if page.user_id != person.pk]

    def since(self, person: Person) -> datetime | None:
        """Since when this person has had the story open to write, on whatever page."""
        return next((page.opened_at for page in self.pages if page.user_id == person.pk and page.opened_to_write), None)


def enter(article: Article, room: Room, *, by: Person, page: str, to_write: bool) -> Presence:
    """Note that `by` opens the story on a new page. Who saves, and so gets a new page, has been there all along."""
    now = timezone.now()
    since = (room.since(by) if to_write else None) or now
    return Presence.objects.create(
        article=article, user=by, page=page, opened_at=since, seen_at=now, opened_to_write=to_write
    )


def ping(article: Article, *, by: Person, page: str, to_write: bool, is_writing: bool = False) -> Presence:
    """Note that `by` has the story open on `page`: now for the first time, again, or after having been gone.

    `to_write` says that the page was opened to write, `is_writing` that it has words which are not saved.
    """
    now = timezone.now()
    fresh = {"opened_at": now, "seen_at": now, "opened_to_write": to_write, "is_writing": is_writing}
    seen, is_new = Presence.objects.get_or_create(article=article, user=by, page=page, defaults=fresh)
    if is_new:
        return seen
    if seen.is_gone:
        seen.opened_to_write, seen.taken_by, seen.taken_at = False, None, None
    writes = to_write and seen.taken_by_id is None
    if seen.is_gone or (writes and not seen.opened_to_write):
        seen.opened_at = now
    seen.seen_at, seen.opened_to_write, seen.is_writing = now, writes, is_writing
    seen.save()
    return seen


def leave(article: Article, *, by: Person, page: str) -> None:
    """Note that the page was closed."""
    Presence.objects.filter(article=article, user=by, page=page).delete()


def room_of(article: Article) -> Room:
    """Who is in the story now (one query)."""
    return Room(tuple(article.presences.here().select_related("user")))


def others(article: Article, *, by: Person) -> list[Presence]:
    """Everybody else who has the story open."""
    return room_of(article).others(by)


def holder(article: Article) -> Presence | None:
    """The first who opened the story to write, and is still there."""
    return room_of(article).holder


@transaction.atomic
def take_over(article: Article, *, by: Person, page: str) -> Article:
    """Become the one who writes: what the other had on the server is kept as a revision, and they are told.

    The story gets a new version, so that whatever the other's page still sends is a conflict. Raises PermissionDenied.
    """
    article = editing.may_edit(article, by=by)
    held = holder(article)
    if held and held.user_id != by.pk:
        editing.hand_over(article, by=by, note=f"from {held.user.name}")
        theirs = article.presences.filter(opened_to_write=True).exclude(user=by)
        theirs.update(opened_to_write=False, taken_by=by, taken_at=timezone.now())
    Presence.objects.filter(article=article, user=by).update(taken_by=None, taken_at=None)
    ping(article, by=by, page=page, to_write=True)
    return article


def forget_gone() -> int:
    """Forget pages not seen for a while; returns how many."""
    return Presence.objects.gone().delete()[0]


def _does_more(page: Presence, known: Presence) -> bool:
    return (page.is_writing, page.opened_to_write) > (known.is_writing, known.opened_to_write)
