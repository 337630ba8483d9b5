"""How a front is laid out, as a table: what editors chose, what fills itself, and no story twice."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.layout import LATEST, ROOM, Place, Placed, lay_out
from articles.story import Card, Link

NEWEST = range(100, 120)


def card(key: int, sponsor: str = "") -> Card:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    section = Link("TV", "/tv/")
    return Card(
        article_id=key,
        headline=f"No. {key}",
        dek="",
        path=f"/{key}/",
        section=section,
        published_at=at,
        updated_at=at,
        sponsor=sponsor,
    )


def placed(*pairs: tuple[str, int], sponsor: str = "") -> list[Placed]:
    return [Placed(place, card(key, sponsor)) for place, key in pairs]


def keys(cards: list[Card]) -> list[int]:
    return [one.article_id for one in cards]


@pytest.mark.parametrize(
    ("chosen", "lead", "top"),
    [
        # Nothing chosen: the newest, in order.
        ([], 100, [101, 102, 103, 104]),
        # A lead of one's own: the newest move down.
        ([("lead", 1)], 1, [100, 101, 102, 103]),
        # The first lead wins; the second is not shown for it.
        ([("lead", 1), ("lead", 2)], 1, [100, 101, 102, 103]),
        # What is chosen for the top comes first, the rest is filled.
        ([("top", 1), ("top", 2)], 100, [1, 2, 101, 102]),
        # No more than there is room for.
        ([("top", key) for key in range(1, 7)], 100, [1, 2, 3, 4]),
        # In two places: the first of the page has it.
        ([("top", 1), ("lead", 1)], 1, [100, 101, 102, 103]),
        ([("picks", 1), ("breaking", 1)], 100, [101, 102, 103, 104]),
        # Chosen and among the newest: once.
        ([("lead", 102)], 102, [100, 101, 103, 104]),
        ([("picks", 100)], 101, [102, 103, 104, 105]),
        # What the machine counts takes no story from above.
        ([("read", 100), ("discussed", 101)], 100, [101, 102, 103, 104]),
    ],
)
def test_the_lead_and_the_top(chosen, lead, top):
    front = lay_out(placed(*chosen), [card(key) for key in NEWEST])
    assert (front.lead.article_id, keys(front.top)) == (lead, top)


def test_what_is_paid_for_never_breaks():
    assert lay_out(placed(("breaking", 1), sponsor="Thistledown")).breaking == []
    assert keys(lay_out(placed(("picks", 1), sponsor="Thistledown")).picks) == [1]


def test_the_lists_of_the_machine_go_on_below_what_the_page_has_already():
    front = lay_out(placed(*(("read", key) for key in (100, 1, 101, 2, 3, 4, 5, 6))), [card(key) for key in NEWEST])
    assert keys(front.read) == [1, 2, 3, 4, 5]


def test_without_newest_stories_there_is_only_what_was_chosen():
    front = lay_out(placed(("top", 1)))
    assert (front.lead, keys(front.top), front.latest) == (None, [1], [])


@given(
    st.lists(st.tuples(st.sampled_from(list(Place)), st.integers(1, 12)), max_size=60),
    st.lists(st.integers(1, 30), unique=True, max_size=30),
)
def test_no_story_is_there_twice_and_no_place_is_over_full(chosen, newest):
    front = lay_out(placed(*chosen), [card(key) for key in newest])
    assert len(front.shown) == len(set(front.shown))
    assert set(front.shown) <= {key for _, key in chosen} | set(newest)
    for place in (Place.BREAKING, Place.TOP, Place.PICKS, Place.READ, Place.DISCUSSED):
        assert len(getattr(front, place)) <= ROOM[place]
    assert len(front.latest) <= LATEST
