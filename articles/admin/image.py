"""The picture library: its grid, and the page of one picture. Uploading is in image_upload.py."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from ..images import library
from ..images.judging import Refused
from ..images.renditions import needed
from ..images.usage import holders, is_used, uses
from ..models import Image
from . import image_search, image_upload, image_words
from .image_filters import IMAGE_SIFTS

# In pixels; the admin's pages show pictures at half of these.
SMALL, LARGE = 480, 960


class ImageForm(forms.ModelForm):
    """What is known of a picture."""

    credit_url = forms.URLField(label="Credit link", required=False, max_length=400, assume_scheme="https")

    class Meta:
        model = Image
        fields = (
            "title",
            "alt",
            "is_decorative",
            "caption",
            "credit",
            "credit_url",
            "licence",
            "source",
            "rights_until",
            "rights_where",
            "focal_x",
            "focal_y",
        )
        labels = {"focal_x": "From the left", "focal_y": "From the top"}
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "rights_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ("title",)
    list_filter = IMAGE_SIFTS
    list_per_page = 48
    list_max_show_all = 200
    show_full_result_count = False
    search_fields = ("title", "alt", "caption", "credit", "source")
    actions = None
    change_list_template = "admin/articles/image/change_list.html"
    change_form_template = "admin/articles/image/change_form.html"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Found by every word; who picks a picture is not offered one whose rights are over."""
        found = queryset.found_by(search_term)
        return (found.usable() if request.path.endswith("/autocomplete/") else found), False

    # --- Adding, changing, deleting ----------------------------------------------------------------

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The form's own fields: the admin's widgets need scripts."""
        return db_field.formfield(**kwargs)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return image_upload.page(self, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Pictures", "query": request.GET.urlencode()})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, self.picture_context(request, object_id))

    def picture_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What stands beside the form: where the picture is used, and what may be done with it."""
        image = self.get_object(request, object_id)
        if image is None:
            return {}
        return {
            "title": str(image),
            "subtitle": None,
            "uses": uses(image, signed_in(request)),
            "holders": holders(image, signed_in(request)),
            "is_used": is_used(image),
            "may_replace": library.may_replace(image, by=signed_in(request)),
        }

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            library.changed(obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the picture."""
        messages.success(request, "Saved.")
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[obj.pk]))

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Never while something needs it."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_used(obj))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        library.delete(obj, by=signed_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        for image in queryset:
            library.delete(image, by=signed_in(request))

    # --- The pages and files beside it -------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        def door(view: Any) -> Any:
            return self.admin_site.admin_view(personal_page(view))

        return [
            path("<int:pk>/file/", door(require_safe(self.file)), name="articles_image_file"),
            path("<int:pk>/original/", door(require_safe(self.original)), name="articles_image_original"),
            path("<int:pk>/replace/", door(require_POST(self.replace)), name="articles_image_replace"),
            *image_search.urls(self),
            *image_upload.urls(self),
            *image_words.urls(self),
            *super().get_urls(),
        ]

    def visible(self, request: HttpRequest, pk: int) -> Image:
        """The picture, for who may see the library. Raises Http404."""
        image = self.get_object(request, str(pk))
        if image is None or not self.has_view_permission(request, image):
            raise Http404
        return image

    def file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The smallest file, or with `?large` a page's: a draft's picture has no public address here."""
        image = self.visible(request, pk)
        name = image.name_at_least(LARGE if "large" in request.GET else SMALL)
        if not needed(image, name):
            raise Http404
        return served(image.folder + name)

    def original(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The original to keep: written anew when it came, so without place or device."""
        image = self.visible(request, pk)
        return served(image.original, as_attachment=True, filename=f"{slugify(image.title) or 'picture'}.webp")

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another file for this picture, everywhere."""
        image, file = self.visible(request, pk), request.FILES.get("file")
        if file is None:
            messages.error(request, "Choose the picture that replaces this one.")
        else:
            try:
                library.replace(image, file, by=signed_in(request))
                self.log_change(request, image, "Replaced the file.")
                messages.success(request, "Replaced, everywhere.")
            except Refused as refused:
                messages.error(request, f"Nothing was replaced. {getattr(file, 'name', 'The file')}: {refused}")
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[pk]))


def served(name: str, **how: Any) -> FileResponse:
    """A stored file. Raises Http404 when it is gone."""
    if not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name), content_type="image/webp", **how)
