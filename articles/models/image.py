"""Images: rows of the picture library. The files are made by articles/images."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from newsroom.lib.facts import shows

from .. import shown
from ..ladder import WHOLE, Rung, at, ladder, rungs
from ..story import Picture

WARNED_AHEAD = timedelta(days=30)
MOST_WORDS = 10
WITHIN = (MinValueValidator(0), MaxValueValidator(1))


class ImageQuerySet(models.QuerySet["Image"]):
    """Which pictures ...?"""

    def usable(self) -> Self:
        """Those whose rights are not over."""
        return self.exclude(rights_until__lt=timezone.localdate())

    def expired(self) -> Self:
        return self.filter(rights_until__lt=timezone.localdate())

    def expiring(self) -> Self:
        """Those whose rights end within thirty days."""
        today = timezone.localdate()
        return self.filter(rights_until__range=(today, today + WARNED_AHEAD))

    def found_by(self, query: str) -> Self:
        """Those in whose words every word of the query is found."""
        found = self
        for word in query.replace("\x00", "").split()[:MOST_WORDS]:
            fields = ("title", "alt", "caption", "credit", "source")
            found = found.filter(Q(*(Q(**{f"{name}__icontains": word}) for name in fields), _connector=Q.OR))
        return found


class Image(models.Model):
    """A picture, with its original kept private and its renditions under a name nobody can guess."""

    title = models.CharField(max_length=200)
    alt = models.CharField("alternative text", max_length=300, blank=True, help_text="What the picture shows.")
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="It says nothing that the words do not; screen readers pass over it."
    )
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    credit_url = models.URLField("credit link", max_length=400, blank=True)
    licence = models.CharField(max_length=120, blank=True, help_text="Press kit, CC BY 4.0, ours …")
    source = models.CharField(max_length=200, blank=True, help_text="Where we have it from. Readers do not see it.")
    rights_until = models.DateField(null=True, blank=True, help_text="The last day on which readers may see it.")
    lapsed_at = models.DateTimeField(
        null=True, editable=False, help_text="When pages were told that the rights are over."
    )
    rights_where = models.CharField(
        max_length=200, blank=True, help_text="Where it may be shown; readers do not see it."
    )
    focal_x = models.FloatField("focal point from the left", default=0.5, validators=WITHIN, help_text="0 to 1.")
    focal_y = models.FloatField("focal point from the top", default=0.5, validators=WITHIN, help_text="0 to 1.")
    sha256 = models.CharField(max_length=64, unique=True, editable=False, help_text="Of the file as uploaded.")
    original = models.CharField(max_length=200, editable=False, help_text="Re-encoded, without metadata.")
    key = models.CharField(max_length=64, unique=True, editable=False, help_text="The renditions' folder.")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    is_complete = models.BooleanField(
        default=False, editable=False, help_text="Whether every file that pages may ask for is made."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="image_focal_point_on_the_picture",
                violation_error_message="The focal point must lie on the picture: from 0 to 1.",
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""),
                name="image_decorative_says_nothing",
                violation_error_message="A decorative picture has no alternative text. Clear the one or the other.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> str:
        """Where its public files lie in storage; it says nothing of the story."""
        return f"pictures/{self.key}/"

    @property
    def focal(self) -> str:
        """The focal point as file names have it."""
        return at(self.focal_x, self.focal_y)

    @property
    def rungs(self) -> list[Rung]:
        """Every public file there is of it, or will be."""
        return ladder(self.width, self.height, self.focal)

    @property
    def file_names(self) -> list[str]:
        """Every file of the picture in storage, the original first."""
        return [self.original, *(self.folder + rung.name for rung in self.rungs)]

    def name_at_least(self, width: int) -> str:
        """The name in its folder of its smallest WebP that is so wide, else of its widest."""
        whole = [rung for rung in rungs(WHOLE, self.width, self.height, self.focal) if rung.kind == "webp"]
        return next((rung for rung in whole if rung.width >= width), whole[-1]).name

    @property
    def is_expired(self) -> bool:
        return self.rights_until is not None and self.rights_until < timezone.localdate()

    @property
    def is_expiring(self) -> bool:
        """Whether the rights end within thirty days."""
        ends = self.rights_until
        return ends is not None and timezone.localdate() <= ends <= timezone.localdate() + WARNED_AHEAD

    @property
    def picture(self) -> Picture:
        """The picture as pages show it."""
        shows(shown.picture(self.pk))
        return Picture(
            alt=self.alt,
            caption=self.caption,
            credit=self.credit,
            credit_url=self.credit_url,
            is_decorative=self.is_decorative,
            rights_until=self.rights_until.isoformat() if self.rights_until else "",
            width=self.width,
            height=self.height,
            folder=default_storage.url(self.folder),
            focal=self.focal,
        )

    @property
    def shown(self) -> Picture | None:
        """The picture as of today: none when the rights are over."""
        return None if self.is_expired else self.picture


class Making(models.Model):
    """A file that somebody is making at this moment, so that nobody else does."""

    name = models.CharField(max_length=200, primary_key=True, help_text="In storage.")
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
