"""Draft: every field an editor can set, as one value. Pure; rows are made of it in editing.py."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import TextChoices


class Role(TextChoices):
    """What a name in the byline did."""

    WORDS = "words", "Words"
    PICTURES = "pictures", "Pictures"
    EDITING = "editing", "Editing"


class DiscussionSetting(TextChoices):
    """Whether readers may discuss a story from its first edition on."""

    OPEN = "open", "Open"
    MODERATED = "moderated", "Open: a moderator reads every comment first"
    CLOSED = "closed", "Closed: no new comments"


class Spoiler(TextChoices):
    """How much a story gives away of what it is about."""

    NONE = "", "Nothing"
    MILD = "mild", "A little: mild spoilers"
    MAJOR = "major", "Much: major spoilers"
    ENDING = "ending", "How it ends"


# From here on a story's cards, and what is shared of it, go out with the safe headline and the safe picture.
TELLING = frozenset({Spoiler.MAJOR, Spoiler.ENDING})


# The fields of one line, and all that an article has as columns of the same name.
LINES = (
    "headline dek slug trailer_url prompt canonical_url sponsor spoiler_scope safe_headline"
    " search_title search_description social_title social_description"
).split()
COLUMNS = [*LINES, "body", "answers", "discussion", "printed_at", "spoiler"]

# What readers may choose from below the prompt.
MOST_ANSWERS, FEWEST_ANSWERS = 6, 2
LONGEST_ANSWER = 80


def answers_of(text: str) -> tuple[str, ...]:
    """The answers that a text of one a line offers, by their place, from 1; an empty line is one taken back."""
    return tuple(" ".join(line.split()) for line in text.split("\n"))[:MOST_ANSWERS] if text.strip() else ()


@dataclass(frozen=True)
class BylinePart:
    """One name of the byline, by the author's id."""

    author: int
    role: str = Role.WORDS


@dataclass(frozen=True)
class Draft:
    """The words and choices of a story, before anyone has asked whether they are complete.

    `section`, `topics`, `bylines` and the images are ids; `printed_at` is the date of a story that
    ran before it came here, else None. What is empty of the search and social fields is taken from the
    headline and the dek; `spoiler_scope` says what is spoiled, as in "Season 2, episode 8"; of `answers` there is
    one a line.
    """

    headline: str = ""
    dek: str = ""
    slug: str = ""
    body: str = ""
    section: int | None = None
    topics: tuple[int, ...] = ()
    bylines: tuple[BylinePart, ...] = ()
    lead_image: int | None = None
    trailer_url: str = ""
    prompt: str = ""
    answers: str = ""
    discussion: str = DiscussionSetting.OPEN
    canonical_url: str = ""
    sponsor: str = ""
    printed_at: datetime | None = None
    spoiler: str = Spoiler.NONE
    spoiler_scope: str = ""
    safe_headline: str = ""
    safe_image: int | None = None
    search_title: str = ""
    search_description: str = ""
    social_title: str = ""
    social_description: str = ""

    def to_json(self) -> dict[str, Any]:
        """The draft as plain JSON values, for revisions and an edition's source."""
        data = asdict(self)
        data["printed_at"] = self.printed_at.isoformat() if self.printed_at else None
        data["topics"] = list(self.topics)
        data["bylines"] = list(data["bylines"])
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Draft":
        """The draft that `to_json` wrote, by this release or an older one; unknown keys are passed over."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        if values.get("printed_at"):
            values["printed_at"] = datetime.fromisoformat(values["printed_at"])
        values["topics"] = tuple(values.get("topics", ()))
        values["bylines"] = tuple(BylinePart(**part) for part in values.get("bylines", ()))
        return cls(**values)


def differences(old: Draft, new: Draft) -> list[str]:
    """The names of the fields in which two drafts differ, in the draft's order."""
    return [field.name for field in fields(Draft) if getattr(old, field.name) != getattr(new, field.name)]
