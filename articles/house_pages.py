"""Pages of the house: saving one, and what readers see of it. Who may: editors of the whole paper."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.safestring import SafeString

from newsroom.lib.facts import changed, shows
from newsroom.lib.people import Person

from . import shown as names
from .body.clean import clean
from .body.compile import compile_body
from .body.references import images_in, stories_in
from .models import Author, Edition, EditionByline, HousePage, Image
from .models.house_page import MASTHEAD
from .models.taxonomy import sections_of
from .story import Card, Parts, Picture, Piece, pieces_of


class Conflict(Exception):
    """Somebody else has saved the page since; `page` is how it is now."""

    def __init__(self, page: HousePage) -> None:
        self.page = page
        who = page.saved_by.name if page.saved_by else "Somebody"
        super().__init__(f"{who} has saved this page meanwhile. Nothing of yours is lost, and nothing was saved yet.")


@dataclass(frozen=True)
class Member:
    """Somebody who makes the paper; `path` is "" for who has no story with readers now."""

    name: str
    job: str
    bio: str
    path: str
    portrait: Picture | None


@dataclass(frozen=True)
class Shown:
    """A page as readers get it: its words, its body in order, and on the masthead who makes the paper."""

    page: HousePage
    pieces: list[Piece]
    html: SafeString
    staff: list[Member]

    @property
    def has_gallery(self) -> bool:
        return '<div class="gallery"' in self.html

    @property
    def has_player(self) -> bool:
        return '<div class="embed"' in self.html


def may_edit(person: Person) -> bool:
    """The rules of the house are no section's own: whoever is limited to sections edits none of these pages."""
    return person.has_perm("articles.change_housepage") and not sections_of(person)


@transaction.atomic
def save(page: HousePage, *, version: int, by: Person) -> HousePage:
    """Save a page as it was typed, if it still is of the version that was on screen (0 for a new page).

    Readers are told of a change of its words, and of nothing else. Raises Conflict, BodyTooHeavy or PermissionDenied.
    """
    if not may_edit(by):
        raise PermissionDenied("The pages of the house are not yours to edit.")
    changed(names.HOUSE_PAGES, names.FRAME)
    page.body, page.saved_by, now = clean(page.body), by, timezone.now()
    if not version:
        page.updated_at = now
        page.save(force_insert=True)
        return page
    before = HousePage.objects.select_for_update(of=("self",)).select_related("saved_by").get(pk=page.pk)
    if before.version != version:
        raise Conflict(before)
    page.version = version + 1
    page.updated_at = now if news_in(page, before) else before.updated_at
    page.save(force_update=True)
    return page


def news_in(page: HousePage, before: HousePage) -> bool:
    """Whether readers find something new there: other words, or the page itself."""
    words = (page.title, page.lead, page.body) != (before.title, before.lead, before.body)
    return words or (page.is_public and not before.is_public)


def shown(page: HousePage) -> Shown:
    """The page as of now; one query each for its pictures, its cards of stories and the staff, where there are any."""
    keys = images_in(page.body)
    images = {pk: image.picture for pk, image in Image.objects.in_bulk(keys).items()} if keys else {}
    html = compile_body(page.body, Parts(images=images)).html
    return Shown(page, pieces_of(html, cards_in(html)), html, staff() if page.slug == MASTHEAD else [])


def cards_in(html: str) -> dict[int, Card]:
    """The cards of those stories in a body that readers have."""
    wanted = stories_in(html)
    shows(*(names.story(article) for article in wanted))
    live = Edition.objects.live().filter(article__in=wanted).as_cards() if wanted else []
    return {edition.article_id: edition.card for edition in live}


def staff() -> list[Member]:
    """Who has a job here, by name."""
    live = EditionByline.objects.live().filter(author=OuterRef("pk"))
    rows = Author.objects.exclude(job="").select_related("picture").annotate(is_read=Exists(live))
    # Their pages are there while they have a story.
    shows(names.AUTHORS, *(names.author(row.pk) for row in rows))
    return [
        Member(row.name, row.job, row.bio, row.get_absolute_url() if row.is_read else "", row.portrait) for row in rows
    ]
