"""The map of the site for tests: every address there is, so that a new one is tried without anyone thinking of it."""

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

# <int:pk>, <id> and (?P<key>...); a group of ours holds no other group.
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
SHUT = ("/admin/", "/desk/")


def patterns() -> list[str]:
    """Every pattern of the site from its root on, as the map has it: "/desk/comments/<int:pk>/approve/"."""

    def walk(entries: list, prefix: str) -> Iterator[str]:
        for entry in entries:
            text = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, text)
            elif isinstance(entry, URLPattern):
                yield text

    return list(dict.fromkeys(walk(get_resolver().url_patterns, "/")))


def staff_patterns() -> list[str]:
    """Those of the admin and the desk."""
    return [pattern for pattern in patterns() if pattern.startswith(SHUT)]


def readers_patterns() -> list[str]:
    """All others."""
    return [pattern for pattern in patterns() if not pattern.startswith(SHUT)]


def holes(pattern: str) -> list[str]:
    """The names of what varies in a pattern."""
    return [found[1] or found[2] for found in re.finditer(f"{GROUP.pattern}|{CONVERTER.pattern}", pattern)]


def fill(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern's address with these values. Raises KeyError for a hole without one."""
    text = GROUP.sub(lambda found: str(values[found[1]]), pattern)
    text = CONVERTER.sub(lambda found: str(values[found[1]]), text)
    return text.replace("^", "").replace("\\Z", "").removesuffix("$")
