"""Authors: names that stand in bylines, with or without an account."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from ..story import Credit


class Author(models.Model):
    """A name in the byline. Its account, if it has one, is what signs in."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    bio = models.CharField(max_length=500, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="author")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])

    def credit(self, role: str) -> Credit:
        return Credit(self.name, self.get_absolute_url(), role)
