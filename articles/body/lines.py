"""A body as the lines a person reads, paragraph by paragraph, with what shows in them. Pure; for comparing."""

from dataclasses import dataclass
from html.parser import HTMLParser

MARKS = {
    "h2": "Heading 2",
    "h3": "Heading 3",
    "blockquote": "Quote",
    "ul": "Item",
    "ol": "Numbered item",
    "cite": "Who said it",
    "summary": "Spoiler, label",
    "figcaption": "Caption",
    "caption": "Table, title",
    "tr": "Table, row",
    "pull-quote": "Pull quote",
    "fact-box": "Fact box",
    "spoiler": "Spoiler",
    "data-image": "Picture",
    "data-gallery": "Gallery",
    "data-embed": "Embed",
    "data-story": "Related story",
}
# What stands in the text for markup within a line; a link's address follows its words, and the words of another
# language stand behind its tag: [fr: Bonjour].
# What an attribute is that stands beside the one the line is of.
BESIDE = {"data-image": "poster, picture"}
SIGNS = {"strong": "**", "em": "_"}
CELLS = frozenset({"td", "th"})
SINGLE = frozenset({"img", "hr", "source", "track"})


@dataclass(frozen=True)
class Line:
    """A paragraph, heading or item as it is read; `mark` says which, "" for a plain paragraph."""

    text: str
    mark: str = ""


def lines_of(body: str) -> tuple[Line, ...]:
    """The lines of a stored body. Elements this does not know are written out, so that nothing differs unseen."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader.end_line()
    return tuple(reader.lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.text: list[str] = []
        # Every open element, and the name of it that MARKS may have.
        self.open: list[tuple[str, str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text.append("\n")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in SIGNS:
            self.text.append(SIGNS[tag])
        elif tag == "span":
            self.text.append(f"[{dict(attrs).get('lang')}: ")
        else:
            self.begin(tag, {name: value for name, value in attrs if value})

    def begin(self, tag: str, attrs: dict[str, str]) -> None:
        """An element that makes lines; cells make one together."""
        if tag not in CELLS:
            self.end_line()
        elif self.text:
            self.text.append(" | ")
        if tag == "th":
            self.text.append("(header) ")
        # Of ours, what an attribute points at is what the line says.
        name = next((key for key in (*sorted(attrs), attrs.get("class", "")) if key in MARKS), tag)
        told = {key: value for key, value in attrs.items() if value != name and key != "scope"}
        self.text.extend(value if key == name else f" {BESIDE.get(key, key)}: {value} " for key, value in told.items())
        if tag not in SINGLE:
            self.open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.text.append(f" [{self.links.pop()}]" if self.links else "")
        elif tag in SIGNS:
            self.text.append(SIGNS[tag])
        elif tag == "span":
            self.text.append("]")
        elif tag in CELLS:
            self.shut(tag)
        elif any(tag == opened for opened, _ in self.open):
            self.end_line()
            self.shut(tag)

    def shut(self, tag: str) -> None:
        """Close an element that is open, and all that is still open in it."""
        while any(tag == opened for opened, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text.append(" ".join(f".{data}.".split())[1:-1] if data.strip() else " ")

    def end_line(self) -> None:
        """What was read so far is a line, if it is anything."""
        text = "".join(self.text).strip()
        self.text = []
        if text:
            self.lines.append(Line(text, self.mark()))

    def mark(self) -> str:
        """The innermost element that has a name for readers, else its own for one we do not know."""
        for tag, name in reversed(self.open):
            if name in MARKS:
                return MARKS[name]
            if tag not in {"p", "li", *CELLS}:
                return tag.capitalize()
        return ""
