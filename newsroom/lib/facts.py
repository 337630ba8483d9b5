"""What a page shows, by name, and what of that has changed: pages note it while they are made, verbs tell it.

A name is a word for what can change by itself: "story:5", "front". Which pages are stale by it is not said here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction
from django.dispatch import Signal

# Sent after commit: names= (a tuple of them), may_wait= (whether readers may have it a second late).
told = Signal()
# The name of what begins and ends by the clock: told of whenever such a moment is set or moved.
TIMETABLE = "timetable"

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def shows(*names: str) -> None:
    """Note that the page which is being made shows these, or would if they were there."""
    if (noted := _noted.get()) is not None:
        noted.update(names)


@contextmanager
def noting() -> Iterator[set[str]]:
    """The names of what is shown in the meantime."""
    names: set[str] = set()
    token = _noted.set(names)
    try:
        yield names
    finally:
        _noted.reset(token)


def changed(*names: str) -> None:
    """Tell that these are not what they were, once this transaction has committed; readers have it at once."""
    if names:
        transaction.on_commit(partial(told.send, None, names=names, may_wait=False))


def added(*names: str) -> None:
    """Tell that something has come to these, once this transaction has committed; readers have it within a second."""
    if names:
        transaction.on_commit(partial(told.send, None, names=names, may_wait=True))
