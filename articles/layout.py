"""How a front is laid out: which story stands where, and none twice. Pure: it is given cards, and asks nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices

from .story import Card, Link


class Place(TextChoices):
    """Where on a front, in the order of the page. Those in MACHINE are filled by `tick`, never by hand."""

    BREAKING = "breaking", "Breaking"
    LEAD = "lead", "Lead"
    TOP = "top", "Top stories"
    PICKS = "picks", "From the desk"
    READ = "read", "Most read"
    DISCUSSED = "discussed", "Most discussed"


MACHINE = (Place.READ, Place.DISCUSSED)
BY_HAND = tuple(place for place in Place if place not in MACHINE)
# How many stories each place has room for, and the places that fill themselves.
ROOM = {Place.BREAKING: 3, Place.LEAD: 1, Place.TOP: 4, Place.PICKS: 4, Place.READ: 5, Place.DISCUSSED: 5}
LATEST = 8
BLOCK = 4


@dataclass(frozen=True)
class Placed:
    """A story's card in a place of the front."""

    place: str
    card: Card


@dataclass(frozen=True)
class Block:
    """A section's part of the front page."""

    section: Link
    cards: list[Card]


@dataclass(frozen=True)
class Front:
    """A front from top to bottom."""

    breaking: list[Card] = field(default_factory=list)
    lead: Card | None = None
    top: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    picks: list[Card] = field(default_factory=list)
    read: list[Card] = field(default_factory=list)
    discussed: list[Card] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def cards(self) -> list[Card]:
        """Every story on it."""
        lead = [self.lead] if self.lead else []
        below = [card for block in self.blocks for card in block.cards]
        return [*self.breaking, *lead, *self.top, *self.latest, *self.picks, *self.read, *self.discussed, *below]

    @property
    def shown(self) -> list[int]:
        """Their keys."""
        return [card.article_id for card in self.cards]


class Once:
    """Gives out each story once."""

    def __init__(self) -> None:
        self.given: set[int] = set()

    def take(self, cards: Iterable[Card], most: int) -> list[Card]:
        """The first of these that were not given out yet, so many at most."""
        found: list[Card] = []
        for card in cards:
            if len(found) >= most:
                break
            if card.article_id not in self.given:
                self.given.add(card.article_id)
                found.append(card)
        return found


def lay_out(placed: Iterable[Placed], newest: Sequence[Card] = ()) -> Front:
    """What editors chose comes first, in order; what is left of the lead, the top and the latest is the newest.

    A story in two places stands in the first of them only. What is paid for is never breaking news. What the machine
    counts is shown last, so that it never takes a story from above.
    """
    chosen: dict[str, list[Card]] = defaultdict(list)
    for one in placed:
        if not (one.place == Place.BREAKING and one.card.sponsor):
            chosen[one.place].append(one.card)
    once = Once()
    hand = {place: once.take(chosen[place], ROOM[place]) for place in BY_HAND}
    lead = hand[Place.LEAD] or once.take(newest, ROOM[Place.LEAD])
    top = hand[Place.TOP] + once.take(newest, ROOM[Place.TOP] - len(hand[Place.TOP]))
    return Front(
        breaking=hand[Place.BREAKING],
        lead=lead[0] if lead else None,
        top=top,
        latest=once.take(newest, LATEST),
        picks=hand[Place.PICKS],
        read=once.take(chosen[Place.READ], ROOM[Place.READ]),
        discussed=once.take(chosen[Place.DISCUSSED], ROOM[Place.DISCUSSED]),
    )
