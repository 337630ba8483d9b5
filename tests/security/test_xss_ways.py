"""A public corpus by every way in: a payload stays words, among the elements that harmless words have.

A page full of the corpus is tried on every run, all of it by `make xss`; tests/security/test_xss.py sends all of it
through bodies and searches each time.
"""

import itertools
import json
import re
from collections.abc import Iterator

import pytest
from django.db import transaction

from .payloads import A_PAGE_FULL, EVERY, corpus
from .test_xss import Examiner
from .ways import UNLIKE, WAYS, Page

# Whether words stay words does not depend on the database: that of real sites will do.
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Skeleton(Examiner):
    """A page's elements with the names of their attributes, in order; and all else that it says."""

    def __init__(self, html: str) -> None:
        self.bones: list[str] = []
        self.said: list[str] = []
        self.data: list[str] = []
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.bones.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.said += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        (self.data if self.cdata_elem == "script" else self.said).append(data)

    def without(self, ours: frozenset[str]) -> list[str]:
        return [bone for bone in self.bones if bone.split(" ", 1)[0] not in ours]


def harmless(text: str) -> str:
    """Words of the same length that nobody could take for anything else."""
    return re.sub(r"\S", "x", text)


def flat(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f]+", "", text)


def rolled_back(pages: Iterator[Page]) -> list[list[str]]:
    with transaction.atomic():
        found = [Skeleton(page.html).without(page.ours) for page in pages]
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", WAYS)
def test_no_payload_is_more_than_words(name):
    texts = corpus()
    if EVERY > 1:
        texts = texts[:: len(texts) // A_PAGE_FULL]
    plain = [harmless(text) for text in (texts if name in UNLIKE else texts[:A_PAGE_FULL])]
    expected = itertools.cycle(rolled_back(WAYS[name](plain)))
    for page in WAYS[name](texts):
        examine(page, next(expected))


def examine(page: Page, bones: list[str]) -> None:
    found = Skeleton(page.html)
    assert found.without(page.ours) == bones, page.path
    assert not found.found, page.path
    for block in found.data:
        assert json.loads(block.strip() or "{}") is not None
    said = flat("\0".join(found.said)).replace("\0", " ")
    assert [text for text in page.texts if flat(text) not in said] == [], page.path
