"""Cutting: a draft becomes an edition's columns, its links and its address; and the same again (recompile)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from newsroom.lib.facts import changed
from newsroom.lib.people import Person

from . import shown
from .body.compile import compile_body
from .body.references import images_in
from .body.text import cut_at_word
from .draft import COLUMNS, TELLING, Draft
from .models import Address, Article, Edition, EditionByline, EditionImage, EditionTopic, Image, Section
from .models.parts import parts_of
from .models.slots import with_slots
from .models.taxonomy import RESERVED_SLUGS
from .onward import onward
from .search import index
from .signals import edition_cut
from .story import Parts, Story

SLUG_LENGTH = 80
# The fields that an edition has too, as the draft has them.
SHARED = frozenset(COLUMNS) - {"slug", "body", "printed_at"}


@dataclass(frozen=True)
class Interval:
    """When readers have an edition: [live_at, ends_at), and why it ends."""

    live_at: datetime
    ends_at: datetime | None = None
    ended_as: str = ""


class AddressTaken(Exception):
    """Another story already has this address, or the site needs it itself."""


def cut(
    article: Article,
    draft: Draft,
    *,
    number: int,
    interval: Interval,
    updated_at: datetime | None = None,
    by: Person | None,
) -> Edition:
    """Write the edition of `draft` for an interval. Called under a lock on the article's row.

    `updated_at` is the last change readers are told of; without it, none since the story was published.
    """
    path = take_address(article, draft)
    live_at = interval.live_at
    first = article.editions.standing().filter(live_at__lte=live_at).order_by("live_at").first()
    published_at = first.published_at if first else min(draft.printed_at or live_at, live_at)
    edition = Edition(
        article=article,
        number=number,
        source=draft.to_json(),
        path=path,
        **vars(interval),
        published_at=published_at,
        updated_at=updated_at or published_at,
        cut_at=timezone.now(),
        cut_by=by,
    )
    _derive(edition, draft)
    edition.onward = onward(article.pk, section=edition.section_id, topics=draft.topics)
    edition.save()
    _link(edition, draft)
    edition_cut.send(Edition, edition=edition)
    return edition


@transaction.atomic
def recompile(editions: "QuerySet[Edition]") -> int:
    """Derive anew what editions show (a section renamed, a better compiler); returns how many. Safe to repeat.

    Paths stay: an address given to readers is not taken back.
    """
    count, stories = 0, set()
    for edition in editions.select_for_update().iterator(chunk_size=200):
        _derive(edition, edition.draft)
        edition.save()
        _link(edition, edition.draft)
        count += 1
        if not edition.past:
            stories.add(shown.story(edition.article_id))
    if stories:
        changed(shown.EDITIONS, *stories)
    return count


def preview(article: Article, draft: Draft) -> Story:
    """The story as readers would get it if this draft were published now; nothing is written."""
    live = article.live_edition
    now = timezone.now()
    edition = Edition(
        article=article,
        path=live.path if live else "",
        live_at=now,
        published_at=live.published_at if live else draft.printed_at or now,
        updated_at=live.updated_at if live else draft.printed_at or now,
    )
    _derive(edition, draft)
    return with_slots(edition.story)


def _derive(edition: Edition, draft: Draft) -> None:
    """Fill the derived columns."""
    parts = parts_of(draft).shown
    compiled = compile_body(draft.body, parts, sponsored=bool(draft.sponsor))
    edition.html, edition.text, edition.words = str(compiled.html), compiled.text, compiled.words
    edition.parts = parts.to_json()
    edition.lead_image_id, edition.safe_image_id = draft.lead_image, draft.safe_image
    if draft.section:
        edition.section_id = draft.section
    for name in SHARED:
        setattr(edition, name, getattr(draft, name))


def _link(edition: Edition, draft: Draft) -> None:
    """Make the edition's links to topics, authors and pictures what the draft says, and what search knows of it."""
    shared = {
        "edition": edition,
        "article_id": edition.article_id,
        "published_at": edition.published_at,
        "past": edition.past,
    }
    edition.editiontopics.all().delete()
    EditionTopic.objects.bulk_create(EditionTopic(topic_id=pk, **shared) for pk in dict.fromkeys(draft.topics))
    shown = {pk for pk in (draft.lead_image, draft.safe_image, *images_in(draft.body)) if pk}
    edition.editionimages.all().delete()
    EditionImage.objects.bulk_create(
        EditionImage(edition=edition, image=image) for image in Image.objects.filter(pk__in=shown).only("pk")
    )
    first_roles = {part.author: part.role for part in reversed(draft.bylines)}
    edition.editionbylines.all().delete()
    EditionByline.objects.bulk_create(
        EditionByline(author_id=pk, role=role, **shared) for pk, role in first_roles.items()
    )
    index.write(edition)


def take_address(article: Article, draft: Draft) -> str:
    """The path of this draft, now this story's for ever.

    Without a slug of its own a story keeps the one it has, whatever becomes of the headline. A slug made from
    the headline steps aside ("-2") for another story's; one typed by hand raises AddressTaken.
    """
    if draft.section is None:
        raise AddressTaken("A story without a section has no address.")
    section = Section.objects.get(pk=draft.section)
    if draft.slug in RESERVED_SLUGS:
        raise AddressTaken(f"The site uses the word “{draft.slug}” itself. Choose another address.")
    stem = draft.slug or slug_kept(article) or slug_of(draft) or f"story-{article.pk}"
    for suffix in [""] if draft.slug else ["", *(f"-{n}" for n in range(2, 100))]:
        path = reverse("articles:article", args=[section.slug, stem + suffix])
        if stem + suffix not in RESERVED_SLUGS and _take(article, path):
            return path
    raise AddressTaken(f"Another story already has the address “{stem}”. Choose another.")


def slug_kept(article: Article) -> str:
    """The slug of the story's last edition; "" when none was cut yet."""
    last = article.editions.standing().order_by("live_at").last()
    return last.path.rstrip("/").rsplit("/", 1)[-1] if last else ""


def slug_of(draft: Draft) -> str:
    """A slug made of the headline, or of the one that gives nothing away: an address is seen everywhere."""
    is_telling = draft.spoiler in TELLING and draft.safe_headline
    return slug_from(draft.safe_headline if is_telling else draft.headline)


def slug_from(headline: str) -> str:
    """A slug made of a headline's first words."""
    return slugify(cut_at_word(headline, SLUG_LENGTH))


def likely_path(draft: Draft, parts: Parts) -> str:
    """The path that this draft will probably have: nothing is looked up, and nothing taken."""
    slug = draft.slug or slug_of(draft)
    return f"{parts.section.path if parts.section else '/'}{f'{slug}/' if slug else ''}"


def _take(article: Article, path: str) -> bool:
    """Make `path` the story's, unless it is another's."""
    address, _ = Address.objects.get_or_create(path=path, defaults={"article": article})
    return address.article_id == article.pk
