"""Sections (one a story) and topics (any number a story)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from newsroom.lib.people import Person

from ..story import Link

EDITORS_RIGHT = "articles.edit_any_article"

# The first words of the site's own addresses: a section of that name would hide a page.
RESERVED_SECTIONS = frozenset(
    ".well-known accounts admin ads.txt api archive authors calendar comments corrections desk favicon.ico feed "
    "feed.atom feed.json livez manifest.webmanifest media newsletter opensearch.xml pages people read readyz "
    "robots.txt search share sitemap.xml sitemap-lists.xml sitemap-news.xml static styleguide topics".split()
)
# The words that follow a section's name and are not stories.
RESERVED_SLUGS = frozenset("archive feed feed.atom feed.json page search".split())


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


def limited_to(person: Person, right: str, relation: str) -> frozenset[int]:
    """The sections to which this person's right is limited: those that name them in `relation`.

    None for who has the right on the whole paper, and for who does not have it. Asked once for each `Person` object,
    so once a request.
    """
    if not person.has_perm(right) or person.is_superuser:
        return frozenset()
    kept = f"_limits_as_{relation}"
    if not hasattr(person, kept):
        setattr(person, kept, frozenset(Section.objects.filter(**{relation: person.pk}).values_list("pk", flat=True)))
    return getattr(person, kept)


def sections_of(editor: Person) -> frozenset[int]:
    """The sections that this editor is limited to; none for an editor of the whole paper, and for who is no editor."""
    return limited_to(editor, EDITORS_RIGHT, "editors")


class Section(models.Model):
    """A part of the paper: TV, Film, Games ..."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, validators=[not_reserved])
    description = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=10, choices=Colour, default=Colour.TOMATO)
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the menu.")
    stand_in = models.ForeignKey(
        "Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_in_of",
        verbose_name="stand-in picture",
        help_text="Shown in place of a picture whose rights are over.",
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="edited_sections",
        help_text="Editors who are named in any section edit those alone; all others edit the whole paper.",
    )
    moderators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="moderated_sections",
        help_text="Moderators who are named in any section decide there alone; all others on the whole paper.",
    )

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
    picture = models.ForeignKey("Image", models.PROTECT, null=True, blank=True, related_name="picture_of_topics")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])

    @property
    def link(self) -> Link:
        return Link(self.name, self.get_absolute_url())
