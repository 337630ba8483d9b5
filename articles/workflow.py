"""The stages of a working copy and the table of moves: what may happen, when, and who may do it.

Pure: it asks nothing of the database. The verbs are in publishing.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where the *working copy* stands. What readers see is derived from editions."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    READY = "ready", "Ready"
    PUBLISHED = "published", "Unchanged"


class Seen(TextChoices):
    """What readers have of a story now."""

    NEVER = "never", "Never published"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    EXPIRED = "expired", "Expired"
    UNPUBLISHED = "unpublished", "Unpublished"
    RETRACTED = "retracted", "Retracted"


GONE = frozenset({Seen.EXPIRED, Seen.UNPUBLISHED, Seen.RETRACTED})
ON_THE_WAY = frozenset({Seen.SCHEDULED, Seen.LIVE})
ANY_STAGE = frozenset(Stage)
ANY_SEEN = frozenset(Seen)
UNREVIEWED = frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.READY})


@dataclass(frozen=True)
class Move:
    """One row of the table: from these stages and these sights, who holds `permission` may do `name`."""

    name: str
    label: str
    permission: str
    stages: frozenset[Stage] = ANY_STAGE
    seen: frozenset[Seen] = ANY_SEEN
    target: Stage | None = None
    needs_waiting: bool = False
    needs_note: bool = False
    is_grave: bool = False
    is_in_history: bool = False
    is_in_calendar: bool = False


MOVES = (
    Move("submit", "Submit for review", "articles.submit_article", frozenset({Stage.DRAFT}), target=Stage.IN_REVIEW),
    Move(
        "send_back",
        "Send back",
        "articles.approve_article",
        frozenset({Stage.IN_REVIEW, Stage.READY}),
        target=Stage.DRAFT,
        needs_note=True,
    ),
    Move("approve", "Approve", "articles.approve_article", frozenset({Stage.IN_REVIEW}), target=Stage.READY),
    Move("publish", "Publish", "articles.publish_article", UNREVIEWED, target=Stage.PUBLISHED),
    Move("expire", "Set an end", "articles.publish_article", seen=ON_THE_WAY),
    Move("reschedule", "Move", "articles.publish_article", needs_waiting=True, is_in_calendar=True),
    Move("unschedule", "Unschedule", "articles.publish_article", needs_waiting=True),
    Move(
        "unpublish",
        "Unpublish",
        "articles.publish_article",
        seen=frozenset({Seen.LIVE}),
        is_grave=True,
    ),
    Move(
        "retract",
        "Retract",
        "articles.retract_article",
        seen=frozenset({Seen.LIVE, Seen.EXPIRED, Seen.UNPUBLISHED}),
        needs_note=True,
        is_grave=True,
    ),
    Move("bring_back", "Bring back", "articles.publish_article", seen=GONE),
    Move("roll_back", "Roll back", "articles.publish_article", seen=GONE | {Seen.LIVE}, is_in_history=True),
)
BY_NAME = {move.name: move for move in MOVES}


def fits(move: Move, stage: Stage, seen: Seen, *, waiting: bool) -> bool:
    """Whether the table has this move for a story in this situation, whoever asks."""
    return stage in move.stages and seen in move.seen and (waiting or not move.needs_waiting)


def open_moves(stage: Stage, seen: Seen, *, waiting: bool, may: Callable[[str], bool]) -> list[Move]:
    """The moves to offer beside a story, in the table's order; `may` is a user's `has_perm`."""
    offered = [move for move in MOVES if not (move.is_in_history or move.is_in_calendar)]
    return [move for move in offered if fits(move, stage, seen, waiting=waiting) and may(move.permission)]


def stage_after_edit(stage: Stage, *, may_approve: bool) -> Stage:
    """A changed text is no longer the one that was published, nor, by other hands, the one approved."""
    if stage == Stage.PUBLISHED:
        return Stage.DRAFT
    if stage == Stage.READY and not may_approve:
        return Stage.DRAFT
    return stage
