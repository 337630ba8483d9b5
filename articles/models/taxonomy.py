"""Sections (one a story) and topics (any number a story)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from ..story import Link

# The first words of the site's own addresses: a section of that name would hide a page.
RESERVED_SECTIONS = frozenset(
    "accounts admin api archive authors calendar comments corrections desk favicon.ico feed feed.json livez media "
    "pages people readyz robots.txt search share sitemap.xml sitemap-news.xml static styleguide topics".split()
)
# The words that follow a section's name and are not stories.
RESERVED_SLUGS = frozenset("archive feed feed.json page search".split())


def not_reserved(slug: str) -> None:
    """Refuse a section's slug that the site uses itself."""
    if slug in RESERVED_SECTIONS:
        raise ValidationError("The site uses the address “/%(slug)s/” itself. Choose another.", params={"slug": slug})


class Colour(models.TextChoices):
    """The section colours the style sheets know, each drawn for light and dark."""

    TOMATO = "tomato", "Tomato"
    TEAL = "teal", "Teal"
    VIOLET = "violet", "Violet"
    AMBER = "amber", "Amber"
    BLUE = "blue", "Blue"
    PINK = "pink", "Pink"


class Section(models.Model):
    """A part of the paper: TV, Film, Games ..."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, validators=[not_reserved])
    description = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=10, choices=Colour, default=Colour.TOMATO)
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the menu.")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:section", args=[self.slug])

    @property
    def link(self) -> Link:
        return Link(self.name, self.get_absolute_url(), self.colour)


class Topic(models.Model):
    """What a story is about: a title, a person, a company, a theme."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])

    @property
    def link(self) -> Link:
        return Link(self.name, self.get_absolute_url())
