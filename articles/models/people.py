"""Authors: names that stand in bylines, with or without an account."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse

from ..story import Credit, Picture


class Author(models.Model):
    """A name in the byline. Its account, if it has one, is what signs in."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    job = models.CharField(max_length=80, blank=True, help_text="What they do at the paper: film critic.")
    bio = models.CharField(max_length=500, blank=True)
    picture = models.ForeignKey("Image", models.PROTECT, null=True, blank=True, related_name="portrait_of")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="author")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])

    def credit(self, role: str) -> Credit:
        return Credit(self.name, self.get_absolute_url(), role)

    @property
    def portrait(self) -> Picture | None:
        """The picture as of today; none whose rights are over."""
        return self.picture.shown if self.picture else None


class AuthorLink(models.Model):
    """A page of an author's elsewhere: a profile, a site of their own."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="links")
    name = models.CharField(max_length=60, help_text="As readers see it: Bluesky, her own site.")
    url = models.URLField("address", max_length=400, validators=[URLValidator(["http", "https"])])

    class Meta:
        ordering = ["pk"]
        verbose_name = "link"

    def __str__(self) -> str:
        return self.name
