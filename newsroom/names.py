"""What a name that others see may be, and when two look alike. Pure: who has which name is asked in naming.py."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from newsroom.lib.lookalikes import LOOKS_LIKE, letters

LONGEST = 60
LONGEST_KEY = 200
USERNAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
# Words that would let a reader speak for the paper.
RESERVED = frozenset("admin administrator editor editorial mod moderator newsroom official staff support".split())
# What may stand beside letters and digits.
SIGNS = frozenset(" -_.'’&")
MOST_MARKS = 2  # On one letter: Vietnamese and Hebrew need two.
# Scripts that one language writes together.
TOGETHER = frozenset("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO IDEOGRAPHIC".split())
# What two letters together are drawn like.
PAIRS = (("rn", "m"), ("vv", "w"))


def key(name: str) -> str:
    """The same for all names that look alike: accents, case, signs and spaces do not count; "" for none."""
    drawn = letters(name).translate(LOOKS_LIKE)
    bare = "".join(letter for letter in drawn if letter.isalnum() or unicodedata.category(letter)[0] == "M")
    for pair, single in PAIRS:
        bare = bare.replace(pair, single)
    return bare[:LONGEST_KEY]


RESERVED_KEYS = frozenset(map(key, RESERVED))


def tidy(text: str) -> str:
    """The name as it is kept. Raises ValidationError for what is no name or would speak for the paper."""
    if any(unicodedata.category(sign)[0] == "C" for sign in text):
        raise ValidationError("There is a sign in it that nobody can see. Type the name anew.")
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(name) > LONGEST:
        raise ValidationError(f"A name may have {LONGEST} characters; this one has {len(name)}.")
    if not any(sign.isalpha() for sign in name) or not all(map(_may_stand, name)) or _marked_over(name):
        raise ValidationError("Use letters, numbers, spaces and - _ . ' & in a name, at least one of them a letter.")
    if len(_scripts(name)) > 1:
        raise ValidationError("Use the letters of one script: a name of several can be drawn like another’s.")
    refuse_reserved(name)
    return name


def refuse_reserved(name: str) -> None:
    """Raises ValidationError for a name, whole or in one of its words, that is kept for the paper."""
    words = re.split(r"[\W_]+", name)
    if RESERVED_KEYS.intersection(map(key, [name, *words])):
        raise ValidationError("This name is kept for the paper. Choose another.")


def _may_stand(sign: str) -> bool:
    return sign in SIGNS or unicodedata.category(sign)[0] in "LMN"


def _marked_over(name: str) -> bool:
    """Whether marks are heaped on a letter."""
    marks = "".join("m" if unicodedata.category(sign)[0] == "M" else " " for sign in name)
    return "m" * (MOST_MARKS + 1) in marks


def _scripts(name: str) -> set[str]:
    """The scripts of its letters, those that one language writes together as one."""
    found = {unicodedata.name(sign, "?").split()[0].split("-")[0] for sign in name if sign.isalpha()}
    return {"CJK" if script in TOGETHER else script for script in found}
