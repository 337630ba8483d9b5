"""The admin as a whole: Django's, with a front page of our own."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from newsroom.lib.numbers import LARGEST, number
from newsroom.lib.people import signed_in

from .pages import mail
from .pages.dashboard import dashboard
from .pages.unsent import gives_words_back


class NewsroomAdminSite(AdminSite):
    """Where writers and editors live."""

    site_header = site_title = "Newsroom"
    index_title = "Today"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The dashboard."""
        return super().index(request, {**dashboard(signed_in(request)), **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The admin's door; what is typed survives a session that ended meanwhile."""
        return gives_words_back(super().admin_view(view, cacheable))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        on_site = path(
            "r/<path:content_type_id>/<path:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"
        )
        return [*mail.urls(self), on_site, *super().get_urls()]

    def view_on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Django's, for rows that this person sees in the admin: the address of any other would tell what it is."""
        kind = ContentType.objects.filter(pk=number(content_type_id, LARGEST) or 0).first()
        model = kind.model_class() if kind else None
        if model is None or not self.is_registered(model):
            raise Http404
        rows = self.get_model_admin(model)
        row = rows.get_object(request, object_id)
        if row is None or not rows.has_view_permission(request, row):
            raise Http404
        return shortcut(request, content_type_id, object_id)
