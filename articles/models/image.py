"""Images: rows of the picture library. The files are made by articles/images."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from ..story import Picture


class Image(models.Model):
    """A picture, with its original kept private and its renditions under a name nobody can guess."""

    title = models.CharField(max_length=200)
    alt = models.CharField("alternative text", max_length=300, blank=True, help_text="What the picture shows.")
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, unique=True, editable=False, help_text="Of the file as uploaded.")
    original = models.CharField(max_length=200, editable=False, help_text="Re-encoded, without metadata.")
    key = models.CharField(max_length=64, unique=True, editable=False, help_text="The renditions' folder.")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = models.JSONField(default=list, editable=False, help_text="The renditions there are, in pixels.")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def rendition_name(self, width: int) -> str:
        """The rendition's name in storage; it says nothing of the story."""
        return f"pictures/{self.key}/{width}.webp"

    @property
    def picture(self) -> Picture:
        """The picture as pages show it."""
        urls = {width: default_storage.url(self.rendition_name(width)) for width in sorted(self.widths)}
        return Picture(
            alt=self.alt,
            caption=self.caption,
            credit=self.credit,
            width=self.width,
            height=self.height,
            src=urls[max(urls)],
            srcset=", ".join(f"{url} {width}w" for width, url in urls.items()),
        )
