"""The admin as a whole: Django's, with a front page of our own."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

from newsroom.lib.people import signed_in

from .pages import mail
from .pages.dashboard import dashboard
from .pages.unsent import keeps_words


class NewsroomAdminSite(AdminSite):
    """Where writers and editors live."""

    site_header = site_title = "Newsroom"
    index_title = "Today"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The dashboard."""
        return super().index(request, {**dashboard(signed_in(request)), **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The admin's door; what is typed survives a session that ended meanwhile."""
        return keeps_words(super().admin_view(view, cacheable))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*mail.urls(self), *super().get_urls()]
