"""Addresses: every path at which a story has been, is or will be reached."""

from django.db import models


class Address(models.Model):
    """One path of one story, unique across the site, kept for ever so that old links go on working."""

    path = models.CharField(max_length=400, unique=True)
    article = models.ForeignKey("Article", models.CASCADE, related_name="addresses")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path
