"""The states of a comment and the table of decisions: from where, to where. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices


class State(TextChoices):
    """Whether a comment is public, and if not, why."""

    SHOWN = "shown", "Shown"
    HELD = "held", "Held for a moderator"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"
    ERASED = "erased", "Erased"


class Severity(IntegerChoices):
    """How bad it is what the screens found in a comment."""

    NONE = 0, "Nothing"
    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


class Mode(TextChoices):
    """Who may post in a discussion, and whether others see it at once."""

    OPEN = "open", "Open"
    MODERATED = "moderated", "Open: a moderator reads every comment first"
    CLOSED = "closed", "Closed: no new comments"


# From the mildest.
STRICTNESS = (Mode.OPEN, Mode.MODERATED, Mode.CLOSED)


class Measure(TextChoices):
    """How moderators calm a discussion for a while, mildest first; over its mode, which stays as it is."""

    SLOW = "slow", "Slowed"
    NEWCOMERS = "newcomers", "Comments of newcomers read first"
    ALL = "all", "Every comment read first"
    PAUSE = "pause", "Paused"


class Reason(TextChoices):
    """Why a moderator rejects; the author is told in these words."""

    ABUSE = "abuse", "Abuse or insults"
    SPAM = "spam", "Advertising or spam"
    OFF_TOPIC = "off-topic", "Nothing to do with the story"
    PERSONAL = "personal", "Personal details of somebody"
    SPOILER = "spoiler", "Unmarked spoiler"
    OTHER = "other", "Another reason"


class Penalty(TextChoices):
    """What moderators may do about a person, mildest first. Nothing is done in secret."""

    WARN = "warn", "Warning"
    HOLD = "hold", "Comments read first"
    SUSPEND = "suspend", "Suspension"
    BAN = "ban", "Ban"


# With these nobody may post; with a warning, until it is acknowledged.
BARS = (Penalty.WARN, Penalty.SUSPEND, Penalty.BAN)


class Complaint(TextChoices):
    """Why a reader reports a comment."""

    ABUSE = "abuse", "It is abusive"
    SPAM = "spam", "It is spam"
    OFF_TOPIC = "off-topic", "It has nothing to do with the story"
    SPOILER = "spoiler", "It gives something away without a warning"
    ILLEGAL = "illegal", "It is against the law"
    ERROR = "error", "It is right: there is an error in the story"
    OTHER = "other", "Something else"


# For so long after a decision nobody is told of it: whoever takes it back meanwhile has only slipped.
SETTLES_AFTER = timedelta(seconds=10)
UNDO = "undo"


@dataclass(frozen=True)
class Ruling:
    """One row of the table: what a moderator may decide, as it is asked and as it is told."""

    name: str
    label: str
    done: str
    sources: frozenset[State]
    target: State
    needs_reason: bool = False


RULINGS = {
    ruling.name: ruling
    for ruling in (
        Ruling("approve", "Approve", "Approved", frozenset({State.HELD, State.REJECTED}), State.SHOWN),
        Ruling("keep", "Keep", "Kept", frozenset({State.SHOWN}), State.SHOWN),
        Ruling("hold", "Hold", "Held", frozenset({State.SHOWN}), State.HELD),
        Ruling("reject", "Reject", "Rejected", frozenset({State.HELD, State.SHOWN}), State.REJECTED, needs_reason=True),
    )
}
# What was done, in a word: by a moderator or a screen, or by taking that back.
DONE = {ruling.name: ruling.done for ruling in RULINGS.values()} | {UNDO: "Undone"}
