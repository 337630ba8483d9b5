"""How often stories are read, by the hour. Nothing of who read them is kept."""

from django.db import models


class Reading(models.Model):
    """One reading, until it is counted: rows are only added, so that a hot story is no hot row."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="reading_at")]

    def __str__(self) -> str:
        return f"{self.article_id} at {self.at:%Y-%m-%d %H:%M}"


class ReadCount(models.Model):
    """How often a story was read in an hour (`hour` is its beginning, in UTC)."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="readcount_once")]
        indexes = [models.Index(fields=["hour"], name="readcount_hour")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.count}"
