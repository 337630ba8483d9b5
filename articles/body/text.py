"""Plain text of a body: for excerpts, descriptions, search and counts."""

import re

BLANK_LINES = re.compile(r"\n\s*\n+")
SPACES = re.compile(r"[ \t\xa0]+")


def tidy(text: str) -> str:
    """Text with single spaces and one blank line between paragraphs."""
    return BLANK_LINES.sub("\n\n", SPACES.sub(" ", text)).strip()


def excerpt(text: str, limit: int = 200) -> str:
    """The beginning of a text, at most `limit` characters, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else cut_at_word(flat, limit - 1) + "…"


def cut_at_word(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, ending with a whole word where there is one."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1].rsplit(" ", 1)[0]
    return (head if len(head) <= limit else text[:limit]).rstrip(" ,;:–—-")
