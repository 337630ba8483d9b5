"""Admin pages of rows that readers' pages show: when one is saved or deleted, it is told (see newsroom.lib.facts)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from .facts import changed


class TellingAdmin(admin.ModelAdmin):
    """Says the names of a row whenever the row is not what it was."""

    def names_of(self, obj: Any) -> Iterable[str]:
        """The names of what readers' pages show of a row."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        changed(*self.names_of(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        changed(*self.names_of(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            changed(*(name for obj in queryset for name in self.names_of(obj)))
            super().delete_queryset(request, queryset)
