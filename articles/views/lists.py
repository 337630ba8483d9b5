"""Lists of stories: the front page, sections, topics, authors. A fixed number of queries each."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.facts import shows
from newsroom.lib.http import kept_page
from newsroom.lib.paging import CURSORS, page_of

from .. import fronts, shown
from ..layout import Front
from ..models import Author, Edition, EditionByline, EditionTopic, Section, Topic
from ..models.edition import EditionQuerySet, LinkQuerySet
from ..models.house_page import Frame, frame
from ..story import Card

PAGE = 20


@dataclass(frozen=True)
class CardPage:
    """A page of a list."""

    cards: list[Card]
    newer_url: str
    older_url: str
    own_url: str = ""


@require_safe
@kept_page()
def front(request: HttpRequest) -> HttpResponse:
    """What editors chose, then the newest, then the rest by section; no story twice."""
    return show_front(request, fronts.front_page(Edition.objects.live()))


def show_front(request: HttpRequest, page: fronts.FrontPage) -> HttpResponse:
    """The front page through the readers' template; its sections spare the masthead a query."""
    context = {"front": page.front, "cards": page.front.cards, "sections": page.sections}
    return render(request, "articles/front.html", context)


@require_safe
@kept_page(*CURSORS)
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's stories: on its first page what editors chose for its head, then the newest first."""
    around = frame()
    row = next((section for section in around.rows if section.slug == slug), None)
    if row is None:
        raise Http404
    return show_section(request, row, around, Edition.objects.live())


def show_section(
    request: HttpRequest, row: Section, around: Frame, editions: EditionQuerySet, at: datetime | None = None
) -> HttpResponse:
    """A section of these (live) editions at a moment, now unless told; what stands at its head is in no list below."""
    shows(shown.section(row.pk))
    front = fronts.section_front(row.pk, editions, at)
    rest = editions.filter(section=row).exclude(article__in=front.shown).as_cards()
    found = page_of(rest, request.GET.dict(), size=PAGE)
    page = CardPage([edition.card for edition in found.rows], found.newer_url, found.older_url, found.own_url)
    is_first = not found.newer_url
    context = {
        "section": titled(row),
        "sections": around.sections,
        "house_pages": around.pages,
        "front": front if is_first else Front(),
        "page": page,
        "cards": [*front.cards, *page.cards] if is_first else page.cards,
    }
    return render(request, "articles/section.html", context)


@require_safe
@kept_page(*CURSORS)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories about a topic, newest first."""
    row = get_object_or_404(Topic.objects.select_related("picture"), slug=slug)
    page = linked_page(request, EditionTopic.objects.filter(topic=row))
    shows(shown.topic(row.pk))
    picture = row.picture.shown if row.picture else None
    return render(request, "articles/topic.html", {"topic": titled(row), "picture": picture, "page": page})


@require_safe
@kept_page(*CURSORS)
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an author is, and the stories they have a part in, newest first."""
    row = get_object_or_404(Author.objects.select_related("picture").prefetch_related("links"), slug=slug)
    shows(shown.author(row.pk))
    page = linked_page(request, EditionByline.objects.filter(author=row))
    return render(request, "articles/author.html", {"author": row, "page": page})


def linked_page(request: HttpRequest, links: LinkQuerySet) -> CardPage:
    """A page of the live editions that links point at.

    With none it is a 404: the name of a topic that only a draft has is nobody's business yet.
    """
    found = page_of(links.live().as_cards(), request.GET.dict(), size=PAGE)
    if not found.rows:
        raise Http404
    return CardPage([link.edition.card for link in found.rows], found.newer_url, found.older_url, found.own_url)


def titled(row: Section | Topic) -> SimpleNamespace:
    """A section or topic at the head of its page."""
    return SimpleNamespace(**vars(row.link), description=row.description)
