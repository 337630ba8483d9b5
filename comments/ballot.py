"""The answers to a story's question with what readers chose, measured for a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100


@dataclass(frozen=True)
class Choice:
    """One answer: its place from 1, its words, how many chose it, and its share of all in percent."""

    place: int
    text: str
    votes: int
    share: int


@dataclass(frozen=True)
class Ballot:
    """The answers that can be chosen now, and how many readers have chosen one of them."""

    choices: tuple[Choice, ...] = ()
    total: int = 0

    def text(self, place: int | None) -> str:
        """The words of the answer at a place; "" for one that was taken back."""
        return next((choice.text for choice in self.choices if choice.place == place), "")

    def __bool__(self) -> bool:
        return bool(self.choices)


def ballot(answers: Sequence[str], votes: Sequence[int]) -> Ballot:
    """The answers with their counts; an answer taken back is left out, and so are its votes."""
    standing = [(place, text, votes[place - 1]) for place, text in enumerate(answers, 1) if text]
    total = sum(count for _, _, count in standing)
    return Ballot(
        tuple(
            Choice(place, text, count, round(WIDTH * count / total) if total else 0) for place, text, count in standing
        ),
        total,
    )
