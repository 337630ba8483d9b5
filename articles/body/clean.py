"""What may be stored of a body: all but the allow-list is dropped, on save and again on publish."""

import re
from collections.abc import Set
from html import escape
from html.parser import HTMLParser

import nh3

from .allowed import MARKED, MARKED_WHOLE, SCHEMES, STORED, Allowed

# Measured with nh3 0.3.8: cleaning is quadratic in nesting; at these limits the worst input takes 0.2 s a pass.
MAX_BYTES = 1_000_000
MAX_TAGS = 8_000

# The elements whose text is no text.
DROPPED_WHOLE = frozenset({"script", "style"})
NO_MARKS: frozenset[str] = frozenset()
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")

# Elements of ours stand between paragraphs, never in a line; a box holds no other box, and a table no table.
LINES = frozenset("p h2 h3 strong em span a cite summary figcaption caption".split())
BOXES = frozenset({"aside", "details"})
NOT_WITHIN = {
    "aside": LINES | BOXES,
    "details": LINES | BOXES,
    "figure": LINES,
    "div": LINES,
    "table": LINES | {"table"},
    "cite": {"cite"},
}
IN_CAPTIONS = frozenset({"a", "em", "strong", "span"})
PARENTS = {
    "summary": {"details"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tr": {"thead", "tbody", "table"},
    "th": {"tr"},
    "td": {"tr"},
}


class BodyTooHeavy(ValueError):
    """A body over the limits of size or number of tags; it is refused, not cut."""


def clean(html: str) -> str:
    """The body with nothing in it but what may be stored; cleaning it again changes nothing.

    Raises BodyTooHeavy over MAX_BYTES bytes or MAX_TAGS "<" signs.
    """
    html = html.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(html.encode(errors="replace")) > MAX_BYTES:
        raise BodyTooHeavy("The body is over one megabyte. Split the story, or take out what was pasted in.")
    if html.count("<") > MAX_TAGS:
        raise BodyTooHeavy("The body has too many elements. Paste it as plain text and format it again.")
    html = _in_shape(only(STORED, only(STORED, html)))
    return EMPTY_PARAGRAPH.sub("\n", only(STORED, html)).strip()


def only(allowed: Allowed, html: str) -> str:
    """The HTML with only the elements, attributes and values of an allow-list."""

    def keep(tag: str, name: str, value: str) -> str | None:
        check = allowed.get(tag, {}).get(name)
        return check(value) if check else None

    return nh3.clean(
        html,
        tags=set(allowed),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes={tag: set(attributes) for tag, attributes in allowed.items() if attributes},
        attribute_filter=keep,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _in_shape(html: str) -> str:
    shaper = _Shaper()
    shaper.feed(html)
    shaper.close()
    return "".join(shaper.out)


class _Shaper(HTMLParser):
    """Keeps of well-formed HTML the elements that stand where they may; of the others, what they hold.

    A reference (an embed, a gallery, a story) holds nothing, and a picture nothing but its caption.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        # Every open element, and the name it is kept by: "" for one whose tags are dropped.
        self.open: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.write("<br>")
            return
        kept = tag if self.may_stand(tag, {name for name, _ in attrs}) else ""
        if kept:
            marks = self.marks(tag, attrs)
            written = "".join(f' {name}="{escape(value or "")}"' for name, value in marks)
            self.write(f"<{tag}{written}>", always=tag == "figcaption")
        elif tag in NOT_WITHIN or tag in PARENTS:
            self.write(" ")
        self.open.append((tag, kept))
        self.counts[kept] = self.counts.get(kept, 0) + 1

    def marks(self, tag: str, attrs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        """The attributes an element keeps: of ours the first, of an embed also its poster, always in this order."""
        if tag == "figure":
            return sorted(attrs)
        return attrs[:1] if tag in MARKED else attrs

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return
        _, kept = self.open.pop()
        self.counts[kept] -= 1
        if kept:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.write(escape(data, quote=False))

    def write(self, text: str, *, always: bool = False) -> None:
        if always or (not self.has("div") and (not self.has("figure") or self.has("figcaption"))):
            self.out.append(text)

    def may_stand(self, tag: str, marks: Set[str]) -> bool:
        """Whether an element may stand where it does; one of ours needs its mark, too."""
        if self.has("div") or not marks >= MARKED_WHOLE.get(tag, NO_MARKS):
            return False
        if self.has("figure"):
            return tag == "figcaption" if not self.has("figcaption") else tag in IN_CAPTIONS
        if tag in PARENTS:
            return bool(self.open) and self.open[-1][1] in PARENTS[tag]
        if any(self.has(other) for other in NOT_WITHIN.get(tag, ())):
            return False
        return bool(marks) or tag not in MARKED

    def has(self, kept: str) -> bool:
        return self.counts.get(kept, 0) > 0
