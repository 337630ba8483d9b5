"""Which named constraint of the database a write broke, on SQLite and PostgreSQL alike."""

from django.db import IntegrityError


def broke(error: IntegrityError, constraint: str, *columns: str) -> bool:
    """Whether `error` is about `constraint`; SQLite names its columns ("table.column") instead."""
    text = str(error)
    return constraint in text or bool(columns and all(column in text for column in columns))
