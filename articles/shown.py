"""The names of what readers' pages show of stories (see newsroom.lib.facts): pages note them, verbs tell them."""

# Which stories there are, in which order; the words and the moments of any; the front page's choice.
STORIES, EDITIONS = "stories", "editions"
# What stands around every page: the sections and the pages of the house.
FRAME = "frame"
CORRECTIONS = "corrections"
HOUSE_PAGES = "house-pages"
AUTHORS = "authors"


def story(article: int) -> str:
    """What readers have of a story: on its own page, on cards, in feeds."""
    return f"story:{article}"


def onward(article: int) -> str:
    """What a story leads on to."""
    return f"onward:{article}"


def corrected(article: int) -> str:
    """What readers are told of errors in a story."""
    return f"corrected:{article}"


def section(pk: int) -> str:
    """Which stories a section has, and what it says of itself."""
    return f"section:{pk}"


def topic(pk: int) -> str:
    return f"topic:{pk}"


def author(pk: int) -> str:
    return f"author:{pk}"


def front(section: int | None) -> str:
    """What editors chose for a section's front, or with None for the front page."""
    return f"front:{section or 0}"


def picture(pk: int) -> str:
    """A picture where it is no story's: a topic's, an author's, a card's on a front, one of a page of the house."""
    return f"picture:{pk}"
