"""The calendar and the board for one section or one person: the small form above them."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import QueryDict

from ..models import Section
from ..models.article import ArticleQuerySet


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class Narrowing(forms.Form):
    """Which stories to show; a word that fits none is said to be wrong, and shows all."""

    section = forms.ModelChoiceField(Section.objects.all(), to_field_name="slug", required=False, empty_label="All")
    person = PersonField(get_user_model()._default_manager.none(), required=False, empty_label="Everybody")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, label_suffix="")
        staff = get_user_model()._default_manager.filter(is_staff=True, is_active=True).order_by("username")
        self.fields["person"].queryset = staff  # type: ignore[attr-defined]

    def narrow(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """Those of the chosen section and person."""
        self.is_valid()
        section, person = self.cleaned_data.get("section"), self.cleaned_data.get("person")
        if section:
            articles = articles.filter(section=section)
        return articles.own(person) if person else articles

    @property
    def chosen(self) -> dict[str, str]:
        """What was rightly chosen, as it stands in an address."""
        self.is_valid()
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}
