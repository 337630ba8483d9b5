"""What can be done with a story's past: name a version, put it back, set words aside, forget plain saves."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from . import editing
from .draft import Draft
from .models import Article, Edition, Revision, ShareLink
from .models.parts import surviving
from .models.revision import RevisionQuerySet

NAME_LENGTH = 80  # characters; as the column
NEWEST_STAY = 10  # versions of each story that pruning never touches, whatever their age


@transaction.atomic
def restore(article: Article, past: Revision | Edition, *, version: int, by: Person) -> Article:
    """Put old words back into the working copy, which must be at `version`; readers see nothing of it.

    What no longer exists (a topic that was removed) is left out. Raises Conflict and what else `editing.save` does.
    """
    article = editing.may_edit(article, by=by)
    editing.expect(article, version)
    draft = surviving(past.draft)
    return editing.save(article, draft, version=version, by=by, kept_as=Revision.Kind.RESTORED)


@transaction.atomic
def name(revision: Revision, words: str, *, by: Person) -> Revision:
    """Call a version something, or with no words nothing again. A named one is kept for ever."""
    editing.may_edit(revision.article, by=by)
    revision.name = " ".join(words.replace("\x00", "").split())[:NAME_LENGTH]
    revision.save(update_fields=["name"])
    return revision


@transaction.atomic
def set_aside(article: Article, draft: Draft, *, version: int, by: Person) -> Revision:
    """Keep words that lost to somebody else's save, and the words they lost to; the working copy stays as it is.

    So that whichever of the two is chosen, both are there. `version` is that of the words these were written on.
    The same words are kept once.
    """
    article = editing.may_edit(article, by=by)
    editing.keep(article, article.draft, Revision.Kind.SAVED)
    draft = editing.cleaned(draft)
    own = article.revisions.filter(kind=Revision.Kind.SET_ASIDE, made_by=by).order_by("-made_at").first()
    if own and own.draft == draft:
        return own
    return Revision.objects.create(
        article=article,
        version=min(version, article.version),
        kind=Revision.Kind.SET_ASIDE,
        source=draft.to_json(),
        made_at=timezone.now(),
        made_by=by,
    )


def prunable(before: datetime) -> Iterator[tuple[int, list[int]]]:
    """Each story with plain saves older than `before` that may go, and their keys.

    What stays for ever: every version with a name, every one that is more than a plain save (submitted, published,
    corrected, restored, taken over, imported, set aside), what a share link shows, and of each story the newest ten.
    """
    old = _plain().filter(made_at__lt=before)
    for article in old.order_by("article").values_list("article", flat=True).distinct().iterator():
        newest = Revision.objects.filter(article=article).of_working_copy().values_list("pk", flat=True)[:NEWEST_STAY]
        keys = list(old.filter(article=article).exclude(pk__in=list(newest)).values_list("pk", flat=True))
        if keys:
            yield article, keys


def prune(keys: list[int]) -> int:
    """Forget these revisions, unless one has meanwhile become more than a plain save; returns how many."""
    return _plain().filter(pk__in=keys).delete()[1].get(Revision._meta.label, 0)


def _plain() -> RevisionQuerySet:
    """Saves to which nothing is tied."""
    return Revision.objects.plain_saves().exclude(pk__in=ShareLink.objects.exclude(revision=None).values("revision"))
