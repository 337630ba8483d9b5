"""A stored body becomes finished HTML: cleaned, subheads with anchors, outside links marked, and its text."""

from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from ..story import Compiled
from .clean import clean
from .text import tidy

WORDS_A_MINUTE = 230  # Brysbaert 2019: silent reading of English non-fiction, 238 on average.
BLOCKS = frozenset({"p", "h2", "h3", "li", "blockquote", "br", "ul", "ol"})
SUBHEADS = frozenset({"h2", "h3"})


def compile_body(body: str) -> Compiled:
    """Compile a body of stored or hostile HTML. Raises BodyTooHeavy as `clean` does."""
    writer = _Writer()
    writer.feed(clean(body))
    writer.close()
    text = tidy("".join(writer.text))
    return Compiled(html=mark_safe("".join(writer.out)), text=text, words=len(text.split()))


def served(html: str) -> SafeString:
    """HTML that `compile_body` made and an edition stored."""
    return mark_safe(html)


def reading_minutes(words: int) -> int:
    """Minutes of reading, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


class _Writer(HTMLParser):
    """Writes cleaned HTML out again, with what the stored form does not carry."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.text: list[str] = []
        self.subhead: list[str] | None = None
        self.subhead_at = 0
        self.anchors: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in SUBHEADS:
            self.subhead, self.subhead_at = [], len(self.out)
        self.out.append(f"<{tag}{_attributes(tag, dict(attrs))}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in SUBHEADS and self.subhead is not None:
            self._anchor(tag)
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))
        self.text.append(data)
        if self.subhead is not None:
            self.subhead.append(data)

    def _anchor(self, tag: str) -> None:
        """Give the subhead that ends here an id of its own; it begins with "part", as no other id of a page does."""
        name = "-".join(filter(None, ["part", slugify("".join(self.subhead or ()))[:60]]))
        anchor, number = name, self.anchors.get(name, 0)
        while anchor in self.anchors:
            number += 1
            anchor = f"{name}-{number}"
        self.anchors[name], self.anchors[anchor] = max(number, 1), 1
        self.out[self.subhead_at] = f'<{tag} id="{anchor}">'
        self.out.append(f'<a class="anchor" href="#{anchor}" aria-label="Link to this part"></a>')
        self.subhead = None


def _attributes(tag: str, attrs: dict[str, str | None]) -> str:
    href = attrs.get("href")
    if tag != "a" or href is None:
        return ""
    outside = ' rel="noopener external"' if href.lower().startswith(("http:", "https:")) else ""
    return f' href="{escape(href)}"{outside}'
