"""What is said in a filled paper: discussions with their counters, comments in threads, likes, reports and rulings.

Most discussions are short; of a million comments a fifth stand in hot ones and some in a few that never ended.
"""

import uuid
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from comments.models import Comment, Decision, Discussion, Like, Report
from comments.screening import Action, Signal
from comments.workflow import Complaint, Reason, Severity, State

from .bodies import Remark
from .copying import Row, Writer, free, numbered
from .people import Cast
from .plan import Plan
from .words import Chance, skewed

# The sizes of discussions, and so many comments of the paper's for each of that size.
HUGE, HOT, WARM = 10_000, 200, 20
ONE_HUGE_FOR, ONE_HOT_FOR, ONE_WARM_FOR = 200_000, 1_000, 200
TALKED_FOR = timedelta(days=7)
REPLIES, LIKED, REPORTED = 0.45, 0.2, 0.01
# What a moderator rejected or its author took back; of the newest also what waits, and what is flagged.
REJECTED, WITHDRAWN, HELD, FLAGGED, RULED = 0.03, 0.01, 0.15, 0.02, 0.3
WAITS_FOR = timedelta(days=5)
MOST_LIKES = 40
NEWCOMER = Signal("newcomer", 2, Action.HOLD, sentence="Your first two comments are read by a moderator first.")
AT_A_TIME = 20_000
ANSWERABLE = frozenset({State.SHOWN, State.REJECTED})


@dataclass
class Thread:
    """A discussion as it grows: its comments in order, and the places of those that can be answered."""

    discussion: int
    article: int
    rows: list[Row] = field(default_factory=list)
    answerable: list[int] = field(default_factory=list)

    @property
    def row(self) -> Row:
        """The discussion's own, with its counters."""
        states = Counter(row["state"] for row in self.rows)
        return {
            "id": self.discussion,
            "article_id": self.article,
            "seq": len(self.rows),
            "shown_count": states[State.SHOWN],
            "held_count": states[State.HELD],
            "last_at": self.rows[-1]["posted_at"] if self.rows else None,
        }


class Talk:
    """Makes one discussion after the other, and remembers what else belongs to its comments."""

    def __init__(self, chance: Chance, cast: Cast, remarks: Sequence[Remark], now: datetime) -> None:
        self.chance, self.cast, self.remarks, self.now = chance, cast, remarks, now
        self.next = free(Comment)
        self.liked: list[tuple[int, int, int, datetime]] = []
        self.reported: list[tuple[int, datetime, str]] = []
        self.decided: list[tuple[int, datetime, str]] = []

    def thread(self, discussion: int, plan: Plan, size: int) -> Thread:
        """So many comments, most of them soon after the story; those that answer others stand below a head."""
        thread = Thread(discussion, plan.pk)
        lasted = min(TALKED_FOR, self.now - plan.published_at)
        for share in sorted(self.chance.random() ** 3 for _ in range(size)):
            thread.rows.append(self.comment(thread, plan.published_at + lasted * share))
        self.next += size
        return thread

    def comment(self, thread: Thread, at: datetime) -> Row:
        remark = self.chance.choice(self.remarks)
        state = self.state(at)
        place = len(thread.rows)
        row = {
            "id": self.next + place,
            "discussion_id": thread.discussion,
            "author_id": self.cast.readers[skewed(self.chance, len(self.cast.readers), head=200)],
            "seq": place + 1,
            "branch_size": 0,
            "shown_replies": 0,
            "client_key": uuid.UUID(int=self.chance.getrandbits(128), version=4),
            "body": remark.body,
            "html": remark.html,
            "likeness": remark.likeness,
            "state": state,
            "posted_at": at,
        }
        self.answer(thread, row)
        self.judge(row)
        if state in ANSWERABLE:
            thread.answerable.append(place)
        return row

    def answer(self, thread: Thread, row: Row) -> None:
        """Let a comment answer one of the last that can be answered, now and then."""
        if not thread.answerable or self.chance.random() >= REPLIES:
            return
        back = min(skewed(self.chance, 50, head=3), len(thread.answerable) - 1)
        parent = thread.rows[thread.answerable[-1 - back]]
        root = thread.rows[(parent.get("root_id") or parent["id"]) - self.next]
        root["branch_size"] += 1
        root["shown_replies"] += row["state"] == State.SHOWN
        row |= {"parent_id": parent["id"], "root_id": root["id"], "reply_no": root["branch_size"]}

    def state(self, at: datetime) -> str:
        luck = self.chance.random()
        if luck < REJECTED:
            return State.REJECTED
        if luck < REJECTED + WITHDRAWN:
            return State.WITHDRAWN
        is_new = at > self.now - WAITS_FOR
        return State.HELD if is_new and luck < REJECTED + WITHDRAWN + HELD else State.SHOWN

    def judge(self, row: Row) -> None:
        """What screens found in a comment, and what moderators and readers made of it."""
        pk, at, state, luck = row["id"], row["posted_at"], row["state"], self.chance.random()
        if state == State.HELD:
            row |= {"signals": [NEWCOMER.to_json()], "held_for": NEWCOMER.sentence, "severity": Severity.LOW}
        if state == State.REJECTED or (state == State.SHOWN and luck < RULED):
            row["reviewed_at"] = at + (self.now - at) * 0.01
            self.decided.append((pk, row["reviewed_at"], state))
        elif state == State.SHOWN and luck > 1 - FLAGGED and at > self.now - WAITS_FOR:
            row |= {"is_flagged": True, "severity": Severity.MEDIUM}
        if state == State.SHOWN and self.chance.random() < LIKED:
            row["like_count"] = min(1 + skewed(self.chance, MOST_LIKES, head=2), len(self.cast.readers) // 2)
            self.liked.append((pk, row["author_id"], row["like_count"], at))
        if state == State.SHOWN and self.chance.random() < REPORTED:
            self.reported.append((pk, at, self.chance.choice(Complaint.values)))

    def likes(self) -> Iterator[Row]:
        """By as many different readers as like a comment, of whom its author is none."""
        readers = self.cast.readers
        for pk, author, number, at in self.liked:
            first = bisect_left(readers, author) + 1
            for step in range(number):
                yield {"comment_id": pk, "person_id": readers[(first + step) % len(readers)], "at": at}

    def reports(self) -> Iterator[Row]:
        """Those of the last days are open, the others answered."""
        for pk, at, reason in self.reported:
            row = {
                "comment_id": pk,
                "version": 1,
                "reporter_id": self.chance.choice(self.cast.readers),
                "reason": reason,
                "at": at,
            }
            if at < self.now - WAITS_FOR:
                moderator = self.chance.choice(self.cast.moderators)
                row |= {"handled_at": self.now, "handled_by_id": moderator, "outcome": Report.Outcome.KEPT}
            yield row

    def decisions(self) -> Iterator[Row]:
        for pk, at, state in self.decided:
            is_rejected = state == State.REJECTED
            yield {
                "comment_id": pk,
                "ruling": "reject" if is_rejected else "keep",
                "reason": self.chance.choice(Reason.values) if is_rejected else "",
                "before": State.SHOWN,
                "after": state,
                "version": 1,
                "by_id": self.chance.choice(self.cast.moderators),
                "at": at,
            }


def sizes(chance: Chance, stories: int, comments: int) -> list[int]:
    """How much is said of each of so many stories: so many comments in all."""
    wanted = (
        [HUGE] * (comments // ONE_HUGE_FOR) + [HOT] * (comments // ONE_HOT_FOR) + [WARM] * (comments // ONE_WARM_FOR)
    )
    wanted = wanted[:stories]
    found = [0] * stories
    for place, size in zip(chance.sample(range(stories), len(wanted)), wanted, strict=True):
        found[place] = size
    quiet = [place for place, size in enumerate(found) if not size] or range(stories)
    for _ in range(comments - sum(found) if stories else 0):
        found[chance.choice(quiet)] += 1
    return found


def write(plans: Sequence[Plan], talk: Talk, writer: Writer, comments: int) -> None:
    """A discussion of each story that readers have had, and so many comments in all of them."""
    out = [plan for plan in plans if plan.had(talk.now)]
    rows = zip(count(free(Discussion)), out, sizes(talk.chance, len(out), comments), strict=False)
    threads = (talk.thread(pk, plan, size) for pk, plan, size in rows)
    for some in batches(writer.told(threads, total=len(out), what="discussion")):
        writer.put(Discussion, (thread.row for thread in some))
        writer.put(Comment, (row for thread in some for row in thread.rows))
    writer.copy(Like, numbered(Like, talk.likes()), total=sum(number for _, _, number, _ in talk.liked))
    writer.copy(Report, numbered(Report, talk.reports()), total=len(talk.reported))
    writer.copy(Decision, numbered(Decision, talk.decisions()), total=len(talk.decided))


def batches(threads: Iterable[Thread]) -> Iterator[list[Thread]]:
    """The threads some at a time: all of them are more than there is memory for."""
    some: list[Thread] = []
    size = 0
    for thread in threads:
        some.append(thread)
        size += len(thread.rows)
        if size >= AT_A_TIME:
            yield some
            some, size = [], 0
    yield some
