"""What a reader types becomes HTML on write: escaped first, then a few marks. Pure.

Bold, italic, links, > quotes, - lists and ||spoilers||. `plain` is the same text for where nothing may be given away.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString

from newsroom.lib.html import trusted

BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![*\w])")
LINK = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,200})\]\((?P<address>https?://\w[^\s<>\"'()]{2,300})\)"
    r"|(?P<bare>https?://\w[^\s<>\"']{2,300})"
)
SPOILER = re.compile(r"\|\|(?=\S)((?:(?!\|\|).){1,2000})(?<=\S)\|\|", re.DOTALL)
QUOTE = re.compile(r"> ?")
ITEM = re.compile(r"[-*] (?=\S)")
TAG = re.compile(r"(<[^>]*>)")
TRAILING = ".,;:!?)"
HIDDEN = "[spoiler]"


def tidy(text: str) -> str:
    """The text as it is stored: no control characters, plain spaces, at most one blank line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if char.isspace() and char != "\n" else char for char in text)
    text = "".join(char for char in text if char == "\n" or char.isprintable() or char in "\u200d")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def render(text: str) -> SafeString:
    """The HTML of a tidied text."""
    return trusted("".join(_blocks(text)))


def plain(text: str) -> str:
    """A tidied text in one line, without marks and with nothing that a spoiler hides."""
    shown = SPOILER.sub(HIDDEN, text)
    shown = LINK.sub(lambda found: found["label"] or found["bare"], shown)
    for mark in (BOLD, ITALIC):
        shown = mark.sub(r"\1", shown)
    return " ".join(re.sub(r"(?m)^(> ?|[-*] )+", "", shown).split())


def highlighted(html: str, stretches: Iterable[str]) -> SafeString:
    """Rendered HTML with these stretches of its text marked, wherever they stand in one piece."""
    longest_first = sorted({str(escape(stretch)) for stretch in stretches if stretch.strip()}, key=len, reverse=True)
    if not longest_first:
        return trusted(html)
    # What stands for one character is passed over whole: no "amp" is found in "&amp;".
    wanted = re.compile(f"({'|'.join(map(re.escape, longest_first))})|&#?\\w+;")
    parts = TAG.split(html)
    parts[::2] = [wanted.sub(lambda hit: f"<mark>{hit[1]}</mark>" if hit[1] else hit[0], part) for part in parts[::2]]
    return trusted("".join(parts))


def quoted(text: str) -> str:
    """A text as a quote that somebody answers, with nothing that a spoiler hides."""
    return "".join(f"> {line}\n" for line in SPOILER.sub(HIDDEN, text).split("\n") if not QUOTE.match(line))


def _kind(line: str) -> str:
    if QUOTE.match(line):
        return "quote"
    return "item" if ITEM.match(line) else "words"


def _blocks(text: str) -> Iterator[str]:
    for kind, lines in groupby(text.split("\n"), _kind):
        if kind == "quote":
            inner = "\n".join(QUOTE.sub("", line, count=1) for line in lines)
            yield f"<blockquote>{''.join(_paragraphs(inner))}</blockquote>"
        elif kind == "item":
            items = (ITEM.sub("", line, count=1) for line in lines)
            yield f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"
        else:
            yield from _paragraphs("\n".join(lines))


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs; one with a spoiler is no <p>, which cannot hold what folds."""
    for part in re.split(r"\n\s*\n", text):
        if words := part.strip("\n"):
            html = _inline(words)
            yield f'<div class="para">{html}</div>' if "<details" in html else f"<p>{html}</p>"


def _inline(text: str) -> str:
    parts = SPOILER.split(text)
    return "".join(_spoiler(part) if place % 2 else _linked(part) for place, part in enumerate(parts))


def _spoiler(text: str) -> str:
    return f'<details class="hides"><summary>Spoiler</summary><span data-nosnippet>{_linked(text)}</span></details>'


def _linked(text: str) -> str:
    """Links are set aside before bold and italic, so that an address with stars in it stays one."""
    parts, end = [], 0
    for match in LINK.finditer(text):
        address = match["address"] or match["bare"].rstrip(TRAILING)
        stop = match.end() if match["address"] else match.start() + len(address)
        parts += [_emphasis(text[end : match.start()]), _link(address, match["label"])]
        end = stop
    return "".join([*parts, _emphasis(text[end:])]).replace("\n", "<br>")


def _emphasis(text: str) -> str:
    return ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


def _link(address: str, label: str | None) -> str:
    """A link that says where it leads, whatever its words are."""
    shown = address.partition("://")[2]
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    words = f"{label} ({_host(address)})" if label else shown
    return f'<a href="{escape(address)}" rel="ugc nofollow noopener">{escape(words)}</a>'


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return address.partition("://")[2].partition("/")[0]
