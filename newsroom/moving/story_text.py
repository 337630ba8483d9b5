"""A story as it comes over the wire, in plain text, becomes its parts. Pure: no rows, no files.

An optional leading "date YYYY-MM-DD", paragraphs between blank lines, short lines without closing
punctuation as subheads, and perhaps a last paragraph that asks the readers and points to the comments.
"""

import re
from dataclasses import dataclass
from datetime import date
from html import escape

from articles.body.text import cut_at_word

HEADLINE_UNDER = 110
SUBHEAD_CHARACTERS = 80
PROMPT_CHARACTERS = 300

DATE = re.compile(r"\s*date[ \t]+(\S+)[ \t]*")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE = re.compile(r".+?[.!?…][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z0-9]|\s*$)", re.DOTALL)
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|Vol|Ep)|\b[A-Z])\.$")
CLOSED = (".", "!", "?", "…", ":", ";", ",", '"', "”", "'", "’", ")")
ASKS = re.compile(r"\?|\b(?:let us know|tell us|share your|sound off)\b", re.IGNORECASE)
POINTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


class Unreadable(ValueError):
    """The text is no story; the message says why."""


@dataclass(frozen=True)
class WireStory:
    """The parts of a story; `body` is HTML of <p> and <h2>, `printed_on` its date or None."""

    headline: str
    body: str
    prompt: str
    printed_on: date | None


def parse(text: str) -> WireStory:
    """Read a story. Raises Unreadable for an empty text or a bad date."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    printed_on, text = split_date(text)
    paragraphs = [" ".join(part.split()) for part in BLANK_LINE.split(text.strip()) if part.strip()]
    if not paragraphs:
        raise Unreadable("the file is empty")
    prompt = paragraphs.pop() if len(paragraphs) > 1 and is_prompt(paragraphs[-1]) else ""
    headline = headline_from(paragraphs[0])
    if is_subhead(paragraphs[0]) and len(paragraphs) > 1:
        del paragraphs[0]
    return WireStory(headline, "\n".join(map(as_html, paragraphs)), prompt, printed_on)


def split_date(text: str) -> tuple[date | None, str]:
    """The leading date, if there is one, and the text after it."""
    match = DATE.match(text)
    if match is None or not looks_like_date(match.group(1), text[match.end() :]):
        return None, text
    try:
        return date.fromisoformat(match.group(1)), text[match.end() :]
    except ValueError as error:
        raise Unreadable(f"bad date “{match.group(1)}”: write date YYYY-MM-DD") from error


def looks_like_date(word: str, rest: str) -> bool:
    """A word with a digit, or one that stands alone on the line after “date”."""
    return any(char.isdigit() for char in word) or rest.startswith("\n") or not rest.strip()


def is_subhead(paragraph: str) -> bool:
    return len(paragraph) <= SUBHEAD_CHARACTERS and not paragraph.endswith(CLOSED)


def is_prompt(paragraph: str) -> bool:
    """Whether a paragraph asks the readers and sends them to the comments."""
    return bool(len(paragraph) <= PROMPT_CHARACTERS and ASKS.search(paragraph) and POINTS.search(paragraph))


def as_html(paragraph: str) -> str:
    tag = "h2" if is_subhead(paragraph) else "p"
    return f"<{tag}>{escape(paragraph, quote=False)}</{tag}>"


def headline_from(paragraph: str) -> str:
    """The first sentence without its full stop, cut at a word under 110 characters."""
    sentence = first_sentence(paragraph)
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1]
    return cut_at_word(sentence, HEADLINE_UNDER - 1)


def first_sentence(paragraph: str) -> str:
    """Up to the first full stop that ends a sentence and not an initial or a title."""
    end = 0
    while match := SENTENCE.match(paragraph, end):
        end = match.end()
        if not ABBREVIATION.search(paragraph[:end]):
            break
    return paragraph[:end].strip() if end else paragraph
