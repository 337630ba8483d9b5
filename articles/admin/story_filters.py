"""What the list of stories can be sifted by. Each is a word in the address; one that means nothing sifts nothing."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from newsroom.lib.people import signed_in, staff_with

from .. import assigning
from ..models import Article, Author, Byline, Embargo, Section
from ..workflow import Stage

Stories = QuerySet[Article]
DAYS = {"1": "the last day", "7": "the last 7 days", "30": "the last 30 days"}


class Sift(SimpleListFilter, ABC):
    """A choice in the form above the list; `anything` is what it says when nothing is chosen."""

    anything = ""

    def queryset(self, request: HttpRequest, queryset: Stories) -> Stories:
        """Sifted by what was chosen, if that is one of the choices."""
        value = self.value()
        is_choice = any(value == known for known, _ in self.lookup_choices)
        return self.sifted(request, queryset, value) if value and is_choice else queryset

    @abstractmethod
    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        """Those of the stories that this choice means."""


class StageSift(Sift):
    title, parameter_name, anything = "Working copy", "stage", "any stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Stage.choices

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        return stories.filter(stage=value)


class ReadersSift(Sift):
    title, parameter_name, anything = "Readers have", "readers", "anything"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("live", "Live"), ("scheduled", "Something scheduled"), ("never", "Never published"), ("gone", "Gone")]

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        asked: dict[str, Callable[[], Stories]] = {
            "live": stories.live,  # type: ignore[attr-defined]
            "scheduled": stories.scheduled,  # type: ignore[attr-defined]
            "never": stories.never_published,  # type: ignore[attr-defined]
            "gone": stories.gone,  # type: ignore[attr-defined]
        }
        return asked[value]()


class SectionSift(Sift):
    title, parameter_name, anything = "Section", "section", "any section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("none", "No section yet"), *Section.objects.values_list("slug", "name")]

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        return stories.filter(section=None) if value == "none" else stories.filter(section__slug=value)


class AuthorSift(Sift):
    title, parameter_name, anything = "Author", "author", "anyone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        known = Author.objects.filter(Exists(Byline.objects.filter(author=OuterRef("pk"))))
        return [("me", "Me"), *known.values_list("slug", "name")]

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        if value == "me":
            return stories.own(request.user)  # type: ignore[attr-defined]
        return stories.filter(Exists(Byline.objects.filter(article=OuterRef("pk"), author__slug=value)))


class EmbargoSift(Sift):
    title, parameter_name, anything = "Embargo", "embargo", "with or without"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Under embargo"), ("no", "No embargo")]

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        standing = Exists(Embargo.objects.standing().filter(article=OuterRef("pk")))
        return stories.filter(standing if value == "yes" else ~standing)


class SavedSift(Sift):
    title, parameter_name, anything = "Saved within", "saved", "any time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return DAYS.items()

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        return stories.filter(saved_at__gte=timezone.now() - timedelta(days=int(value)))


class WithSift(Sift):
    title, parameter_name, anything = "Who has it", "with", "anyone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The three questions, then everybody who writes."""
        people = staff_with(assigning.WRITES).exclude(pk=signed_in(request).pk).order_by("username")
        names = [(str(person.pk), person.name) for person in people]
        return [("me", "Me"), ("nobody", "Nobody"), ("overdue", "Overdue"), *names]

    def sifted(self, request: HttpRequest, stories: Stories, value: str) -> Stories:
        if value == "me":
            return stories.filter(assignee=signed_in(request))
        if value == "nobody":
            return stories.filter(assignee=None)
        if value == "overdue":
            return stories.filter(pk__in=Article.objects.overdue().values("pk"))
        return stories.filter(assignee=int(value))


SIFTS = (StageSift, ReadersSift, SectionSift, AuthorSift, WithSift, EmbargoSift, SavedSift)
