"""Lists of stories: the front page, sections, topics, authors. A fixed number of queries each."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.http import public_page
from newsroom.lib.paging import page_of

from ..models import Author, Edition, EditionByline, EditionTopic, Section, Topic
from ..models.edition import LinkQuerySet
from ..story import Card, Link

SECONDS = 4
LATEST = 8
BLOCK = 4
PAGE = 20


@dataclass(frozen=True)
class Block:
    """A section's part of the front page."""

    section: Link
    cards: list[Card]


@dataclass(frozen=True)
class CardPage:
    """A page of a list."""

    cards: list[Card]
    newer_url: str
    older_url: str


@require_safe
@public_page
def front(request: HttpRequest) -> HttpResponse:
    """The newest story large, the next below it, then the rest by section; no story twice."""
    newest = list(Edition.objects.live().newest_first().as_cards()[: 1 + SECONDS + LATEST])
    cards = [edition.card for edition in newest]
    blocks = section_blocks(shown=[edition.article_id for edition in newest])
    context = {
        "lead": cards[0] if cards else None,
        "seconds": cards[1 : 1 + SECONDS],
        "latest": cards[1 + SECONDS :],
        "blocks": blocks,
        "cards": cards + [card for block in blocks for card in block.cards],
    }
    return render(request, "articles/front.html", context)


def section_blocks(*, shown: list[int]) -> list[Block]:
    """Each section's newest stories that are not on the page already; one query a section."""
    blocks = []
    for section in Section.objects.all():
        editions = Edition.objects.live().filter(section=section).exclude(article__in=shown)
        cards = [edition.card for edition in editions.newest_first().as_cards()[:BLOCK]]
        if cards:
            blocks.append(Block(section.link, cards))
    return blocks


@require_safe
@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's stories, newest first."""
    row = get_object_or_404(Section, slug=slug)
    found = page_of(Edition.objects.live().filter(section=row).as_cards(), request.GET.dict(), size=PAGE)
    page = CardPage([edition.card for edition in found.rows], found.newer_url, found.older_url)
    return render(request, "articles/section.html", {"section": titled(row), "page": page})


@require_safe
@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories about a topic, newest first."""
    row = get_object_or_404(Topic, slug=slug)
    page = linked_page(request, EditionTopic.objects.filter(topic=row))
    return render(request, "articles/topic.html", {"topic": titled(row), "page": page})


@require_safe
@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories an author has a part in, newest first."""
    row = get_object_or_404(Author, slug=slug)
    page = linked_page(request, EditionByline.objects.filter(author=row))
    return render(request, "articles/author.html", {"author": row, "page": page})


def linked_page(request: HttpRequest, links: LinkQuerySet) -> CardPage:
    """A page of the live editions that links point at.

    With none it is a 404: the name of a topic that only a draft has is nobody's business yet.
    """
    found = page_of(links.live().as_cards(), request.GET.dict(), size=PAGE)
    if not found.rows:
        raise Http404
    return CardPage([link.edition.card for link in found.rows], found.newer_url, found.older_url)


def titled(row: Section | Topic) -> SimpleNamespace:
    """A section or topic at the head of its page."""
    return SimpleNamespace(**vars(row.link), description=row.description)
