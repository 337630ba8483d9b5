"""A stored body becomes finished HTML, and its text: cleaned, pictures put in, subheads with anchors. Pure.

What it gives has passed the second allow-list of allowed.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from ..story import Compiled, Parts, Picture
from . import pieces
from .allowed import PAID, SERVED
from .clean import clean, only
from .embeds import embed_of
from .text import tidy

WORDS_A_MINUTE = 230  # Brysbaert 2019: silent reading of English non-fiction, 238 on average.
BLOCKS = frozenset("p h2 h3 li blockquote br ul ol aside details summary cite figcaption caption tr td th".split())
SUBHEADS = frozenset({"h2", "h3"})
# Elements that are written once they have ended and all that is in them is known.
WHOLE = frozenset("aside details summary cite figure figcaption table caption div".split())


def compile_body(body: str, parts: Parts | None = None, *, sponsored: bool = False) -> Compiled:
    """Compile a body of stored or hostile HTML with its pictures. Raises BodyTooHeavy as `clean` does.

    Links that lead out of a `sponsored` story say so to search engines.
    """
    images = {pk: picture for pk, picture in parts.images.items() if not picture.is_expired} if parts else {}
    writer = _Writer(images)
    writer.feed(clean(body))
    writer.close()
    text, hidden = tidy("".join(writer.text)), tidy("".join(writer.hidden))
    words = len(text.split()) + len(hidden.split())
    html = "".join(writer.out)
    return Compiled(
        html=paid_for(html) if sponsored else mark_safe(only(SERVED, html)), text=text, words=words, hidden=hidden
    )


def paid_for(html: str) -> SafeString:
    """What compiling wrote, as it stands in a story that an advertiser paid for."""
    return mark_safe(only(PAID, html))


def served(html: str) -> SafeString:
    """HTML that `compile_body` made and an edition stored, without the pictures whose rights have ended since."""
    return mark_safe(pieces.in_force(html, timezone.localdate().isoformat()))


def reading_minutes(words: int) -> int:
    """Minutes of reading, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


@dataclass
class _Open:
    """An element of WHOLE that has not ended: where its content begins, its words, and what was taken out of it."""

    tag: str
    attrs: dict[str, str]
    at: int
    words: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)


@dataclass
class _Paragraph:
    """A paragraph that has not ended: where it and its text begin, its words, and the addresses of its links."""

    at: int
    text_at: int
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_plain: bool = True

    @property
    def address(self) -> str:
        """The address that is all it holds, typed or as a link that shows it; else ""."""
        words = "".join(self.words).strip()
        is_alone = self.is_plain and not words.count(" ") and all(same(link, words) for link in self.links)
        return (self.links or [words])[0] if is_alone and len(self.links) <= 1 else ""


def same(link: str, words: str) -> bool:
    """Whether a link's words are its address, with or without what everybody leaves out."""
    return bare(link) == bare(words)


def bare(address: str) -> str:
    return address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


class _Writer(HTMLParser):
    """Writes cleaned HTML out again, with what the stored form does not carry."""

    def __init__(self, images: Mapping[int, Picture]) -> None:
        super().__init__(convert_charrefs=True)
        self.images = images
        self.out: list[str] = []
        self.text: list[str] = []
        self.hidden: list[str] = []
        self.open: list[_Open] = []
        self.paragraph: _Paragraph | None = None
        self.subhead: list[str] | None = None
        self.subhead_at = 0
        self.anchors: dict[str, int] = {}
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.say("\n")
        if tag in WHOLE:
            self.open.append(_Open(tag, given, len(self.out)))
            return
        if tag == "p":
            self.paragraph = _Paragraph(len(self.out), len(self.text))
        elif self.paragraph and tag == "a":
            self.paragraph.links.append(given.get("href", ""))
        elif self.paragraph:
            self.paragraph.is_plain = False
        if tag in SUBHEADS:
            self.subhead, self.subhead_at = [], len(self.out)
        self.out.append(f"<{tag}{self.attributes(tag, given)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.say("\n")
        if tag in WHOLE:
            self.write_whole(self.open.pop())
            return
        if tag in SUBHEADS and self.subhead is not None:
            self.anchor(tag)
        self.out.append(f"</{tag}>")
        if tag == "p":
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))
        self.say(data)
        if self.subhead is not None:
            self.subhead.append(data)
        if self.paragraph:
            self.paragraph.words.append(data)
        if self.open:
            self.open[-1].words.append(data)

    def say(self, words: str) -> None:
        """Add to the text; what a spoiler hides is kept apart, but for its label."""
        tags = {element.tag for element in self.open}
        (self.hidden if "details" in tags and "summary" not in tags else self.text).append(words)

    def attributes(self, tag: str, given: dict[str, str]) -> str:
        if tag == "a" and given.get("href", "").lower().startswith(("http:", "https:")):
            given["rel"] = "noopener external"
        return "".join(f' {name}="{escape(value)}"' for name, value in given.items())

    def anchor(self, tag: str) -> None:
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

    def end_paragraph(self) -> None:
        """A paragraph that held nothing but the address of a listed site becomes its box."""
        paragraph, self.paragraph = self.paragraph, None
        found = embed_of(paragraph.address) if paragraph and paragraph.address else None
        if paragraph and found:
            self.out[paragraph.at :] = [pieces.embed(found)]
            del self.text[paragraph.text_at :]

    # --- Elements that are written when they end --------------------------------------------------

    def write_whole(self, element: _Open) -> None:
        inside = "".join(self.out[element.at :])
        del self.out[element.at :]
        self.out.append(getattr(self, f"write_{element.tag}")(element, inside))

    def hand_up(self, element: _Open, inside: str) -> str:
        """Leave an element's content to the one around it, which has a place for it."""
        around = self.open[-1].taken
        around[element.tag] = f"{around.get(element.tag, '')} {inside}".strip()
        return ""

    write_summary = write_figcaption = hand_up

    def write_cite(self, element: _Open, inside: str) -> str:
        is_credited = bool(self.open) and self.open[-1].attrs.get("class") == "pull-quote"
        return self.hand_up(element, inside) if is_credited else f"<cite>{inside}</cite>"

    def write_aside(self, element: _Open, inside: str) -> str:
        if element.attrs.get("class") == "fact-box":
            return f'<aside class="fact-box">{inside}</aside>'
        said = element.taken.get("cite", "")
        by = f"<figcaption>{said}</figcaption>" if said else ""
        return f'<figure class="pull-quote"><blockquote>{inside}</blockquote>{by}</figure>'

    def write_details(self, element: _Open, inside: str) -> str:
        label = element.taken.get("summary", "").strip()
        word = '<span class="spoiler__word">Spoiler</span>'
        return (
            f'<details class="spoiler"><summary>{word}{" " if label else ""}{label}</summary>'
            f'<div class="spoiler__inside" data-nosnippet>{inside}</div></details>'
        )

    def write_figure(self, element: _Open, inside: str) -> str:
        words = element.taken.get("figcaption", "").strip()
        picture = self.images.get(int(element.attrs.get("data-image", 0)))
        if address := element.attrs.get("data-embed"):
            return self.embed(address, words, picture)
        return pieces.figure(picture, words) if picture else ""

    def embed(self, address: str, words: str, poster: Picture | None) -> str:
        """The box of a listed site; for any other a paragraph with the link."""
        if found := embed_of(address):
            return pieces.embed(found, words, poster)
        link = f'<a href="{escape(address)}" rel="noopener external">{words or escape(address)}</a>'
        return f"<p>{link}</p>"

    def write_div(self, element: _Open, inside: str) -> str:
        if story := element.attrs.get("data-story"):
            return f'<div data-story="{story}"></div>'
        numbers = element.attrs.get("data-gallery", "").split(",")
        return pieces.gallery(self.images[int(pk)] for pk in numbers if pk and int(pk) in self.images)

    def write_table(self, element: _Open, inside: str) -> str:
        self.tables += 1
        label = escape(element.taken.get("caption", "") or f"Table {self.tables}")
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}"><table>{inside}</table></div>'
        )

    def write_caption(self, element: _Open, inside: str) -> str:
        self.open[-1].taken["caption"] = " ".join("".join(element.words).split())
        return f"<caption>{inside}</caption>"
