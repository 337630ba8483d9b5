"""Where a text leads to: links, and names of sites that are only written out. Pure, and linear in the text."""

import re
from dataclasses import dataclass

# What a link begins with, and the host's name: nowhere inside a longer name, so that each is read once.
HOST = re.compile(
    r"(?<![\w.@-])(?P<begins>https?://(?:[^\s/@]{1,100}@)?|www\.)?(?P<host>(?:[\w-]{1,63}\.){1,10}[^\W\d_][\w-]{1,62})"
)


@dataclass(frozen=True)
class Link:
    """A site that is named, whether by what becomes a link, and the characters that it takes."""

    host: str
    is_link: bool
    start: int
    end: int


def links_in(text: str) -> list[Link]:
    """Every site that a text names, in its order."""
    return [
        Link(found["host"].casefold().removeprefix("www."), bool(found["begins"]), *found.span())
        for found in HOST.finditer(text)
    ]


def above(host: str) -> list[str]:
    """A host and all that it is part of: a.b.example, b.example, example."""
    parts = host.casefold().split(".")
    return [".".join(parts[place:]) for place in range(len(parts))]
