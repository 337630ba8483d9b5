"""“Did you mean ...?”: words of live headlines, topics and bylines that are like those nobody has."""

from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, QuerySet

from ..models import SearchWord
from ..models.edition import live_q
from .engines import engine
from .index import SHORTEST_WORD, WordLink
from .words import WORD, Query, fold

# More words than that are no slip of the finger.
MOST = 6
ALIKE = 0.7
AS_A_BEGINNING = 0.85


def known_words() -> "QuerySet[SearchWord]":
    """The words that stories have which readers have: a word of a draft, or of what is to come, is not known."""
    live = WordLink.objects.filter(live_q("edition__"), searchword=OuterRef("pk"))
    return SearchWord.objects.filter(Exists(live))


def corrected(text: str, query: Query) -> str:
    """What was typed with unknown words replaced by what they could have meant; "" if nothing comes to mind."""
    doubtful = [word for word in query.words if len(word) >= SHORTEST_WORD and not word.isdigit()][:MOST]
    if not doubtful:
        return ""
    known = engine().near(known_words(), doubtful)
    meant = {word: better for word in doubtful if (better := nearest(word, known)) != word}
    return WORD.sub(lambda found: meant.get(fold(found[0]), found[0]), text) if meant else ""


def nearest(word: str, known: list[str]) -> str:
    """The known word most like this one, or the word itself if none is like it enough."""
    likeness, best = max(((likeness_of(word, other), other) for other in known), default=(0, word))
    return best if likeness >= ALIKE else word


def likeness_of(word: str, other: str) -> float:
    """From 0 to 1, which is the same."""
    likeness = SequenceMatcher(None, word, other).ratio()
    return max(likeness, AS_A_BEGINNING) if word != other and other.startswith(word) else likeness
