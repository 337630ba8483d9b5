"""What search reads: the words of editions, folded. How they are matched is the business of articles/search."""

from django.db import models

from .edition import Edition


class SearchEntry(models.Model):
    """The words of an edition that is not past, and its facets; whether readers have it only the clock says.

    On PostgreSQL a table with two vectors beside these columns, on SQLite an FTS5 table whose rows have the
    editions' numbers: both are made by hand, in the migration. The words are as `search.words.plain` leaves them.
    """

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, db_column="rowid", related_name="search_entry"
    )
    headline = models.TextField()
    dek = models.TextField()
    topics = models.TextField()
    body = models.TextField()
    facets = models.JSONField(help_text="Slug and name of the section, and lists of them for topics and authors.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.headline


class SearchWord(models.Model):
    """A word of headlines, topics and bylines, folded, and the editions that have it: for spelling."""

    MAX_LENGTH = 60

    word = models.CharField(max_length=MAX_LENGTH, unique=True)
    editions = models.ManyToManyField(Edition, related_name="search_words")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.word
