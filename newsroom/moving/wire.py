"""Taking plain-text stories in: one file, one story, in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles import editing, publishing
from articles.body.clean import BodyTooHeavy
from articles.cutting import AddressTaken
from articles.draft import BylinePart, Draft
from articles.models import Article, Author, Section
from articles.preflight import Incomplete
from newsroom.lib.people import Person

from .story_text import Unreadable, WireStory, parse

MAX_BYTES = 2_000_000


@dataclass(frozen=True)
class Wish:
    """What the command line asks for besides the text."""

    by: Person
    section: Section
    author: Author
    headline: str = ""
    publish: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the story, and whether it was there already."""

    article: Article
    is_new: bool


def import_file(path: Path, wish: Wish) -> Outcome:
    """Import one file. The same bytes again change nothing. Raises Unreadable or OSError."""
    data = read(path)
    digest = hashlib.sha256(data).hexdigest()
    known = Article.objects.filter(import_hash=digest).first()
    if known:
        return Outcome(known, is_new=False)
    try:
        return Outcome(write(parse(decode(data)), digest, wish), is_new=True)
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (BodyTooHeavy, Incomplete, AddressTaken) as error:
        raise Unreadable(str(error)) from error


def read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable("the file is over two megabytes")
    return data


def decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 (byte {error.start + 1})") from error


@transaction.atomic
def write(story: WireStory, digest: str, wish: Wish) -> Article:
    """The story as a working copy and, if wished, as an edition."""
    draft = Draft(
        headline=wish.headline or story.headline,
        body=story.body,
        section=wish.section.pk,
        bylines=(BylinePart(wish.author.pk),),
        prompt=story.prompt,
        printed_at=printed_at(story.printed_on),
    )
    article = editing.start(by=wish.by, draft=draft, import_hash=digest)
    if wish.publish:
        publishing.publish(article, version=article.version, by=wish.by)
    return article


def printed_at(day: date | None) -> datetime | None:
    """The beginning of a day in the site's zone. Raises Unreadable for a day to come."""
    if day is None:
        return None
    moment = timezone.make_aware(datetime.combine(day, time.min))
    if moment > timezone.now():
        raise Unreadable(f"bad date “{day}”: it lies in the future")
    return moment


def author_named(name: str) -> Author:
    """The author of that name, made if there is none."""
    known = Author.objects.filter(name=name).first()
    if known:
        return known
    stem = slugify(name) or "author"
    taken = set(Author.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug = next(slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, 10_000))] if slug not in taken)
    return Author.objects.create(name=name, slug=slug)
