"""Saving working copies: every way in (form, import, restore) makes a Draft and gives it to `save`.

While somebody writes, `autosave` stores the same words by the same rules, but leaves no trace in the history.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.lib.people import Person

from .body.clean import clean
from .draft import COLUMNS, LINES, Draft, differences
from .models import Article, ArticleTopic, Author, Byline, Event, LastPage, Revision
from .workflow import Stage, stage_after_edit


class Conflict(Exception):
    """Somebody else changed the story since these words were read. `article` is the story as it is now."""

    def __init__(self, article: Article) -> None:
        self.article, self.who = article, who_changed(article)
        super().__init__(f"The story was changed meanwhile by {self.who} (it is now version {article.version}).")


@dataclass(frozen=True)
class Page:
    """The open page that words come from, by a random word of its own; `turn` counts the changes made there.

    With it a page is never in conflict with itself: not with its own autosave under way, nor with a save whose
    answer was lost. Nameless pages (an import, an old browser) have no such privilege.
    """

    word: str = ""
    turn: int = 0


NO_PAGE = Page()


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


@transaction.atomic
def duplicate(article: Article, *, by: Person) -> Article:
    """Make a new draft of the story's words, for whoever may see it and may add stories; returns the new one.

    What belongs to the one story alone stays behind: its address, where and when it ran before, its embargo, its links.
    """
    source = Article.objects.visible_to(by).filter(pk=article.pk).first()
    if source is None:
        raise PermissionDenied("This story is not yours to duplicate.")
    copy = start(by=by, draft=replace(source.draft, slug="", canonical_url="", printed_at=None))
    record(copy, Event.Kind.DUPLICATED, by=by, note=f"from no. {source.pk}, {source}")
    record(source, Event.Kind.DUPLICATED, by=by, note=f"as no. {copy.pk}")
    return copy


def own_byline(by: Person) -> Author | None:
    """The author that this account writes as, if any."""
    return Author.objects.filter(user=by).first()


@transaction.atomic
def save(
    article: Article,
    draft: Draft,
    *,
    version: int,
    by: Person,
    page: Page = NO_PAGE,
    kept_as: str = Revision.Kind.SAVED,
) -> Article:
    """Make `draft` the working copy, if the story is still at `version`; returns the story as it is now.

    Saving what is already there changes nothing, whatever the version: one's own double save is no conflict. Only
    words that autosave alone has stored get their revision now.
    Raises Conflict, PermissionDenied, BodyTooHeavy, or ValidationError for a field too long or no address.
    """
    article = may_edit(article, by=by)
    draft, own = cleaned(draft), _own(article, by, page)
    if differences(article.draft, draft):
        _replace(article, draft, since=_since(article, version, own, page), by=by, page=page)
    elif own:
        own.note(page.turn)
    if changed := differences(kept_words(article), draft):
        keep(article, draft, kept_as)
        record(article, Event.Kind.SAVED, by=by, note=", ".join(changed))
    return article


@transaction.atomic
def autosave(article: Article, draft: Draft, *, version: int, by: Person, page: Page = NO_PAGE) -> Article:
    """Store words as they are being typed: by the rules of `save`, but with neither revision nor event.

    A request that was overtaken by a later one of its own page changes nothing, and words that are there already
    give nobody a right to newer ones: the page is told of a conflict all the same. Raises what `save` raises.
    """
    article = may_edit(article, by=by)
    draft, own = cleaned(draft), _own(article, by, page)
    if own and own.turn > page.turn:
        return article
    is_new = bool(differences(article.draft, draft))
    since = _since(article, version, own, page) if is_new or page.word else version
    if is_new:
        _replace(article, draft, since=since, by=by, page=page)
    elif own:
        own.note(page.turn)
    return article


def hand_over(article: Article, *, by: Person, note: str) -> None:
    """Close the words as they are: a revision has them, and a page that still writes on them meets a new version.

    Called under a lock on the article's row.
    """
    keep(article, article.draft, Revision.Kind.TAKEN_OVER)
    article.version += 1
    article.save(update_fields=["version"])
    record(article, Event.Kind.TAKEN_OVER, by=by, note=note)


def who_changed(article: Article) -> str:
    """Who brought the story to its version, by saving or by a move."""
    moved = article.events.filter(version=article.version).exclude(kind__in=Event.BESIDE)
    event = moved.select_related("by").first()
    person = event.by if event else article.saved_by
    return person.name if person else "someone"


def kept_words(article: Article) -> Draft:
    """The words of the newest revision: what the history has."""
    newest = article.revisions.of_working_copy().first()
    return newest.draft if newest else Draft()


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
    """The story's row as it is now, held until the transaction ends. Raises PermissionDenied for one in the trash."""
    fresh = Article.objects.select_for_update().filter(pk=article.pk, trashed_at=None).first()
    if fresh is None:
        raise PermissionDenied("The story lies in the trash, or is gone for good.")
    return fresh


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
    """The draft as it may be stored: a body of what is allowed, lines without breaks, nothing twice, whole seconds."""
    lines: dict[str, Any] = {name: " ".join(getattr(draft, name).replace("\x00", "").split()) for name in LINES}
    topics, bylines = tuple(dict.fromkeys(draft.topics)), tuple(dict.fromkeys(draft.bylines))
    printed_at = draft.printed_at.replace(microsecond=0) if draft.printed_at else None
    # A line's place is an answer's: those before it stay, though they be empty.
    answers = "\n".join(" ".join(line.replace("\x00", "").split()) for line in draft.answers.splitlines()).rstrip()
    return replace(
        draft, body=clean(draft.body), answers=answers, topics=topics, bylines=bylines, printed_at=printed_at, **lines
    )


def _replace(article: Article, draft: Draft, *, since: int, by: Person, page: Page) -> None:
    """The one place where words replace words; those that another page left unsaved are kept first."""
    old, last = article.draft, LastPage.objects.filter(article=article)
    if last.exclude(user=by, page=page.word).exists():
        keep(article, old, Revision.Kind.SAVED)
    article.version += 1
    _write(article, old, draft, by)
    now = {"page": page.word, "turn": page.turn, "since_version": since, "version": article.version}
    LastPage(article=article, user=by, **now).save()


def _own(article: Article, by: Person, page: Page) -> LastPage | None:
    """The mark of this very page, if it wrote the working copy as it is now."""
    own = LastPage.objects.filter(article=article, user=by, page=page.word, version=article.version)
    return own.first() if page.word else None


def _since(article: Article, version: int, own: LastPage | None, page: Page) -> int:
    """The version this page began with. Raises Conflict unless the story is still at `version`, or only it went on."""
    if own and page.turn >= own.turn and own.since_version <= version <= article.version:
        return own.since_version
    expect(article, version)
    return version


def _write(article: Article, old: Draft, draft: Draft, by: Person) -> None:
    for name in COLUMNS:
        setattr(article, name, getattr(draft, name))
    article.section_id = draft.section
    article.lead_image_id, article.safe_image_id = draft.lead_image, draft.safe_image
    article.stage = stage_after_edit(Stage(article.stage), may_approve=by.has_perm("articles.approve_article", article))
    article.saved_at, article.saved_by = timezone.now(), by
    article.clean_fields(exclude=["section", "lead_image", "safe_image", "created_by", "saved_by"])
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
