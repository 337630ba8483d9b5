"""What readers see change when another edition of a story takes the place of one, or none does: its names.

Asked when a verb changes what is live now, and by the page cache ahead of what the clock will change.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from newsroom.lib.facts import TIMETABLE, changed

from . import shown
from .models import Article, Correction, Edition, EditionByline, EditionTopic, Slot


def lists_of(editions: Iterable[Edition]) -> dict[int, frozenset[str]]:
    """The names of the lists and fronts that each of these editions stands on, by its key. Four queries."""
    found = {edition.pk: {shown.section(edition.section_id)} for edition in editions}
    for edition, topic in EditionTopic.objects.filter(edition__in=found).values_list("edition", "topic"):
        found[edition].add(shown.topic(topic))
    for edition, author in EditionByline.objects.filter(edition__in=found).values_list("edition", "author"):
        found[edition].add(shown.author(author))
    corrected = Correction.objects.standing().filter(article__editions__in=found)
    for edition in corrected.values_list("article__editions", flat=True):
        if edition in found:
            found[edition].add(shown.CORRECTIONS)
    slots = Slot.objects.filter(article__editions__in=found)
    for edition, section in slots.values_list("article__editions", "section"):
        if edition in found:
            found[edition].add(shown.front(section))
    return {pk: frozenset(names) for pk, names in found.items()}


def difference(before: Edition | None, after: Edition | None, lists: dict[int, frozenset[str]]) -> set[str]:
    """The names of what changes when readers have one edition of a story in place of another, or of none.

    An edition that stands where the one before stood changes no list, but for its own card there.
    """
    if before == after:
        return set()
    article = (before or after).article_id  # type: ignore[union-attr]
    names = {shown.story(article), shown.EDITIONS}
    old, new = (lists[edition.pk] if edition else frozenset() for edition in (before, after))
    if before and after and before.published_at == after.published_at:
        moved = before.section_id != after.section_id
        return names | (old ^ new) | ({shown.STORIES} if moved else set())
    return names | old | new | {shown.STORIES}


def tell_after(article: Article) -> None:
    """Have the pages told what this transaction, under the story's lock, will have changed of what is live."""
    before = Edition.objects.live().filter(article=article).first()
    lists = lists_of([before]) if before else {}
    transaction.on_commit(partial(_tell, article.pk, before, lists))


def _tell(article: int, before: Edition | None, lists: dict[int, frozenset[str]]) -> None:
    after = Edition.objects.live().filter(article=article).as_cards().first()
    if after and after != before:
        lists = lists | lists_of([after])
    changed(TIMETABLE, *difference(before, after, lists))
