"""What a reader types becomes HTML on write: escaped first, then paragraphs, bold, italic and links. Pure."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString

from newsroom.lib.html import trusted

BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![*\w])")
LINK = re.compile(r"https?://\w[^\s<>\"']{2,300}")
TRAILING = ".,;:!?)"


def tidy(text: str) -> str:
    """The text as it is stored: no control characters, plain spaces, at most one blank line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if char.isspace() and char != "\n" else char for char in text)
    text = "".join(char for char in text if char == "\n" or char.isprintable() or char in "\u200d")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def render(text: str) -> SafeString:
    """The HTML of a tidied text."""
    paragraphs = [f"<p>{_inline(part)}</p>" for part in text.split("\n\n") if part.strip()]
    return trusted("".join(paragraphs))


def _inline(text: str) -> str:
    """Links are set aside before bold and italic, so that an address with stars in it stays one."""
    parts, end = [], 0
    for match in LINK.finditer(text):
        address = match.group().rstrip(TRAILING)
        parts += [_emphasis(text[end : match.start()]), _link(address)]
        end = match.start() + len(address)
    return "".join([*parts, _emphasis(text[end:])]).replace("\n", "<br>")


def _emphasis(text: str) -> str:
    return ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


def _link(address: str) -> str:
    shown = address.partition("://")[2]
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return f'<a href="{escape(address)}" rel="ugc nofollow noopener">{escape(shown)}</a>'
