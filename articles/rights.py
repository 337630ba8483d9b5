"""Rights over one story: `person.has_perm("articles.publish_article", story)`.

A role gives a right over the paper; an editor who is limited to sections has an editor's rights there alone. What a
writer may do to a story of their own they may do in any section.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from newsroom.lib.people import Person

from .models import Article
from .models.article import ArticleQuerySet
from .models.taxonomy import sections_of

WRITERS = frozenset(f"articles.{verb}_article" for verb in ("view", "add", "change", "submit"))


class StoryRights(BaseBackend):
    """Answers for stories only; for all else the other backends do. It signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(obj, Article):
            return False
        return user_obj.is_active and user_obj.has_perm(perm) and (perm in WRITERS or is_on_desk(obj, user_obj))


def is_on_desk(article: Article, editor: Person) -> bool:
    """Whether the story, in its working copy and with readers, is in sections that are this editor's."""
    mine = sections_of(editor)
    return not mine or touched(article) <= mine


def on_desk(articles: ArticleQuerySet, editor: Person) -> ArticleQuerySet:
    """Those of these stories whose working copy is in sections that are this editor's; for what a list offers."""
    mine = sections_of(editor)
    return articles.filter(section__in=mine) if mine else articles


def touched(article: Article) -> set[int]:
    """The sections in which the story stands or will stand."""
    with_readers = article.editions.standing().filter(past=False).values_list("section", flat=True)
    return {pk for pk in (article.section_id, *with_readers) if pk}
