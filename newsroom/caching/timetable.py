"""What the clock alone changes on readers' pages in the next minutes, so that no page is kept past it."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from typing import NamedTuple

from django.db import Error
from django.db.models import Q
from django.utils import timezone

from articles import shown
from articles.models import Edition, Image, Slot
from articles.turning import difference, lists_of
from comments import shown as talked
from comments.models import Calm, Discussion

from .log import Away
from .page import LIFE, MOST_STALE, Page, Position

logger = logging.getLogger(__name__)

# Seconds that are looked ahead: for as long as others may show a page that they got when it was old, and until the next
# look.
AHEAD = MOST_STALE + 3 * LIFE


class Edge(NamedTuple):
    """A moment, in seconds, at which what these names stand for becomes another."""

    at: float
    names: frozenset[str]


class Timetable:
    """The edges of the next minutes, read once a minute, and whenever somebody has set or moved one."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self._read_at = float("-inf")
        self._told = Position()
        self._lock = threading.Lock()

    def renew(self, told: Position) -> None:
        """Read it again if it is a minute old, or was told to have changed since; raises Away where that cannot be."""
        if self._told >= told and time.monotonic() - self._read_at < LIFE:
            return
        with self._lock:
            if self._told >= told and time.monotonic() - self._read_at < LIFE:
                return
            begun = time.monotonic()
            try:
                self.edges = sorted(edges(timezone.now()))
                self._told = told
            except Error as error:
                # What was known before reaches further than any page is kept, but for what was just set.
                logger.exception("The timetable of pages could not be read.")
                if self._told < told or self._read_at == float("-inf"):
                    raise Away from error
            self._read_at = begun

    def sure_until(self, page: Page) -> float:
        """Until when nothing changes the page, as far as is looked ahead, in seconds."""
        return min(self.first(page), page.made_at + AHEAD - LIFE)

    def first(self, page: Page) -> float:
        """The first moment at which the page is not what it was, in seconds; none is far away."""
        return next((at for at, names in self.edges if at > page.made_at and names & page.names), float("inf"))


def edges(now: datetime) -> Iterator[Edge]:
    """All that begins or ends from a minute ago until some minutes from now."""
    span = (now - timedelta(seconds=LIFE), now + timedelta(seconds=AHEAD))
    yield from of_editions(span)
    yield from of_slots(span)
    yield from of_discussions(span)
    yield from of_rights(span)


Span = tuple[datetime, datetime]


def of_editions(span: Span) -> Iterator[Edge]:
    rows = Edition.objects.standing().filter(past=False).filter(Q(live_at__range=span) | Q(ends_at__range=span))
    turning = list(rows.as_cards())
    lists = lists_of(turning)
    turns: dict[tuple[float, int], list[Edition | None]] = defaultdict(lambda: [None, None])
    for edition in turning:
        for side, at in ((0, edition.ends_at), (1, edition.live_at)):
            if at and span[0] <= at <= span[1]:
                turns[at.timestamp(), edition.article_id][side] = edition
    for (second, _), (before, after) in turns.items():
        yield Edge(second, frozenset(difference(before, after, lists)))


def of_slots(span: Span) -> Iterator[Edge]:
    for slot in Slot.objects.filter(Q(starts_at__range=span) | Q(ends_at__range=span)):
        for at in (slot.starts_at, slot.ends_at):
            if at:
                yield Edge(at.timestamp(), frozenset({shown.front(slot.section_id)}))


def of_discussions(span: Span) -> Iterator[Edge]:
    """What calms one ends; one closes by itself."""
    calms = Calm.objects.filter(lifted_at=None, ends_at__range=span).values_list("discussion", "ends_at")
    closing = Discussion.objects.filter(closes_at__range=span, stays_open=False).values_list("pk", "closes_at")
    for discussion, at in (*calms, *closing):
        if at:
            yield Edge(at.timestamp(), frozenset({talked.talk(discussion)}))


def of_rights(span: Span) -> Iterator[Edge]:
    """Rights to pictures end with a day of the site's zone."""
    for day in {timezone.localtime(moment).date() for moment in span}:
        over = timezone.make_aware(datetime.combine(day, day_time()))
        if not span[0] <= over <= span[1]:
            continue
        for image in Image.objects.filter(rights_until=day - timedelta(days=1)):
            stories = Edition.objects.live().filter(editionimages__image=image).values_list("article", flat=True)
            names = {shown.picture(image.pk), *(shown.story(article) for article in stories)}
            yield Edge(over.astimezone(UTC).timestamp(), frozenset(names))
