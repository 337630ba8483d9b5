"""The names of what readers' pages show of discussions (see newsroom.lib.facts): pages note them, verbs tell them."""

# What holds in every discussion.
RULES = "rules"


def talk(discussion: int) -> str:
    """What is said in a discussion, and who may say more."""
    return f"talk:{discussion}"


def count(discussion: int) -> str:
    """How much is said there, as cards show it."""
    return f"count:{discussion}"


def beginning(article: int) -> str:
    """Whether a story has a discussion yet."""
    return f"beginning:{article}"


def person(pk: int) -> str:
    """Who a commenter is: the name, the picture, what they are here."""
    return f"person:{pk}"
