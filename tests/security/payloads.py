"""A public corpus of attempts at cross-site scripting (the package brs-kb), cut into bodies of stories."""

import os
from collections.abc import Callable, Iterator

import brs_kb

from articles.body.clean import MAX_TAGS

LONGEST = 200_000
A_PAGE_FULL = 400  # texts, where a page holds many
# One payload in so many is tried where all would take too long for every run; `make xss` tries every one.
EVERY = int(os.environ.get("XSS_EVERY", "10"))


def payloads() -> list[str]:
    """Every payload of the corpus."""
    return [entry["payload"] for entry in brs_kb.get_all_payloads().values()]


def corpus() -> list[str]:
    """Every payload as words that a form takes, and some twice, so that they fill pages."""
    texts = list(dict.fromkeys(text.replace("\x00", "").strip() for text in payloads()))
    return texts + texts[: -len(texts) % A_PAGE_FULL]


def bodies(before: Callable[[str], str] = str) -> Iterator[str]:
    """All payloads, each below a paragraph that says it is one, in as few bodies as the limits allow.

    `before` is done to each alone: as it stands, one that opens a comment hides those that follow.
    """
    body = ""
    for payload in payloads():
        more = f"<p>Payload:</p>\n{before(payload)}\n"
        if body and (len(body) + len(more) > LONGEST or (body + more).count("<") > MAX_TAGS // 2):
            yield body
            body = ""
        body += more
    yield body
