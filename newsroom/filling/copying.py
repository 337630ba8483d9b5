"""Writing rows by the hundred thousand: PostgreSQL's COPY, which still checks every constraint."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection
from django.db.models import JSONField, Max, Model
from tqdm import tqdm

# A row by the names of the fields' columns in Python (`section_id`); what is left out has the field's default.
Row = dict[str, Any]
T = TypeVar("T")


class Writer:
    """Writes rows into tables, and tells how far it is."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self.is_quiet = is_quiet
        self.written: list[type[Model]] = []

    def told(self, rows: Iterable[T], *, total: int | None, what: str) -> Iterator[T]:
        """The same, with a bar that says how many have gone by, and how fast."""
        return iter(tqdm(rows, total=total, unit="row", unit_scale=True, disable=self.is_quiet, desc=what))

    def copy(self, model: type[Model], rows: Iterable[Row], *, total: int | None = None) -> None:
        """Write all these rows into the model's table, and tell of it."""
        self.put(model, self.told(rows, total=total, what=str(model._meta.verbose_name)))

    def put(self, model: type[Model], rows: Iterable[Row]) -> None:
        """Write all these rows into the model's table."""
        fields = model._meta.concrete_fields
        defaults = {field.attname: field.get_default() for field in fields if not field.primary_key}
        in_json = [field.attname for field in fields if isinstance(field, JSONField)]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        names = [field.attname for field in fields]
        self.written.append(model)
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
        ):
            for given in rows:
                row = defaults | given
                for name in in_json:
                    row[name] = json.dumps(row[name])
                copy.write_row([row[name] for name in names])

    def set_sequences(self) -> None:
        """Let the next row that anybody makes come after those that were written with their numbers."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(dict.fromkeys(self.written))):
                cursor.execute(statement)


def free(model: type[Model]) -> int:
    """The first number that no row has yet."""
    last = model._default_manager.aggregate(last=Max("pk"))["last"]
    return 1 + (last or 0)


def numbered(model: type[Model], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with numbers that are free. The query is made now: while rows are written there can be none."""
    return ({"id": pk} | row for pk, row in enumerate(rows, free(model)))


@contextmanager
def in_bulk() -> Iterator[None]:
    """What takes as long as it takes, with each constraint looked at after each table and not all at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def without_word_indexes(model: type[Model]) -> Iterator[None]:
    """Make a table's indexes of words anew afterwards: a word at a time takes many times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s"
            " AND indexdef LIKE '%% USING gi%%'",
            [model._meta.db_table],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, made in found:
            cursor.execute(made)
