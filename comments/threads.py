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
    above: "Node | None" = field(default=None, repr=False, compare=False)
    replies: list["Node"] = field(default_factory=list)
    more_replies: int = 0
    last_reply_no: int = 0


def tree(rows: Iterable[Any], *, max_depth: int = MAX_DEPTH) -> list[Node]:
    """Nodes of the rows whose parent and head are not among them, in the rows' order; the rest below their parents.

    A reply whose parent is missing stands below the head and says whom it answers. Rows need `pk`, `parent_id`,
    `root_id`, `seq`, `author_name`, `parent_name` and `is_tombstone`. A tombstone with nothing below is left out.
    """
    rows = list(rows)
    nodes = {row.pk: Node(row) for row in rows}
    tops: list[Node] = []
    for row in sorted(rows, key=lambda row: row.seq):
        node, parent, root = nodes[row.pk], nodes.get(row.parent_id), nodes.get(row.root_id)
        if parent is None and row.parent_id is not None:
            node.parent_name = row.parent_name
        _hang(node, parent or root, max_depth)
        if parent is None and root is None:
            tops.append(node)
    order = {row.pk: place for place, row in enumerate(rows)}
    return sorted((node for node in tops if _pruned(node)), key=lambda node: order[node.comment.pk])


def _pruned(node: Node) -> bool:
    """Whether the node has anything to show, once tombstones without replies are gone from below it."""
    node.replies = [reply for reply in node.replies if _pruned(reply)]
    return bool(node.replies) or not node.comment.is_tombstone


def _hang(node: Node, parent: Node | None, max_depth: int) -> None:
    """Put a node below its parent or, where that is as deep as is shown, beside it."""
    if parent is None:
        return
    node.above = parent
    if parent.depth < max_depth:
        node.depth = parent.depth + 1
        parent.replies.append(node)
        return
    # What stands too deep stands beside what it answers, below the same node.
    node.depth, node.parent_name, node.above = max_depth, node.comment.parent_name, parent.above
    if parent.above is not None:
        parent.above.replies.append(node)
