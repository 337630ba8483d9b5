"""Notices: who tells us, with an account or without, that a comment is against the law (DSA, article 16)."""

from django.db import models

from .report import Report


class Notice(models.Model):
    """The part of a report that only moderators see. Both may be left out for what concerns the abuse of children."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="notice")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("address", max_length=254, blank=True)
    mark = models.CharField(max_length=64, unique=True, help_text="Of the comment and whoever tells: once is enough.")
    told_at = models.DateTimeField(null=True, help_text="When they were mailed what was decided.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Notice no. {self.pk}"
