"""Looking a story over before it leaves the desk: what blocks it, and what merely deserves a look. Pure.

Saving a draft asks none of it; submitting and publishing ask all of it, in the verb.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.dateformat import format as date_format

from .body.compile import compile_body
from .body.languages import NAMES, unmarked
from .body.references import images_in
from .body.text import excerpt
from .draft import FEWEST_ANSWERS, LONGEST_ANSWER, MOST_ANSWERS, TELLING, Draft
from .story import Compiled, Parts

HEADLINE_SHOULD_BE = 110  # characters; what search results and cards show whole

# "TK" is the trade's word for what is still to come.
PLACEHOLDER = re.compile(r"\b(?:TK)+\b|\[\.\.\.\]|\b[Ll]orem ipsum\b")
PLACES = ("headline", "dek", "prompt", "safe_headline", "search_title", "search_description", "social_title")
TYPED_PROMPT = re.compile(r"\b(?:let us know|tell us|sound off)\b[^.!?\n]*\bcomments\b", re.IGNORECASE)
HEADING = re.compile(r"<h([2-6])\b")
LINK = re.compile(r"<a href=[^>]*>(.*?)</a>", re.DOTALL)
TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
EMPTY_WORDS = frozenset({"here", "click here", "this", "link", "this link", "read more", "more"})


@dataclass(frozen=True)
class Finding:
    """One thing to say of a story, and whether it may leave the desk so."""

    field: str
    sentence: str
    blocks: bool


class Incomplete(Exception):
    """What still stands in the way, one sentence a field: `missing` maps field to sentence."""

    def __init__(self, findings: list[Finding]) -> None:
        self.missing = {finding.field: finding.sentence for finding in findings}
        super().__init__(" ".join(finding.sentence for finding in findings))


@dataclass(frozen=True)
class Looked:
    """What the checks look at."""

    draft: Draft
    parts: Parts
    compiled: Compiled


def preflight(draft: Draft, parts: Parts) -> list[Finding]:
    """All there is to say of a story: what blocks first, each in the order of the page."""
    looked = Looked(draft, parts, compile_body(draft.body, parts))
    blocks = [Finding(field, text, True) for check in BLOCKERS for field, text in check(looked)]
    return blocks + [Finding(field, text, False) for check in HINTS for field, text in check(looked)]


def require(draft: Draft, parts: Parts) -> None:
    """Raises Incomplete when something stands in the way."""
    blocking = [finding for finding in preflight(draft, parts) if finding.blocks]
    if blocking:
        raise Incomplete(blocking)


Said = Iterator[tuple[str, str]]

# --- What blocks -----------------------------------------------------------------------------------


def nothing_there(looked: Looked) -> Said:
    if not looked.draft.headline:
        yield "headline", "The story needs a headline."
    if not looked.parts.section:
        yield "section", "The story needs a section."
    if not looked.parts.bylines:
        yield "bylines", "The story needs a byline."
    if not looked.compiled.words and not looked.parts.images:
        yield "body", "The story needs a body."


def bare_picture(looked: Looked) -> Said:
    picture = looked.parts.picture
    if picture and not picture.alt and not picture.is_decorative:
        yield "lead_image", "The picture needs alternative text: what it shows, for those who cannot see it."
    if picture and not picture.credit:
        yield "lead_image", "The picture needs a credit."


def rights_over(looked: Looked) -> Said:
    pictures = {"lead_image": looked.parts.picture, "safe_image": looked.parts.safe_picture}
    for field, picture in pictures.items():
        if picture and picture.is_expired:
            name = "picture" if field == "lead_image" else "spoiler-free picture"
            day = date_format(date.fromisoformat(picture.rights_until), "j F Y")
            yield field, f"The rights to the {name} ended on {day}. Choose another."


def bare_pictures_in_the_body(looked: Looked) -> Said:
    """Each picture of the body that cannot be shown so; by its place, for there may be many."""
    for place, picture in enumerate(looked.parts.images.values(), start=1):
        said = {"alternative text": picture.alt or picture.is_decorative, "a credit": picture.credit}
        missing = [what for what, words in said.items() if not words]
        if missing:
            yield "body", f"Picture {place} in the body needs {' and '.join(missing)}."
        if picture.is_expired:
            yield "body", f"The rights to picture {place} in the body are over. Choose another."


def skipped_heading(looked: Looked) -> Said:
    levels = [1, *map(int, HEADING.findall(looked.compiled.html))]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "body", "A heading level is skipped: a Heading 3 stands below a Heading 2."


def placeholder(looked: Looked) -> Said:
    for field in PLACES:
        if match := PLACEHOLDER.search(getattr(looked.draft, field)):
            yield field, f"“{match.group()}” still waits to be filled in."
    if match := PLACEHOLDER.search(f"{looked.compiled.text}\n{looked.compiled.hidden}"):
        yield "body", f"“{match.group()}” in the body still waits to be filled in."


def prompt_twice(looked: Looked) -> Said:
    match = TYPED_PROMPT.search(looked.compiled.text)
    if looked.draft.prompt and match:
        yield "body", f"“{match.group()}” in the body asks a second time: the prompt does that."


def answers_to_choose_from(looked: Looked) -> Said:
    """What is wrong with the answers below the prompt, if there are any."""
    lines = looked.draft.answers.rstrip().split("\n")
    said = [answer for answer in map(str.strip, lines) if answer]
    if not said:
        return
    if not looked.draft.prompt:
        yield "answers", "There are answers, but no prompt that asks for them."
    if len(lines) > MOST_ANSWERS or len(said) < FEWEST_ANSWERS:
        yield "answers", f"There may be two to six answers, one a line; there are {len(said)} on {len(lines)} lines."
    if len({answer.casefold() for answer in said}) < len(said):
        yield "answers", "Two of the answers are the same."
    if too_long := [answer for answer in said if len(answer) > LONGEST_ANSWER]:
        yield "answers", f"“{too_long[0][:40]}…” is longer than the {LONGEST_ANSWER} characters an answer may have."


def gives_away(looked: Looked) -> Said:
    if looked.draft.spoiler in TELLING and not looked.draft.safe_headline:
        yield "safe_headline", "A story that gives much away needs a spoiler-free title for lists and shares."


BLOCKERS: tuple[Callable[[Looked], Said], ...] = (
    nothing_there,
    bare_picture,
    rights_over,
    bare_pictures_in_the_body,
    skipped_heading,
    placeholder,
    prompt_twice,
    answers_to_choose_from,
    gives_away,
)

# --- What deserves a look --------------------------------------------------------------------------


def long_headline(looked: Looked) -> Said:
    length = len(looked.draft.headline)
    if length > HEADLINE_SHOULD_BE:
        yield "headline", f"The headline has {length} characters; over {HEADLINE_SHOULD_BE} it is cut elsewhere."


def not_there_yet(looked: Looked) -> Said:
    if not looked.draft.dek:
        yield "dek", "There is no dek."
    if not looked.parts.topics:
        yield "about", "There is no topic."


def empty_link_words(looked: Looked) -> Said:
    for text in LINK.findall(looked.compiled.html):
        words = TAG.sub("", text).strip()
        if words.lower() in EMPTY_WORDS:
            yield "body", f"A link says only “{words}”; say where it leads."


def lost_pictures(looked: Looked) -> Said:
    if len(images_in(looked.draft.body)) > len(looked.parts.images):
        yield "body", "A picture in the body is not in the library any more, and is left out."


def headless_table(looked: Looked) -> Said:
    if any("<th" not in table for table in TABLE.findall(looked.compiled.html)):
        yield "body", "A table has no headers: mark its first row or column as such."


def unmarked_language(looked: Looked) -> Said:
    """One sentence a language, with the first of its paragraphs."""
    first: dict[str, str] = {}
    for code, text in unmarked(looked.draft.body):
        first.setdefault(code, text)
    for code, text in first.items():
        said = f"“{excerpt(text, 48)}” reads like {NAMES[code]}. Select all that is, and mark it with “Set language”:"
        yield "body", f"{said} screen readers then say it right."


def spoils_what(looked: Looked) -> Said:
    if looked.draft.spoiler and not looked.draft.spoiler_scope:
        yield "spoiler_scope", "Say what is spoiled: the title, and the season or episode."
    if looked.draft.spoiler in TELLING and looked.parts.picture and not looked.parts.safe_picture:
        yield "safe_image", "Without a spoiler-free picture, lists show none."


HINTS: tuple[Callable[[Looked], Said], ...] = (
    long_headline,
    not_there_yet,
    empty_link_words,
    lost_pictures,
    headless_table,
    unmarked_language,
    spoils_what,
)
