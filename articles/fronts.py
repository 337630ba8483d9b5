"""Fronts: what stands on them at a moment, and putting stories in their places. How they look is layout.py's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from newsroom.lib.facts import TIMETABLE, changed, shows
from newsroom.lib.people import Person

from . import shown
from .editing import record
from .layout import BLOCK, BY_HAND, LATEST, ROOM, Block, Front, Place, Placed, lay_out
from .models import Article, Edition, Event, Image, Section, Slot
from .models.edition import EditionQuerySet
from .models.front import slotted
from .models.taxonomy import sections_of
from .publishing import NotPossible
from .readership import most_read
from .story import Link

VIEW_RIGHT = "articles.view_slot"
ADD_RIGHT, CHANGE_RIGHT, REMOVE_RIGHT = (f"articles.{verb}_slot" for verb in ("add", "change", "delete"))
# What the machine counts is kept deeper than it is shown, as no story stands twice on a page; it is gone after
# some hours without `tick`, and slots whose time is over are forgotten after a month.
DEPTH = 30
COUNTS_LAST = timedelta(hours=6)
READ_SINCE = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)
ELSEWHERE = "Somebody else has changed this front meanwhile. This is how it is now; nothing of yours was done."


class Changed(Exception):
    """The front is not as it was on screen."""


# --- What stands there -----------------------------------------------------------------------------


@dataclass(frozen=True)
class FrontPage:
    """The front page, and the sections there are: they come with it at no further cost."""

    front: Front
    sections: list[Link]


def front_page(editions: EditionQuerySet, at: datetime | None = None) -> FrontPage:
    """The front page of these (live) editions at a moment, now unless told. Four queries."""
    placed = placed_on(None, editions, at)
    enough = ROOM[Place.LEAD] + ROOM[Place.TOP] + LATEST + len(placed)
    newest = [edition.card for edition in editions.newest_first().as_cards()[:enough]]
    front = lay_out(placed, newest)
    sections, blocks = section_blocks(editions, without=front.shown)
    return FrontPage(replace(front, blocks=blocks), sections)


def section_front(section: int, editions: EditionQuerySet, at: datetime | None = None) -> Front:
    """What editors chose for the head of a section's page: the list below it fills itself. One query."""
    return lay_out(placed_on(section, editions, at))


def placed_on(section: int | None, editions: EditionQuerySet, at: datetime | None = None) -> list[Placed]:
    """What has a place on a front at that moment, each in its card's clothes. One query."""
    shows(shown.front(section))
    return [Placed(row.slot.place, row.slot.dressed(row.card)) for row in slotted(editions, section, at)]  # type: ignore[attr-defined]


def section_blocks(editions: EditionQuerySet, *, without: Sequence[int]) -> tuple[list[Link], list[Block]]:
    """All sections, and for each that has any its newest stories that are not on the page already. Two queries."""
    shows(shown.STORIES, shown.FRAME)
    newest = editions.filter(section=OuterRef("pk")).exclude(article__in=without).newest_first().values("pk")
    places = [f"newest_{number}" for number in range(BLOCK)]
    sections = Section.objects.annotate(
        **{name: Subquery(newest[number : number + 1]) for number, name in enumerate(places)}
    )
    rows = [(section.link, [getattr(section, name) for name in places]) for section in sections]
    found = {row.pk: row.card for row in editions.filter(pk__in=[pk for _, pks in rows for pk in pks if pk]).as_cards()}
    blocks = [Block(link, [found[pk] for pk in pks if pk in found]) for link, pks in rows]
    return [link for link, _ in rows], [block for block in blocks if block.cards]


# --- Who may, and which stories --------------------------------------------------------------------


def curates(person: Person, section: int | None) -> bool:
    """Whether a front is this person's: editors limited to sections have those sections' fronts alone."""
    mine = sections_of(person)
    return person.is_active and person.has_perm(VIEW_RIGHT) and (not mine or section in mine)


def known_to(person: Person, editions: EditionQuerySet) -> EditionQuerySet:
    """Those of these editions that readers have now, or of whose story this person may know more than readers do."""
    if not sections_of(person):
        return editions
    return editions.filter(
        Q(pk__in=Edition.objects.live().values("pk")) | Q(article__in=Article.objects.visible_to(person).values("pk"))
    )


def candidates(person: Person) -> EditionQuerySet:
    """What may be put on a front: what readers have, and what waits to go live as far as this person may know of it."""
    waiting = Edition.objects.waiting().filter(article__in=Article.objects.visible_to(person).values("pk"))
    live_or_waiting = Q(pk__in=Edition.objects.live().values("pk")) | Q(pk__in=waiting.values("pk"))
    return Edition.objects.filter(live_or_waiting)


# --- What can be done ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Where a story stands on a front, in which clothes, from when until when (None: until it is taken away)."""

    place: str
    starts_at: datetime
    ends_at: datetime | None = None
    headline: str = ""
    image: Image | None = None


@transaction.atomic
def add(article: Article, terms: Terms, *, section: Section | None, by: Person) -> Slot:
    """Put a story on a front, below what stands in the place already. Raises NotPossible or PermissionDenied."""
    _require(ADD_RIGHT, by, section.pk if section else None)
    slot = Slot(section=section, article=article, added_by=by)
    _put(slot, terms, by)
    slot.position = len(_locked(slot.section_id, slot.place))
    slot.save()
    _record(slot, by, "put there")
    return slot


@transaction.atomic
def change(slot: Slot, terms: Terms, *, version: int, by: Person) -> Slot:
    """Change where, how and when a story stands. Raises Changed, NotPossible or PermissionDenied."""
    slot = _fresh(slot, CHANGE_RIGHT, by, version)
    before = slot.place
    _put(slot, terms, by)
    if slot.place != before:
        slot.position = len(_locked(slot.section_id, slot.place))
    slot.version += 1
    slot.save()
    _record(slot, by, "changed")
    return slot


@transaction.atomic
def move(slot: Slot, *, place: str, to: int, seen: Sequence[int], by: Person) -> Slot:
    """Put a slot at another rank (0 is the first) of its place or of another; `seen` are the keys that stood there.

    Raises Changed, NotPossible or PermissionDenied.
    """
    slot = _fresh(slot, CHANGE_RIGHT, by)
    rows = _locked(slot.section_id, place)
    if [row.pk for row in rows] != list(seen):
        raise Changed(ELSEWHERE)
    if place != slot.place:
        _put(slot, replace(_terms_of(slot), place=place), by)
        slot.version += 1
    rest = [row for row in rows if row.pk != slot.pk]
    to = min(max(to, 0), len(rest))
    rest.insert(to, slot)
    for rank, row in enumerate(rest):
        row.position = rank
    Slot.objects.bulk_update(rest, ["place", "position", "version"])
    _record(slot, by, f"moved to no. {to + 1}")
    return slot


@transaction.atomic
def remove(slot: Slot, *, version: int, by: Person) -> None:
    """Take a story off a front. Raises Changed or PermissionDenied."""
    slot = _fresh(slot, REMOVE_RIGHT, by, version)
    _record(slot, by, "taken away")
    slot.delete()


# --- What the machine does -------------------------------------------------------------------------


@transaction.atomic
def fill(place: Place, articles: Iterable[int]) -> int:
    """Put these stories (by their keys) in a place of the front page, instead of what was there; returns how many.

    Whatever readers do not have is left out. Safe to run twice.
    """
    now, keys = timezone.now(), list(articles)[:DEPTH]
    live = set(Edition.objects.live().filter(article__in=keys).values_list("article", flat=True))
    rows = [Slot(place=place, article_id=key, starts_at=now, ends_at=now + COUNTS_LAST) for key in keys if key in live]
    for rank, row in enumerate(rows):
        row.position = rank
    before = Slot.objects.of_front(None).filter(place=place)
    if [slot.article_id for slot in before.in_order()] == [row.article_id for row in rows]:
        changed(TIMETABLE)
        return before.update(ends_at=now + COUNTS_LAST)
    changed(shown.front(None), TIMETABLE)
    before.delete()
    return len(Slot.objects.bulk_create(rows))


def fill_read() -> int:
    """Fill the place of what is most read, by the last day's readings."""
    return fill(Place.READ, most_read(timezone.now() - READ_SINCE, DEPTH))


def forget_over() -> int:
    """Delete slots whose time has been over for a month; returns how many. Their stories' events stay."""
    deleted, _ = Slot.objects.filter(ends_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted


# --- Below -----------------------------------------------------------------------------------------


def _require(right: str, by: Person, section: int | None) -> None:
    if not (by.has_perm(right) and curates(by, section)):
        raise PermissionDenied("This front is not yours to change.")


def _fresh(slot: Slot, right: str, by: Person, version: int | None = None) -> Slot:
    """The row as it is now, held until the transaction ends, if it is still that of this version (or of any)."""
    _require(right, by, slot.section_id)
    fresh = Slot.objects.by_hand().select_for_update().filter(pk=slot.pk).first()
    if fresh is None or (version is not None and fresh.version != version):
        raise Changed(ELSEWHERE)
    return fresh


def _locked(section: int | None, place: str) -> list[Slot]:
    """What stands in a place, in order, held until the transaction ends."""
    return list(Slot.objects.of_front(section).filter(place=place).in_order().select_for_update())


def _terms_of(slot: Slot) -> Terms:
    return Terms(
        place=slot.place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        headline=slot.headline,
        image=slot.image,
    )


def _put(slot: Slot, terms: Terms, by: Person) -> None:
    """Give a slot these terms. Raises NotPossible."""
    if terms.place not in BY_HAND:
        raise NotPossible("This place is filled by what readers do.")
    if terms.ends_at and terms.ends_at <= max(terms.starts_at, timezone.now()):
        raise NotPossible("It must end after it starts, and not be over already.")
    edition = candidates(by).filter(article=slot.article_id).order_by("live_at").first()
    if edition is None and not slot.pk:
        raise NotPossible("Only a story that is live or scheduled can be put on a front.")
    if edition and edition.sponsor and terms.place == Place.BREAKING:
        raise NotPossible("What is paid for is never breaking news.")
    _refuse_twice(slot, terms)
    slot.place, slot.starts_at, slot.ends_at = terms.place, terms.starts_at, terms.ends_at
    slot.headline, slot.image = " ".join(terms.headline.replace("\x00", "").split()), terms.image


def _refuse_twice(slot: Slot, terms: Terms) -> None:
    """Raises NotPossible where the story stands on the same front at the same time: readers would get one of them."""
    others = Slot.objects.by_hand().of_front(slot.section_id).filter(article=slot.article_id).exclude(pk=slot.pk)
    others = others.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=terms.starts_at))
    if terms.ends_at:
        others = others.filter(starts_at__lt=terms.ends_at)
    if other := others.first():
        raise NotPossible(f"The story stands on this front at that time already, under {other.get_place_display()}.")


def _record(slot: Slot, by: Person, what: str) -> None:
    """Note what was done, for the record and for whoever keeps pages."""
    changed(shown.front(slot.section_id), TIMETABLE)
    front = slot.section.name if slot.section else "Front page"
    record(slot.article, Event.Kind.CURATED, by=by, note=f"{front}, {slot.get_place_display()}: {what}")
