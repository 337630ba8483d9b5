"""Pages of the house: about the paper, who makes it, by which rules. The footer of every page leads to them."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, F, Value
from django.urls import reverse
from django.utils import timezone

from newsroom.lib.facts import shows

from .. import shown
from ..story import Link
from .taxonomy import Section

# The page on which those stand who make the paper.
MASTHEAD = "masthead"
# A feed's address would hide a page of that name.
RESERVED_PAGES = frozenset({"feed"})


def not_reserved_for_pages(slug: str) -> None:
    """Refuse a page's slug that the site uses itself."""
    if slug in RESERVED_PAGES:
        raise ValidationError(
            "The site uses the address “/pages/%(slug)s/” itself. Choose another.", params={"slug": slug}
        )


class HousePageQuerySet(models.QuerySet["HousePage"]):
    """Which pages ...?"""

    def public(self) -> Self:
        """Those that readers have."""
        return self.filter(is_public=True)


class HousePage(models.Model):
    """A page of the paper's own. Its body is cleaned when it is saved, and compiled when it is shown."""

    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        validators=[not_reserved_for_pages],
        help_text="Behind /pages/. It stays once the page is there.",
    )
    title = models.CharField(max_length=80, help_text="Its heading, and its name in the footer.")
    lead = models.CharField(
        "first sentence", max_length=300, blank=True, help_text="Below the heading, and what search engines show."
    )
    body = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField("place in the footer", default=100, help_text="The lowest stands first.")
    is_public = models.BooleanField(
        "readers have it", default=False, help_text="Without this tick its address is the ordinary 404."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = HousePageQuerySet.as_manager()

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages of the house"
        ordering = ["place", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:house_page", args=[self.slug])


@dataclass(frozen=True)
class Frame:
    """What stands around every page, each in its order: the sections' rows, and links to the pages of the house."""

    rows: list[Section]
    pages: list[Link]

    @property
    def sections(self) -> list[Link]:
        return [row.link for row in self.rows]


def frame() -> Frame:
    """The frame of every page in one query, however much there is of either.

    A section comes with what its own page shows of it: its place, names, colour and description.
    """
    shows(shown.FRAME)
    sections = Section.objects.order_by().annotate(kind=_text("section"), rank=F("position"), title=F("name"))
    pages = HousePage.objects.public().order_by().annotate(kind=_text("page"), rank=F("place"))
    names = ("kind", "rank", "title", "pk", "slug")
    pages = pages.annotate(description=_text(""), colour=_text(""))
    both = (rows.values_list(*names, "description", "colour") for rows in (sections, pages))
    rows: list[Section] = []
    links: list[Link] = []
    for kind, rank, title, pk, slug, description, colour in (
        next(both).union(*both, all=True).order_by("kind", "rank", "title")
    ):
        if kind == "section":
            about = {"description": description, "colour": colour, "position": rank}
            rows.append(Section(pk=pk, name=title, slug=slug, **about))
        else:
            links.append(Link(title, reverse("articles:house_page", args=[slug])))
    return Frame(rows, links)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
