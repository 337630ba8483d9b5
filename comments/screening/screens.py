"""The screens, in the order in which their sentences are preferred. Pure: what they look at is loaded before."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from disposable_email_domains import blocklist

from ..trust import FIRST_COMMENTS, Past, Trust, explained, trust_of
from ..workflow import Severity
from .decide import STAFF, Action, Signal
from .links import Link, above, links_in
from .phrases import NO_PHRASES, Hit, Kind, Phrases, compiled
from .words import SHORTEST, key, read

SHOUT_LETTERS, SHOUT_SHARE = 20, 0.8
STRETCHED = re.compile(r"([^\W\d_]|[!?])\1{7,}")
MOST_TOLD = 5
# So many links are no advertising yet, by how far somebody is trusted.
LINKS = {Trust.NEW: 1, Trust.KNOWN: 2, Trust.REGULAR: 5, Trust.TRUSTED: 10}
# Texts are compared by the runs of so many words in their beginning; shorter ones are bound to be alike.
SHINGLE, COMPARED = 3, 1_000
ALIKE = 0.6
CROWD = 2
# Of at least so many decided in a week, that share rejected (Coral has no least number, and so holds after one of one).
DECIDED, REJECTED_SHARE = 5, 0.3


@dataclass(frozen=True)
class Look:
    """What the screens may look at: the words, and what is known of the discussion and of whoever speaks.

    `said_here` is their last comment in this discussion, `said_before` are their last ones anywhere, `said_by_others`
    how many others said the same in the last day.
    """

    body: str = ""
    past: Past = field(default_factory=Past)
    is_staff: bool = False
    is_premoderated: bool = False
    reads_newcomers_first: bool = False
    mail_host: str = ""
    said_here: str = ""
    said_before: tuple[str, ...] = ()
    said_by_others: int = 0
    phrases: Phrases = NO_PHRASES
    names: tuple[str, ...] = ()
    is_read_first: bool = False

    @property
    def trust(self) -> Trust:
        return trust_of(self.past)

    @cached_property
    def links(self) -> list[Link]:
        return links_in(self.body)

    @cached_property
    def hits(self) -> list[Hit]:
        """Where phrases of the list stand, but not inside names that belong to the story."""
        if not self.phrases.entries:
            return []
        reading = read(self.body)
        return self.phrases.find(reading, compiled(("", name) for name in self.names).find(reading))


def staff(look: Look) -> Signal | None:
    """Staff are not held, whatever else is found; that it was found is kept."""
    return Signal(STAFF, 1, Action.NOTE, Severity.NONE, evidence="written by staff") if look.is_staff else None


def premoderated(look: Look) -> Signal | None:
    if not look.is_premoderated:
        return None
    sentence = "Every comment on this story is read by a moderator first."
    return Signal("premoderated", 2, Action.HOLD, sentence=sentence, evidence="on this story each is read first")


def read_first(look: Look) -> Signal | None:
    """A moderator has said so of this person, who was told."""
    if not look.is_read_first:
        return None
    sentence = "A moderator reads your comments before others see them: your account says why."
    return Signal("read first", 1, Action.HOLD, sentence=sentence, evidence="all of theirs are read first")


def newcomer(look: Look) -> Signal | None:
    shown = look.past.shown
    if shown >= FIRST_COMMENTS:
        return None
    sentence = "Your first two comments are read by a moderator before others see them."
    evidence = f"only {shown} of theirs shown before" if shown else "none of theirs shown before"
    return Signal("newcomer", 2, Action.HOLD, sentence=sentence, evidence=evidence)


def newcomer_here(look: Look) -> Signal | None:
    """While a discussion is calmed, whoever is no regular yet."""
    if not look.reads_newcomers_first or look.trust >= Trust.REGULAR:
        return None
    sentence = "For now a moderator reads comments here first, but for those of regulars."
    return Signal("newcomer here", 1, Action.HOLD, sentence=sentence, evidence="the discussion is calmed for newcomers")


def often_rejected(look: Look) -> Signal | None:
    decided, rejected = look.past.decided_lately, look.past.rejected_lately
    if decided < DECIDED or rejected < decided * REJECTED_SHARE:
        return None
    sentence = "Several of your last comments were rejected, so a moderator reads this one before others do."
    evidence = f"{rejected} of {decided} that were decided on in a week were rejected"
    return Signal("often rejected", 1, Action.HOLD, sentence=sentence, evidence=evidence)


def short_lived_address(look: Look) -> Signal | None:
    """Who may be reached only for some minutes, until they are known here by what they say."""
    if look.trust >= Trust.REGULAR or blocklist.isdisjoint(above(look.mail_host)):
        return None
    sentence = "Your address is of a kind that lasts for minutes, so a moderator reads your comments before others do."
    evidence = f"their mail goes to {look.mail_host}, where addresses do not last"
    return Signal("short-lived address", 1, Action.HOLD, sentence=sentence, evidence=evidence)


def banned(look: Look) -> Signal | None:
    sentence = "For some of its words, a moderator reads it before others do."
    return _listed(look, Kind.BANNED, Action.HOLD, Severity.MEDIUM, sentence)


def suspect(look: Look) -> Signal | None:
    return _listed(look, Kind.SUSPECT, Action.FLAG, Severity.LOW)


def threat(look: Look) -> Signal | None:
    sentence = "Some of it can be read as a threat. A moderator looks at it before others do."
    return _listed(look, Kind.THREAT, Action.HOLD, Severity.HIGH, sentence)


def _listed(look: Look, kind: Kind, action: Action, severity: Severity, sentence: str = "") -> Signal | None:
    """What stands in it that is on the list; the version is that of the list."""
    hits = [hit for hit in look.hits if hit.entry.kind == kind]
    if not hits:
        return None
    told = dict.fromkeys(_told(look.body[hit.start : hit.end], hit.entry.text) for hit in hits)
    evidence = f"on the list ({kind.value}): {', '.join(islice(told, MOST_TOLD))}"
    matched = tuple(dict.fromkeys((hit.start, hit.end) for hit in hits))
    return Signal(kind.value, look.phrases.version, action, severity, sentence, evidence, matched=matched)


def _told(words: str, phrase: str) -> str:
    """The words, and what they are taken for where that is not plain to see."""
    return f"“{words}”" if words.casefold() == phrase.casefold() else f"“{words}” for “{phrase}”"


def listed_site(look: Look) -> Signal | None:
    found = [link for link in look.links if not look.phrases.sites.isdisjoint(above(link.host))]
    if not found:
        return None
    sentence = "It leads to a site that a moderator looks at before others do."
    evidence = f"on the list (site): {_hosts(found)}"
    return Signal(
        Kind.SITE.value, look.phrases.version, Action.HOLD, Severity.MEDIUM, sentence, evidence, matched=_spans(found)
    )


def many_links(look: Look) -> Signal | None:
    found = [link for link in look.links if link.is_link]
    if len(found) <= LINKS[look.trust]:
        return None
    sentence = "It has several links, so a moderator reads it before others do."
    evidence = f"{len(found)} links: {_hosts(found)} ({explained(look.past)})"
    return Signal("many links", 1, Action.HOLD, Severity.LOW, sentence, evidence, matched=_spans(found))


def _hosts(links: list[Link]) -> str:
    return ", ".join(islice(dict.fromkeys(link.host for link in links), MOST_TOLD))


def _spans(links: list[Link]) -> tuple[tuple[int, int], ...]:
    return tuple((link.start, link.end) for link in links)


def said_by_a_crowd(look: Look) -> Signal | None:
    if look.said_by_others < CROWD:
        return None
    sentence = "Others have said the same, word for word, so a moderator reads it before others do."
    evidence = f"{look.said_by_others} others said the same within a day"
    return Signal("said by a crowd", 1, Action.HOLD, Severity.MEDIUM, sentence, evidence)


def repeated(look: Look) -> Signal | None:
    """What somebody has said before, with a word or two changed."""
    ours = _shingles(look.body)
    share = max((_alike(ours, _shingles(said)) for said in look.said_before), default=0.0) if ours else 0.0
    if share < ALIKE:
        return None
    sentence = "You have said nearly the same before, so a moderator reads it before others do."
    return Signal("repeated", 1, Action.HOLD, Severity.LOW, sentence, f"{share:.0%} the same as one of their last ones")


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = key(text[:COMPARED]).split()
    return set(zip(*(words[start:] for start in range(SHINGLE)), strict=False)) if len(words) >= SHORTEST else set()


def _alike(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> float:
    return len(ours & theirs) / len(ours | theirs)


def shouting(look: Look) -> Signal | None:
    letters = [char for char in look.body if char.isalpha()]
    loud = sum(char.isupper() for char in letters)
    if len(letters) < SHOUT_LETTERS or loud < len(letters) * SHOUT_SHARE:
        return None
    advice = "Nearly all of it is in capitals, which reads as shouting."
    evidence = f"{loud} of {len(letters)} letters are capitals"
    return Signal("shouting", 1, Action.NOTE, evidence=evidence, advice=advice)


def stretched(look: Look) -> Signal | None:
    found = STRETCHED.search(look.body)
    if found is None:
        return None
    advice = f"One “{found[1]}” says it as well as many."
    evidence = f"{len(found.group())} times “{found[1]}”"
    return Signal("stretched", 1, Action.NOTE, evidence=evidence, advice=advice, matched=(found.span(),))


def said_again(look: Look) -> Signal | None:
    said = key(look.body)
    if not said or said != key(look.said_here):
        return None
    advice = "You have said exactly this in this discussion just before."
    return Signal("said again", 1, Action.NOTE, evidence="the same as their last comment here", advice=advice)


# Those that look for what is on the list.
LISTS: tuple[Callable[[Look], Signal | None], ...] = (threat, banned, listed_site, suspect)
SCREENS: tuple[Callable[[Look], Signal | None], ...] = (
    staff,
    premoderated,
    read_first,
    newcomer,
    newcomer_here,
    often_rejected,
    short_lived_address,
    threat,
    banned,
    listed_site,
    many_links,
    said_by_a_crowd,
    repeated,
    suspect,
    shouting,
    stretched,
    said_again,
)
