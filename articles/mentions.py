"""Mentions in a note: @ and a user name. Pure; who is meant, and may be told, is asked by notes.py."""

import re

# The signs Django allows in a user name. What stands before the @ must not make it an address of mail.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]{1,150})")
TRAILING = ".@+-"
MOST = 20


def mentioned(text: str) -> tuple[str, ...]:
    """The user names that a text mentions, in lower case, each once, at most MOST.

    The full stop after a name ends the sentence and is no part of it.
    """
    names = (match.rstrip(TRAILING).lower() for match in MENTION.findall(text))
    return tuple(dict.fromkeys(name for name in names if name))[:MOST]
