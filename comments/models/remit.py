"""Whose comments are a moderator's: those of the whole paper, or those of the sections the moderator is limited to.

As with editors, a story counts for the section in which it stands for the newsroom, and one that stands in none is
everybody's.
"""

from django.db.models import Q

from articles.models.taxonomy import EDITORS_RIGHT, limited_to
from newsroom.lib.people import Person

MODERATORS_RIGHT = "comments.moderate_comment"
SECTION = "discussion__article__section"


def limits_of(moderator: Person) -> frozenset[int]:
    """The sections that this moderator is limited to; none for one of the whole paper, and for who is no moderator."""
    return limited_to(moderator, MODERATORS_RIGHT, "moderators")


def remit_of(moderator: Person, section: str = SECTION) -> Q:
    """What is the moderator's, as a condition on the way to a section; an empty one for one of the whole paper."""
    mine = limits_of(moderator)
    return Q((f"{section}__in", mine)) | Q((section, None)) if mine else Q()


def looked_after_by(person: Person, section: str = SECTION) -> Q:
    """What this person tends besides deciding: editors everything, moderators what is theirs."""
    return Q() if person.has_perm(EDITORS_RIGHT) else remit_of(person, section)


def moderated_by(person: Person, section: str = SECTION) -> Q:
    """What this person may decide on; nothing for who is no moderator."""
    may = person.is_active and person.has_perm(MODERATORS_RIGHT)
    return remit_of(person, section) if may else Q(pk__in=())
