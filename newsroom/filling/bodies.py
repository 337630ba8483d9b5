"""Bodies and comments as our compilers leave them: a few are compiled, and many stories have them. Pure."""

from dataclasses import dataclass
from html import escape

from articles.body.clean import clean
from articles.body.compile import compile_body
from articles.search.words import plain
from comments import markup
from comments.screening.words import likeness

from . import words
from .words import Chance

# Beside the paragraphs there are subheads, a quote and a list: some eighty words more.
FEWEST_WORDS, MOST_WORDS = 330, 820
BODIES, REMARKS = 48, 20_000


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it is stored, and what compiling and folding make of it."""

    source: str
    html: str
    text: str
    folded: str
    words: int

    def after(self, lead: str) -> "Body":
        """The same with a first paragraph of its own, as compiling the two together would give it."""
        paragraph = f"<p>{escape(lead, quote=False)}</p>"
        return Body(
            paragraph + self.source,
            paragraph + self.html,
            f"{lead}\n\n{self.text}",
            f"{plain(lead)} {self.folded}",
            len(lead.split()) + self.words,
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment's words as they are typed, as they are shown, and what they are compared by."""

    body: str
    html: str
    likeness: str


def bodies(chance: Chance) -> list[Body]:
    """The bodies there are, in order of length."""
    step = (MOST_WORDS - FEWEST_WORDS) // BODIES
    return [compiled(words.body(chance, words=FEWEST_WORDS + number * step)) for number in range(BODIES)]


def compiled(source: str) -> Body:
    source = clean(source)
    found = compile_body(source)
    return Body(source, str(found.html), found.text, plain(found.text), found.words)


def remarks(chance: Chance, number: int) -> list[Remark]:
    """As many different comments as that number of them needs."""
    return [rendered(words.remark(chance)) for _ in range(min(number, REMARKS))]


def rendered(text: str) -> Remark:
    body = markup.tidy(text)
    return Remark(body, str(markup.render(body)), likeness(body))
