"""Flat rows become a tree: order, depth, tombstones, and no limit to the length of a chain."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.threads import MAX_DEPTH, Node, tree


@dataclass
class Row:
    """What the tree asks of a comment."""

    pk: int
    parent_id: int | None = None
    is_tombstone: bool = False
    root_id: int | None = None

    @property
    def seq(self) -> int:
        return self.pk

    @property
    def author_name(self) -> str:
        return f"reader {self.pk}"

    @property
    def parent_name(self) -> str:
        return f"reader {self.parent_id}" if self.parent_id else ""


def shape(nodes: list[Node]) -> list:
    """The tree as nested lists of keys."""
    return [[node.comment.pk, *shape(node.replies)] for node in nodes]


def every(nodes: list[Node]) -> list[Node]:
    return [found for node in nodes for found in [node, *every(node.replies)]]


def test_replies_stand_below_what_they_answer_in_the_order_they_came():
    rows = [Row(1), Row(2, 1), Row(3, 1), Row(4, 2), Row(5)]
    assert shape(tree(rows)) == [[1, [2, [4]], [3]], [5]]


def test_heads_keep_the_order_of_the_rows():
    assert shape(tree([Row(5), Row(1), Row(6, 1), Row(3)])) == [[5], [1, [6]], [3]]


def test_a_reply_whose_parent_is_not_there_stands_on_its_own():
    assert shape(tree([Row(2, 1), Row(3, 2)])) == [[2, [3]]]


def test_of_a_part_of_a_branch_each_reply_stands_below_the_head_and_says_whom_it_answers():
    nodes = tree([Row(1), Row(7, 5, root_id=1), Row(8, 7, root_id=1), Row(9, 4, root_id=1)])
    assert shape(nodes) == [[1, [7, [8]], [9]]]
    assert [(node.comment.pk, node.parent_name) for node in every(nodes) if node.parent_name] == [
        (7, "reader 5"),
        (9, "reader 4"),
    ]


def test_nothing_makes_nothing():
    assert tree([]) == []


def test_beyond_the_greatest_depth_replies_stand_beside_and_say_whom_they_answer():
    nodes = tree([Row(1), *(Row(pk, pk - 1) for pk in range(2, 8))], max_depth=2)
    assert shape(nodes) == [[1, [2, [3], [4], [5], [6], [7]]]]
    assert {node.comment.pk: node.parent_name for node in every(nodes) if node.parent_name} == {
        pk: f"reader {pk - 1}" for pk in range(4, 8)
    }


def test_a_tombstone_stays_only_where_something_stands_below_it():
    rows = [Row(1, None, True), Row(2, 1), Row(3, None, True), Row(4, 2, True), Row(5, 4, True)]
    assert shape(tree(rows)) == [[1, [2]]]


def test_a_chain_of_tombstones_is_gone_but_one_voice_at_its_end_keeps_it():
    rows = [Row(1, None, True), Row(2, 1, True), Row(3, 2, True)]
    assert tree(rows) == []
    assert shape(tree([*rows, Row(4, 3)])) == [[1, [2, [3, [4]]]]]


def test_a_reply_to_a_tombstone_at_the_greatest_depth_is_not_lost():
    rows = [Row(1), Row(2, 1), Row(3, 2, True), Row(4, 3)]
    assert {node.comment.pk for node in every(tree(rows, max_depth=2))} >= {1, 2, 4}


def test_a_chain_of_a_thousand_is_no_trouble():
    nodes = tree([Row(1), *(Row(pk, pk - 1) for pk in range(2, 1_001))])
    found = every(nodes)
    assert len(found) == 1_000
    assert max(node.depth for node in found) == MAX_DEPTH


ROWS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30).map(
    lambda drawn: [Row(pk, above if 0 < above < pk else None, gone) for pk, (above, gone) in enumerate(drawn, start=1)]
)


@given(ROWS, st.integers(min_value=1, max_value=4))
@settings(deadline=None)
def test_no_voice_is_lost_none_stands_twice_and_none_too_deep(rows, max_depth):
    found = every(tree(rows, max_depth=max_depth))
    keys = [node.comment.pk for node in found]
    assert len(keys) == len(set(keys))
    assert {row.pk for row in rows if not row.is_tombstone} <= set(keys)
    assert all(node.depth <= max_depth for node in found)
    assert all(node.replies for node in found if node.comment.is_tombstone and node.depth < max_depth)


@given(ROWS)
@settings(deadline=None)
def test_replies_come_in_the_order_of_their_numbers_and_below_an_ancestor(rows):
    above = {row.pk: row.parent_id for row in rows}
    for node in every(tree(rows, max_depth=2)):
        keys = [reply.comment.pk for reply in node.replies]
        assert keys == sorted(keys)
        for key in keys:
            ancestors = set()
            while key := above[key]:
                ancestors.add(key)
            assert node.comment.pk in ancestors
