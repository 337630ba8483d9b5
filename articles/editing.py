"""Saving working copies: every way in (form, import, restore) makes a Draft and gives it to `save`."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from .body.clean import clean
from .draft import Draft, differences
from .models import Article, ArticleTopic, Author, Byline, Event, Revision
from .workflow import Stage, stage_after_edit

# The fields that are columns of the article under the same name.
COLUMNS = "headline dek slug body trailer_url prompt discussion canonical_url sponsor printed_at".split()
LINES = "headline dek slug trailer_url prompt canonical_url sponsor".split()


class Conflict(Exception):
    """Somebody else changed the story since these words were read. `article` is the story as it is now."""

    def __init__(self, article: Article) -> None:
        self.article = article
        who = article.saved_by.get_username() if article.saved_by else "someone"
        super().__init__(f"The story was changed meanwhile by {who} (it is now version {article.version}).")


@transaction.atomic
def start(*, by: Person, draft: Draft | None = None, import_hash: str | None = None) -> Article:
    """Make a new story, empty unless a draft is given. Raises PermissionDenied."""
    if not by.has_perm("articles.add_article"):
        raise PermissionDenied("You may not add stories.")
    article = Article.objects.create(created_by=by, saved_by=by, import_hash=import_hash)
    kind = Event.Kind.IMPORTED if import_hash else Event.Kind.CREATED
    record(article, kind, by=by)
    if draft is None:
        return article
    kept_as = Revision.Kind.IMPORTED if import_hash else Revision.Kind.SAVED
    return save(article, draft, version=article.version, by=by, kept_as=kept_as)


def own_byline(by: Person) -> Author | None:
    """The author that this account writes as, if any."""
    return Author.objects.filter(user=by).first()


@transaction.atomic
def save(article: Article, draft: Draft, *, version: int, by: Person, kept_as: str = Revision.Kind.SAVED) -> Article:
    """Make `draft` the working copy, if the story is still at `version`; returns the story as it is now.

    Saving what is already there changes nothing, whatever the version: one's own double save is no conflict.
    Raises Conflict, PermissionDenied, BodyTooHeavy, or ValidationError for a field too long or no address.
    """
    article = may_edit(article, by=by)
    draft, old = cleaned(draft), article.draft
    if not differences(old, draft):
        keep(article, draft, Revision.Kind.SAVED)
        return article
    expect(article, version)
    article.version += 1
    _write(article, old, draft, by)
    keep(article, draft, kept_as)
    record(article, Event.Kind.SAVED, by=by, note=", ".join(differences(old, draft)))
    return article


def keep(article: Article, draft: Draft, kind: str) -> Revision:
    """Keep the working copy's words (`draft`) as a revision: the newest, if it holds them, is marked with `kind`.

    So no two in a row are alike, and words that were never saved by hand are kept when they leave the desk.
    Called under a lock on the article's row.
    """
    newest = article.revisions.of_working_copy().first()
    if newest is None or newest.draft != draft:
        if newest and newest.version == article.version:
            article.version += 1
            article.save(update_fields=["version"])
        return Revision.objects.create(
            article=article,
            version=article.version,
            kind=kind,
            source=draft.to_json(),
            made_at=article.saved_at,
            made_by=article.saved_by,
        )
    if not newest.outranks(kind):
        newest.kind = kind
        newest.save(update_fields=["kind"])
    return newest


def may_edit(article: Article, *, by: Person) -> Article:
    """The story's row, locked and fresh. Raises PermissionDenied when it is not this user's to edit."""
    fresh = Article.objects.visible_to(by).filter(pk=article.pk).first()
    if fresh is None or not by.has_perm("articles.change_article"):
        raise PermissionDenied("This story is not yours to edit.")
    return locked(article)


def locked(article: Article) -> Article:
    """The story's row as it is now, held until the transaction ends."""
    return Article.objects.select_for_update().get(pk=article.pk)


def expect(article: Article, version: int) -> None:
    """Raises Conflict unless the story is still at `version`."""
    if article.version != version:
        raise Conflict(article)


def record(article: Article, kind: str, *, by: Person | None, note: str = "", **more: object) -> Event:
    """Write down what happened."""
    return Event.objects.create(
        article=article, kind=kind, by=by, note=note, at=timezone.now(), version=article.version, **more
    )


def cleaned(draft: Draft) -> Draft:
    """The draft as it may be stored: the body through the allow-list, lines without breaks, nothing twice."""
    lines: dict[str, Any] = {name: " ".join(getattr(draft, name).replace("\x00", "").split()) for name in LINES}
    topics, bylines = tuple(dict.fromkeys(draft.topics)), tuple(dict.fromkeys(draft.bylines))
    return replace(draft, body=clean(draft.body), topics=topics, bylines=bylines, **lines)


def _write(article: Article, old: Draft, draft: Draft, by: Person) -> None:
    for name in COLUMNS:
        setattr(article, name, getattr(draft, name))
    article.section_id = draft.section
    article.lead_image_id = draft.lead_image
    article.stage = stage_after_edit(Stage(article.stage), may_approve=by.has_perm("articles.approve_article"))
    article.saved_at, article.saved_by = timezone.now(), by
    article.clean_fields(exclude=["section", "lead_image", "created_by", "saved_by"])
    article.save()
    if old.topics != draft.topics:
        article.topic_links.all().delete()
        ArticleTopic.objects.bulk_create(
            ArticleTopic(article=article, topic_id=pk, position=place) for place, pk in enumerate(draft.topics)
        )
    if old.bylines != draft.bylines:
        article.byline_set.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, author_id=part.author, role=part.role, position=place)
            for place, part in enumerate(draft.bylines)
        )
