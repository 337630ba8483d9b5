"""Trying phrases out: what the last comments would have met with, and what a text would. Nothing is changed by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsroom.lib.people import Person

from . import phrasing
from .models import Comment
from .models.remit import MODERATORS_RIGHT
from .screening import LISTS, Look, Phrases, Screened, compiled, decide
from .screening.decide import Span
from .workflow import State

LAST, LISTED = 1_000, 20
# How much of a comment stands around the first of its matches.
BEFORE, AROUND = 60, 320
READABLE = (State.SHOWN, State.HELD, State.REJECTED)


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it was matched."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Met:
    """A comment, or a text, with what was found in it."""

    comment: Comment | None
    verdict: Screened
    pieces: list[Piece]


@dataclass(frozen=True)
class Trial:
    """How many comments were looked through, how many would be held and flagged, and some of those."""

    looked_at: int
    held: int
    flagged: int
    some: list[Met]


def with_list(phrases: Iterable[tuple[str, str]]) -> Phrases:
    """The list as it would be with these phrases."""
    now = phrasing.current()
    return compiled([*phrasing.rows(), *phrases], now.version)


def try_on_comments(phrases: Phrases, *, by: Person) -> Trial:
    """What the last comments that somebody may read would have met with. Four queries at most."""
    everything = Comment.objects.filter(state__in=READABLE).select_related("author", "discussion")
    readable = everything.moderated_by(by) if by.has_perm(MODERATORS_RIGHT) else everything.public()
    comments = list(readable.newest_first()[:LAST])
    names = phrasing.names_by_article({comment.discussion.article_id for comment in comments})
    found = [_met(comment, phrases, names.get(comment.discussion.article_id, ())) for comment in comments]
    met = [one for one in found if one.verdict.signals]
    return Trial(
        looked_at=len(comments),
        held=sum(one.verdict.state == State.HELD for one in met),
        flagged=sum(one.verdict.is_flagged for one in met),
        some=sorted(met, key=lambda one: -one.verdict.action)[:LISTED],
    )


def _met(comment: Comment, phrases: Phrases, names: Sequence[str]) -> Met:
    return try_on_text(comment.body, phrases, names, comment)


def try_on_text(text: str, phrases: Phrases, names: Sequence[str] = (), comment: Comment | None = None) -> Met:
    """What a text meets with by the list, whoever wrote it."""
    look = Look(body=text, phrases=phrases, names=tuple(names))
    verdict = decide([signal for check in LISTS if (signal := check(look))])
    return Met(comment, verdict, around(text, [span for signal in verdict.signals for span in signal.matched]))


def around(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text about its first match, in pieces; the whole of a short one."""
    matched = _merged(spans)
    first = max(0, matched[0][0] - BEFORE) if matched and len(text) > AROUND else 0
    last = min(len(text), first + AROUND)
    pieces, at = [Piece("…", is_match=False)] if first else [], first
    for start, end in matched:
        if start < last:
            pieces += [Piece(text[at:start], is_match=False), Piece(text[start:end], is_match=True)]
            at = end
    pieces.append(Piece(text[at:last], is_match=False))
    pieces += [Piece("…", is_match=False)] if last < len(text) else []
    return [piece for piece in pieces if piece.text]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in the order of the text, those that overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
