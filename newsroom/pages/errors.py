"""Pages for what is not there, which help on: a search for what the address says, and the newest stories."""

import logging
import re
from dataclasses import dataclass
from itertools import chain

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Edition
from articles.models.house_page import Frame, frame
from articles.models.taxonomy import RESERVED_SECTIONS
from articles.story import Card

NEWEST = 3
MOST_WORDS, LONGEST_WORD = 8, 30
BETWEEN = re.compile(r"[\W_]+")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Help:
    """What stands around the page, and the newest stories."""

    around: Frame
    cards: list[Card]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in two queries; in none, and with nothing but the search, while the database is away."""
    found = help_on()
    context = {
        "text": words_of(request.path),
        "sections": found.around.sections,
        "house_pages": found.around.pages,
        "cards": found.cards,
        "counts": {},
    }
    return render(request, "404.html", context, status=404)


def help_on() -> Help:
    try:
        newest = Edition.objects.live().newest_first().as_cards()[:NEWEST]
        return Help(frame(), [edition.card for edition in newest])
    except Error:
        logger.exception("A page that is not there is shown without stories")
        return Help(Frame([], []), [])


def words_of(path: str) -> str:
    """What somebody who typed this path may have looked for: its words, without the section that comes before them."""
    parts = [[word for word in BETWEEN.split(part) if is_word(word)] for part in path.split("/")]
    parts = [words for words in parts if words]
    return " ".join(list(chain(*parts[1:] or parts))[:MOST_WORDS])


def is_word(text: str) -> bool:
    """Whether it is one that a story may have, and none of the site's own addresses."""
    return text.isalpha() and 1 < len(text) <= LONGEST_WORD and text.lower() not in RESERVED_SECTIONS
