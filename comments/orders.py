"""The orders in which a discussion can be read, and the edge of a page in each. Pure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, TextChoices

from newsroom.lib.numbers import LARGEST, number


class Order(TextChoices):
    """Conversations by their first comment; of the picks each comment stands for itself."""

    NEWEST = "newest", "Newest"
    OLDEST = "oldest", "Oldest"
    LIKED = "liked", "Most liked"
    PICKS = "picks", "Editors’ picks"


COLUMNS = {
    Order.NEWEST: ("-seq",),
    Order.OLDEST: ("seq",),
    Order.LIKED: ("-like_count", "-seq"),
    Order.PICKS: ("-seq",),
}


@dataclass(frozen=True)
class Edge:
    """The last comment of a page: its likes, which only one order asks for, and its number."""

    seq: int
    likes: int = 0

    def __str__(self) -> str:
        return f"{self.seq}-{self.likes}"

    @classmethod
    def parse(cls, text: str) -> "Edge | None":
        """The edge that `str` wrote, or None for anything else."""
        first, _, second = text.partition("-")
        seq, likes = number(first, LARGEST), number(second or "0", LARGEST)
        return None if seq is None or likes is None else cls(seq, likes)

    def beyond(self, order: str) -> Q:
        """What comes after it; one upper bound on what is sorted by, so that the index is used."""
        if order == Order.OLDEST:
            return Q(seq__gt=self.seq)
        if order == Order.LIKED:
            return Q(like_count__lte=self.likes) & (Q(like_count__lt=self.likes) | Q(seq__lt=self.seq))
        return Q(seq__lt=self.seq)


@dataclass(frozen=True)
class Place:
    """Where in a discussion a reader is: the order, and the edge of the page before, if there is one."""

    order: str = Order.NEWEST
    after: Edge | None = None

    @classmethod
    def parse(cls, order: str, after: str) -> "Place | None":
        """What an address says, or None where it says nothing that there is."""
        edge = Edge.parse(after) if after else None
        if order not in {"", *Order.values} or (after and edge is None):
            return None
        return cls(order or Order.NEWEST, edge)

    @property
    def query(self) -> str:
        """The address's query, "" for the first page of the newest."""
        said = {"order": self.order if self.order != Order.NEWEST else "", "after": str(self.after or "")}
        return urlencode({name: value for name, value in said.items() if value})
