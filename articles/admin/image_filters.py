"""What the picture library can be sifted by."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from newsroom.lib.people import signed_in

from ..images.usage import unused
from .story_filters import Sift


class LackSift(Sift):
    title, parameter_name, anything = "Lacking", "lacks", "nothing or something"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("credit", "A credit"), ("alt", "Alternative text")]

    def sifted(self, request: HttpRequest, stories: Any, value: str) -> QuerySet:
        return stories.filter(credit="") if value == "credit" else stories.filter(alt="", is_decorative=False)


class RightsSift(Sift):
    title, parameter_name, anything = "Rights", "rights", "any"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("ending", "End within 30 days"), ("over", "Over"), ("good", "Good for longer")]

    def sifted(self, request: HttpRequest, stories: Any, value: str) -> QuerySet:
        if value == "over":
            return stories.expired()
        if value == "ending":
            return stories.expiring()
        return stories.usable().exclude(pk__in=stories.expiring().values("pk"))


class UseSift(Sift):
    title, parameter_name, anything = "Used", "used", "or not"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("no", "Nowhere"), ("yes", "Somewhere")]

    def sifted(self, request: HttpRequest, stories: Any, value: str) -> QuerySet:
        free = unused().values("pk")
        return stories.filter(pk__in=free) if value == "no" else stories.exclude(pk__in=free)


class UploaderSift(Sift):
    title, parameter_name, anything = "Uploaded by", "by", "anyone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("me", "Me")]

    def sifted(self, request: HttpRequest, stories: Any, value: str) -> QuerySet:
        return stories.filter(uploaded_by=signed_in(request))


IMAGE_SIFTS = (LackSift, RightsSift, UseSift, UploaderSift)
