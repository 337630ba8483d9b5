"""Flat rows become the tree a page shows. Pure: one pass, whatever the depth."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Deeper replies stand at this depth and say whom they answer.
MAX_DEPTH = 3


@dataclass
class Node:
    """A comment with what is shown below it."""

    comment: Any
    depth: int = 0
    parent_name: str = ""
    replies: list["Node"] = field(default_factory=list)
    more_replies: int = 0


def tree(rows: Iterable[Any], *, max_depth: int = MAX_DEPTH) -> list[Node]:
    """Nodes of the rows whose parent is not among them, in the rows' order; the rest below their parents.

    Rows need `pk`, `parent_id`, `seq`, `author_name` and `is_tombstone`. A tombstone with nothing below is left out.
    """
    rows = list(rows)
    nodes = {row.pk: Node(row) for row in rows}
    tops: list[Node] = []
    for row in sorted(rows, key=lambda row: row.seq):
        parent = nodes.get(row.parent_id)
        _hang(nodes, nodes[row.pk], parent, max_depth)
        if parent is None:
            tops.append(nodes[row.pk])
    order = {row.pk: place for place, row in enumerate(rows)}
    return sorted((node for node in tops if _pruned(node)), key=lambda node: order[node.comment.pk])


def _pruned(node: Node) -> bool:
    """Whether the node has anything to show, once tombstones without replies are gone from below it."""
    node.replies = [reply for reply in node.replies if _pruned(reply)]
    return bool(node.replies) or not node.comment.is_tombstone


def _hang(nodes: dict[int, Node], node: Node, parent: Node | None, max_depth: int) -> None:
    """Put a node below its parent or, where that is as deep as is shown, beside it."""
    if parent is None:
        return
    if parent.depth < max_depth:
        node.depth = parent.depth + 1
        parent.replies.append(node)
        return
    node.depth, node.parent_name = max_depth, parent.comment.author_name
    _shown_parent(nodes, parent).replies.append(node)


def _shown_parent(nodes: dict[int, Node], node: Node) -> Node:
    """The nearest node above that is not at the greatest depth."""
    above = nodes[node.comment.parent_id]
    while above.depth >= node.depth and above.comment.parent_id in nodes:
        above = nodes[above.comment.parent_id]
    return above
