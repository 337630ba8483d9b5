"""Who has which story, in the list of stories: a column and a filter."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import date
from django.utils.html import format_html

from newsroom.lib.people import signed_in, staff_with

from .. import assigning
from ..models import Article


def with_whom(article: Article) -> str:
    """Who has the story, and until when; a day that has passed stands out."""
    if article.assignee is None and article.due_on is None:
        return ""
    name = article.assignee.name if article.assignee else "Nobody"
    if article.due_on is None:
        return name
    state, word = ("overdue", "overdue since") if article.is_overdue else ("due", "due")
    return format_html('{} <span class="{}">{} {}</span>', name, state, word, date(article.due_on, "j M"))


class WithFilter(admin.SimpleListFilter):
    """Stories by who has them."""

    title = "who has it"
    parameter_name = "with"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three questions, then everybody who writes."""
        people = staff_with(assigning.WRITES).exclude(pk=signed_in(request).pk).order_by("username")
        names = [(str(person.pk), person.name) for person in people]
        return [("me", "Me"), ("nobody", "Nobody"), ("overdue", "Overdue"), *names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        if value == "me":
            return queryset.filter(assignee=signed_in(request))
        if value == "nobody":
            return queryset.filter(assignee=None)
        if value == "overdue":
            return queryset.filter(pk__in=Article.objects.overdue().values("pk"))
        chosen = {str(pk) for pk, _ in self.lookup_choices}
        return queryset.filter(assignee=int(value)) if value and value.isdecimal() and value in chosen else queryset
