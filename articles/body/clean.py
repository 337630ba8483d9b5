"""The allow-list of what a body may hold. Everything else is dropped, on save and again on publish."""

import re
from urllib.parse import urlsplit

import nh3

# Measured with nh3 0.3.8: cleaning is quadratic in nesting; at these limits the worst input takes 0.2 s.
MAX_BYTES = 1_000_000
MAX_TAGS = 8_000

TAGS = frozenset("p h2 h3 strong em a ul ol li blockquote br".split())
ATTRIBUTES = {"a": {"href"}}
SCHEMES = frozenset({"http", "https", "mailto"})
# The elements whose text is no text.
DROPPED_WHOLE = frozenset({"script", "style"})
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")


class BodyTooHeavy(ValueError):
    """A body over the limits of size or number of tags; it is refused, not cut."""


def clean(html: str) -> str:
    """The body with nothing in it but the listed tags; cleaning it again changes nothing.

    Raises BodyTooHeavy over MAX_BYTES bytes or MAX_TAGS "<" signs.
    """
    html = html.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(html.encode(errors="replace")) > MAX_BYTES:
        raise BodyTooHeavy("The body is over one megabyte. Split the story, or take out what was pasted in.")
    if html.count("<") > MAX_TAGS:
        raise BodyTooHeavy("The body has too many elements. Paste it as plain text and format it again.")
    return EMPTY_PARAGRAPH.sub("\n", _pass(_pass(html))).strip()


def _pass(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """A link's address, or None to drop it: no address without a scheme but our own paths."""
    address = value.strip().replace("\\", "/")
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in SCHEMES:
        return address
    return address if address.startswith(("/", "#")) and not parts.netloc else None
