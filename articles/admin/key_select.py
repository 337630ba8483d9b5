"""Django’s search of rows as a field of a form, drawn again also with a key that is none."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from newsroom.lib.numbers import number


class KeySelect(AutocompleteSelect):
    """One row; what was sent and is no key is not looked up: the database refuses it with an error."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if number(str(key)) is not None], attrs)


class KeySelectMultiple(KeySelect, AutocompleteSelectMultiple):
    """Any number of them; what is no key is sent on as none, which the field refuses in words."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        sent = super().value_from_datadict(data, files, name) or []
        return [key if number(str(key)) is not None else "" for key in sent]


class KeySelectsMixin(BaseModelAdmin):
    """For the pages of the admin that name rows in `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, admin.site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
