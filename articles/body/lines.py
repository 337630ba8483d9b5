"""A body as the lines a person reads, paragraph by paragraph, with what shows in them. Pure; for comparing."""

from dataclasses import dataclass
from html.parser import HTMLParser

MARKS = {"h2": "Heading 2", "h3": "Heading 3", "blockquote": "Quote", "ul": "Item", "ol": "Numbered item"}
# What stands in the text for markup within a line; a link's address follows its words.
SIGNS = {"strong": "**", "em": "_"}
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
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text.append("\n")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in SIGNS:
            self.text.append(SIGNS[tag])
        else:
            self.end_line()
            self.text.extend(f" {name}: {value}" for name, value in attrs if value)
            if tag not in SINGLE:
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.text.append(f" [{self.links.pop()}]" if self.links else "")
        elif tag in SIGNS:
            self.text.append(SIGNS[tag])
        elif tag in self.open:
            self.end_line()
            while self.open.pop() != tag:
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
        for tag in reversed(self.open):
            if tag in MARKS:
                return MARKS[tag]
            if tag not in {"p", "li"}:
                return tag.capitalize()
        return ""
