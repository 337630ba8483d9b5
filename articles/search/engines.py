"""Matching, ranking and spelling as each database does them: one interface, chosen by the connection."""

import re
from functools import reduce
from operator import and_, or_
from typing import Any, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchQuery,
    SearchRank,
    SearchVectorExact,
    SearchVectorField,
    TrigramDistance,
)
from django.db import connection
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Length
from django.db.models.lookups import Contains

from ..models import SearchEntry, SearchWord
from .words import Query, Term

NEAREST = 12
TABLE = SearchEntry._meta.db_table


class Engine(Protocol):
    """What search asks of a database."""

    def matches(self, query: Query) -> Any:
        """The condition on search entries."""

    def names(self, whole: list[str], last: str) -> Any:
        """The condition that headline, topics or bylines have these words, and one that begins with the last."""

    def ranked(self, entries: "QuerySet[SearchEntry]", query: Query) -> Any:
        """These entries, a slice of those that match, each with a `rank` that says how well: more is better."""

    def near(self, known: "QuerySet[SearchWord]", words: list[str]) -> list[str]:
        """Known words that could be meant by these."""


class Column(Func):
    """A column of the entries that their model does not have, because only one of the databases does."""

    template = "%(expressions)s"

    def __init__(self, name: str, output_field: Any) -> None:
        super().__init__(F("pk"), output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # type: ignore[override]
        """The key's column, under whatever name its table has in the query, with the name replaced."""
        sql, params = super().as_sql(compiler, connection, **more)
        return f'{sql.rpartition(".")[0]}."{self.name}"', params


class IsAnyOf(Func):
    """The first is one of the array that is the second, which is made once, whatever the planner expects of it."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()


class PostgreSQL:
    """Full text in the configuration `newsroom`, and trigrams."""

    WEIGHTS = (0.1, 0.4, 0.4, 1.0)  # of body, topics, dek, headline
    BY_LENGTH = 1  # a long text has a word more easily

    def matches(self, query: Query) -> Any:
        return SearchVectorExact(self._vector("vector"), self._asked(query))

    def names(self, whole: list[str], last: str) -> Any:
        asked = " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])
        return SearchVectorExact(self._vector("names"), SearchQuery(asked, config="simple", search_type="raw"))

    def ranked(self, entries: "QuerySet[SearchEntry]", query: Query) -> Any:
        # In two steps: ranking reads all the words of an entry, and would be done for every one that matches.
        rank = SearchRank(
            self._vector("vector"), self._asked(query), weights=list(self.WEIGHTS), normalization=Value(self.BY_LENGTH)
        )
        return SearchEntry.objects.filter(IsAnyOf("pk", ArraySubquery(entries.values("pk")))).annotate(rank=rank)

    def near(self, known: "QuerySet[SearchWord]", words: list[str]) -> list[str]:
        ordered = [known.order_by(TrigramDistance("word", word)).values_list("word", flat=True) for word in words]
        first, *rest = [found[:NEAREST] for found in ordered]
        return list(first.union(*rest, all=True) if rest else first)

    def _vector(self, name: str) -> Column:
        return Column(name, SearchVectorField())

    def _asked(self, query: Query) -> "SearchQuery | CombinedSearchQuery":
        return reduce(or_, (reduce(and_, map(self._term, terms)) for terms in query.alternatives))

    def _term(self, term: Term) -> "SearchQuery | CombinedSearchQuery":
        asked = SearchQuery(" ".join(term.words), config="newsroom", search_type="phrase", invert=term.is_excluded)
        if not term.is_beginning:
            return asked
        return asked | SearchQuery(f"'{term.words[0]}':*", config="simple", search_type="raw")


class Match(Func):
    """FTS5 has a column named like its table, which stands for all of them."""

    arg_joiner = " MATCH "
    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, asked: str) -> None:
        super().__init__(Column(TABLE, TextField()), Value(asked))


class SQLite:
    """FTS5, and words with the same first letter."""

    WEIGHTS = "10.0, 4.0, 4.0, 1.0"
    # Here the stemmer cuts off endings before a beginning is looked for: “international” would find “interns”.
    ENDING = re.compile(
        r"(?<=\w{4})(?:s|e|y|ed|ing|al|er|or|ly|ion|ment|ness|ful|able|ive|ous|ism|ist|ity|ic|ance|ence)$"
    )

    def matches(self, query: Query) -> Any:
        return Match(self._asked(query))

    def names(self, whole: list[str], last: str) -> Any:
        # Read through, not looked up: FTS5 knows stems only, and “endi” is no beginning of “end”.
        text = Concat(Value(" "), "headline", Value(" "), "topics", Value(" "), output_field=TextField())
        return reduce(and_, (Q(Contains(text, words)) for words in [*(f" {word} " for word in whole), f" {last}"]))

    def ranked(self, entries: "QuerySet[SearchEntry]", query: Query) -> Any:
        # FTS5 ranks only where it matches, and better is less.
        rank = Func(template=f'-bm25("{TABLE}", {self.WEIGHTS})', output_field=FloatField())
        return entries.annotate(rank=rank)

    def near(self, known: "QuerySet[SearchWord]", words: list[str]) -> list[str]:
        meant = Q()
        for word in words:
            about = range(len(word) - 2, len(word) + 3)
            meant |= Q(word__startswith=word[0], letters__in=about) | Q(word__startswith=word)
        return list(known.annotate(letters=Length("word")).filter(meant).values_list("word", flat=True))

    def _asked(self, query: Query) -> str:
        return " OR ".join(f"({self._all_of(terms)})" for terms in query.alternatives)

    def _all_of(self, terms: tuple[Term, ...]) -> str:
        sought = " AND ".join(self._term(term) for term in terms if not term.is_excluded)
        excluded = "".join(f" NOT {self._term(term)}" for term in terms if term.is_excluded)
        return f"({sought}){excluded}"

    def _term(self, term: Term) -> str:
        """Nothing in a folded word has a meaning to FTS5."""
        star = "*" if term.is_beginning and not self.ENDING.search(term.words[0]) else ""
        return f'"{" ".join(term.words)}"{star}'


ENGINES: dict[str, Engine] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}


def engine() -> Engine:
    """The engine of the database that this site uses."""
    return ENGINES[connection.vendor]
