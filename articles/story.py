"""Story: what compiling a draft gives, and all that the readers' templates ever see. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.html import trusted

from .body.references import around_stories
from .draft import TELLING, Role, Spoiler
from .ladder import SHAPES, SHARED, rungs

WARNINGS = {
    Spoiler.MILD: "This story has mild spoilers",
    Spoiler.MAJOR: "This story has major spoilers",
    Spoiler.ENDING: "This story gives the ending away",
}
ROLE_LABELS = {Role.WORDS: "", Role.PICTURES: "Pictures by", Role.EDITING: "Edited by"}


FOCUS_STEPS = 5
# How many stories stand at the end of one.
CARDS = 3


@dataclass(frozen=True)
class Link:
    """A name with a page: a section (with its colour's name) or a topic."""

    name: str
    path: str
    colour: str = ""


@dataclass(frozen=True)
class Credit:
    """One name of the byline as it is printed."""

    name: str
    path: str
    role: str = Role.WORDS

    @property
    def role_label(self) -> str:
        return ROLE_LABELS.get(Role(self.role), "")


@dataclass(frozen=True)
class Cut:
    """A picture in one shape: its size in pixels, its JPEG, and every width of it as WebP and as AVIF (srcset)."""

    width: int
    height: int
    src: str
    srcset: str
    avif: str


@dataclass(frozen=True)
class Picture:
    """A picture as pages show it: its size in pixels, and the address of the folder with its public files.

    `focal` is the point that stays in view where it is cut, as file names have it (50-33). `rights_until` is
    the last day on which it may be shown (2026-12-31), or "".
    """

    alt: str
    caption: str
    credit: str
    width: int
    height: int
    folder: str
    focal: str = "50-50"
    credit_url: str = ""
    is_decorative: bool = False
    rights_until: str = ""

    @property
    def is_expired(self) -> bool:
        return bool(self.rights_until) and self.rights_until < timezone.localdate().isoformat()

    @lru_cache(maxsize=8192)  # noqa: B019  A picture is a value: what is kept for it serves its like.
    def cut(self, name: str = "") -> Cut:
        """The picture in the shape of this name, "" for the whole of it."""
        files = list(rungs(SHAPES[name], self.width, self.height, self.focal))
        jpeg = files[-1]
        sets = {kind: [rung for rung in files if rung.kind == kind] for kind in ("webp", "avif")}
        written = {
            kind: ", ".join(f"{self.folder}{rung.name} {rung.width}w" for rung in made) for kind, made in sets.items()
        }
        return Cut(jpeg.width, jpeg.height, self.folder + jpeg.name, written["webp"], written["avif"])

    @property
    def whole(self) -> Cut:
        return self.cut()

    @property
    def shared(self) -> Cut:
        """What other sites show of a story."""
        return self.cut(SHARED.name)

    @property
    def largest(self) -> str:
        """The address of the largest file of the whole picture."""
        return self.whole.srcset.rsplit(", ", 1)[-1].split(" ")[0]

    @property
    def focus(self) -> str:
        """The classes for the focal point, for a picture that a page itself cuts; "" for the middle.

        The style sheet knows five steps each way: readers' pages may carry no style of their own.
        """
        across, down = (min(int(place) * FOCUS_STEPS // 100, FOCUS_STEPS - 1) for place in self.focal.split("-"))
        middle = FOCUS_STEPS // 2
        return "" if (across, down) == (middle, middle) else f"focus-x-{across} focus-y-{down}"


@dataclass(frozen=True)
class Parts:
    """The names, paths and pictures that a draft's ids stand for, loaded before compiling; `images` are the body's."""

    section: Link | None = None
    topics: tuple[Link, ...] = ()
    bylines: tuple[Credit, ...] = ()
    picture: Picture | None = None
    safe_picture: Picture | None = None
    stand_in: Picture | None = None
    images: Mapping[int, Picture] = field(default_factory=dict)

    @property
    def shown(self) -> "Parts":
        """These parts as of today: for a picture whose rights are over stands the section's stand-in, or none.

        In the body there is none.
        """
        return replace(
            self,
            picture=self._allowed(self.picture),
            safe_picture=self._allowed(self.safe_picture),
            images={pk: image for pk, image in self.images.items() if not image.is_expired},
        )

    def _allowed(self, picture: Picture | None) -> Picture | None:
        if picture is None or not picture.is_expired:
            return picture
        return self.stand_in if self.stand_in and not self.stand_in.is_expired else None

    def to_json(self) -> dict[str, Any]:
        return {
            "section": vars(self.section) if self.section else None,
            "topics": [vars(topic) for topic in self.topics],
            "bylines": [vars(credit) for credit in self.bylines],
            "picture": vars(self.picture) if self.picture else None,
            "safe_picture": vars(self.safe_picture) if self.safe_picture else None,
            "stand_in": vars(self.stand_in) if self.stand_in else None,
            "images": {str(pk): vars(image) for pk, image in self.images.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Parts":
        return cls(
            section=Link(**data["section"]) if data.get("section") else None,
            topics=tuple(Link(**topic) for topic in data.get("topics", ())),
            bylines=tuple(Credit(**credit) for credit in data.get("bylines", ())),
            picture=Picture(**data["picture"]) if data.get("picture") else None,
            safe_picture=Picture(**data["safe_picture"]) if data.get("safe_picture") else None,
            stand_in=Picture(**data["stand_in"]) if data.get("stand_in") else None,
            images={int(pk): Picture(**image) for pk, image in data.get("images", {}).items()},
        )


@dataclass(frozen=True)
class Compiled:
    """What compiling makes of a draft's words: finished HTML, its text, and the count of words.

    What spoilers hide is not in `text`, which may be shown anywhere, but in `hidden`; both are counted.
    """

    html: SafeString
    text: str
    words: int
    hidden: str = ""


class NoticeKind(TextChoices):
    """What a notice of an error does: it mends what was wrong, or says more plainly what was not."""

    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"


class NoticePlace(TextChoices):
    """Where a story shows a correction."""

    TOP = "top", "At the top, above the story"
    FOOT = "foot", "At the foot, below the story"


@dataclass(frozen=True)
class Notice:
    """A correction or clarification as readers get it; its text is plain."""

    kind: str
    text: str
    at: datetime
    place: str = NoticePlace.FOOT
    spotted_by: str = ""

    @property
    def label(self) -> str:
        return NoticeKind(self.kind).label


@dataclass(frozen=True, kw_only=True)
class Abroad:
    """What others show of a story: search engines, social sites, data for machines. It gives nothing away."""

    headline: str
    search_title: str
    search_description: str
    social_title: str
    social_description: str
    picture: Picture | None = None


def abroad(words: Any, parts: Parts) -> Abroad:
    """What others show of a draft or an edition: the words meant for them, else the story's own."""
    is_telling = words.spoiler in TELLING
    headline = (is_telling and words.safe_headline) or words.headline
    return Abroad(
        headline=headline,
        search_title=words.search_title or headline,
        search_description=words.search_description or words.dek,
        social_title=words.social_title or headline,
        social_description=words.social_description or words.dek,
        picture=parts.safe_picture if is_telling else parts.picture,
    )


@dataclass(frozen=True, kw_only=True)
class Card:
    """A story in a list."""

    article_id: int
    headline: str
    dek: str
    path: str
    section: Link
    bylines: tuple[Credit, ...] = ()
    picture: Picture | None = None
    published_at: datetime
    updated_at: datetime
    sponsor: str = ""
    prompt: str = ""
    answers: tuple[str, ...] = ()
    minutes: int = 1
    spoiler: str = Spoiler.NONE

    @property
    def is_updated(self) -> bool:
        return self.updated_at > self.published_at

    def dressed(self, *, headline: str, picture: Picture | None) -> "Card":
        """The card with these instead of its own; without them, and for a picture whose rights are over, as it is."""
        other = picture if picture and not picture.is_expired else self.picture
        return replace(self, headline=headline or self.headline, picture=other)


@dataclass(frozen=True)
class Piece:
    """A stretch of a story's body: finished HTML, or the card of another story."""

    html: SafeString | None = None
    card: Card | None = None


def pieces_of(html: str, cards: Mapping[int, Card]) -> list[Piece]:
    """Compiled HTML in order, with those of these cards to which it refers; for any other its place stays empty."""
    stretches = [
        Piece(card=cards.get(int(part))) if place % 2 else Piece(html=trusted(part))
        for place, part in enumerate(around_stories(html))
    ]
    return [piece for piece in stretches if piece.html or piece.card]


@dataclass(frozen=True, kw_only=True)
class Story(Card):
    """A story on its own page. `html` is safe: it came from the compiler.

    `corrections`, and in `related` the cards of other stories by article id, come when it is rendered: those that
    its body refers to, and of `onward` those that are live.
    """

    html: SafeString
    topics: tuple[Link, ...] = field(default=())
    trailer_url: str = ""
    canonical_url: str = ""
    url: str = ""
    words: int = 0
    onward: tuple[int, ...] = ()
    spoiler_scope: str = ""
    abroad: Abroad
    corrections: tuple[Notice, ...] = ()
    related: Mapping[int, Card] = field(default_factory=dict)

    @property
    def pieces(self) -> list[Piece]:
        """The body in order, with cards where it refers to stories that are live."""
        return pieces_of(self.html, self.related)

    @property
    def read_next(self) -> list[Card]:
        """The stories to go on with, at most three."""
        return [self.related[pk] for pk in self.onward if pk in self.related][:CARDS]

    @property
    def next_in_section(self) -> Card | None:
        """One more of its section."""
        rest = [self.related[pk] for pk in self.onward if pk in self.related][CARDS:]
        return next((card for card in rest if card.section == self.section), None)

    @property
    def has_gallery(self) -> bool:
        return '<div class="gallery"' in self.html

    @property
    def has_player(self) -> bool:
        """Whether something of another site waits to be played."""
        return bool(self.trailer_url) or '<div class="embed"' in self.html

    @property
    def warning(self) -> str:
        """What a reader is told before the story gives something away; "" when it does not."""
        words = WARNINGS.get(Spoiler(self.spoiler), "")
        return words and f"{words}{f' for {self.spoiler_scope}' if self.spoiler_scope else ''}."

    @property
    def corrections_at_top(self) -> list[Notice]:
        return [notice for notice in self.corrections if notice.place == NoticePlace.TOP]

    @property
    def corrections_at_foot(self) -> list[Notice]:
        return [notice for notice in self.corrections if notice.place == NoticePlace.FOOT]
