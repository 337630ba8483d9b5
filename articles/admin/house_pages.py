"""Pages of the house in the admin: written in the editor of stories, previewed as readers get them."""

from typing import Any, ClassVar

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import may_frame, personal_page
from newsroom.lib.people import signed_in
from newsroom.lib.telling import TellingAdmin

from .. import house_pages, shown
from ..body.embeds import FRAME_SOURCES
from ..models import HousePage
from ..views.house_pages import show
from .article import EDITOR_POLICY
from .article_form import counted
from .widgets import StoryField

PREVIEW = "articles_housepage_preview"


class HousePageForm(forms.ModelForm):
    """A page with the version that is on screen; `theirs` is what somebody else has saved meanwhile."""

    theirs: house_pages.Shown | None = None
    # Not "version": the admin refuses the name of a column that no form may set.
    read_version = forms.IntegerField(
        required=False, min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    body = StoryField(required=False)

    class Meta:
        model = HousePage
        fields = ("title", "slug", "lead", "body", "place", "is_public")
        widgets: ClassVar = {"lead": counted(2, 300, 155)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read_version"] = self.instance.version if self.instance.pk else 0

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what nobody here has seen; whoever sends it again has been told, and has seen it.

        The row is held until the page is saved, so that nobody comes in between.
        """
        data = super().clean() or {}
        if not self.instance.pk:
            return data
        now = HousePage.objects.select_for_update(of=("self",)).select_related("saved_by").get(pk=self.instance.pk)
        if now.version != data.get("read_version"):
            self.theirs = house_pages.shown(now)
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("read_version")] = str(now.version)  # type: ignore[index]
            raise forms.ValidationError(f"{house_pages.Conflict(now)} Press Save again to put yours in its place.")
        return data


class PreviewForm(HousePageForm):
    """What is typed, for looking at: no version, and nothing is written."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


@admin.register(HousePage)
class HousePageAdmin(TellingAdmin):
    """For editors of the whole paper."""

    form = HousePageForm
    list_display = ("title", "address", "is_public", "place", "updated_at", "saved_by")
    list_select_related = ("saved_by",)
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    fieldsets = ((None, {"fields": ("title", "slug", "lead", "body", "place", "is_public", "read_version")}),)
    change_form_template = "admin/articles/housepage/change_form.html"

    # --- Who may ---------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and house_pages.may_edit(signed_in(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and house_pages.may_edit(signed_in(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and house_pages.may_edit(signed_in(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and house_pages.may_edit(signed_in(request))

    # --- The form --------------------------------------------------------------------------------

    @admin.display(description="Address")
    def address(self, page: HousePage) -> str:
        return page.get_absolute_url()

    def view_on_site(self, page: HousePage) -> str | None:
        """Where readers have it; nowhere for a page that they have not."""
        return page.get_absolute_url() if page.is_public else None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    @method_decorator(csp_replace(EDITOR_POLICY))
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; 409 with the other text where somebody else has saved meanwhile."""
        form = context["adminform"].form
        context["theirs"] = getattr(form, "theirs", None)
        response = super().render_change_form(request, context, *args, **kwargs)
        if form.is_bound:
            response.status_code = 409 if context["theirs"] else 422
        return response

    def names_of(self, obj: HousePage) -> tuple[str, ...]:
        """Its name may stand at the foot of every page."""
        return shown.HOUSE_PAGES, shown.FRAME

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        version = form.cleaned_data["read_version"] if change else 0
        house_pages.save(obj, version=version or 0, by=signed_in(request))

    # --- The preview -----------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        methods = require_http_methods(["GET", "HEAD", "POST"])
        view = self.admin_site.admin_view(personal_page(methods(may_frame(FRAME_SOURCES)(self.preview))))
        return [path("<int:pk>/preview/", view, name=PREVIEW), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """GET: the page as it is saved. POST: as it is typed, where that may be saved; nothing is written."""
        page = self.get_object(request, str(pk))
        if page is None or not self.has_change_permission(request, page):
            raise Http404
        if request.method == "POST":
            form = PreviewForm(request.POST, instance=page)
            form.fields.pop("slug")
            form.is_valid()  # What may not be saved stays as it was: the form says why when it is sent.
            page = form.instance
        return show(request, page)
