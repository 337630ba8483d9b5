"""The picture library: upload, words about the picture, and the picture itself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from newsroom.lib.http import personal_page

from ..cutting import recompile
from ..images.intake import Refused, take_in
from ..models import Edition, Image
from . import image_search

ABOUT = (
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


class ImageForm(forms.ModelForm):
    """What is known of a picture and, for a new one, its file."""

    file = forms.FileField(label="Picture", help_text="JPEG, PNG, WebP, AVIF or GIF, at most 20 MB.")
    credit_url = forms.URLField(label="Credit link", required=False, max_length=400, assume_scheme="https")

    class Meta:
        model = Image
        fields = ABOUT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file"]

    def clean(self) -> dict[str, Any]:
        """Take the file in as soon as the words are right, so that a refusal is shown beside it."""
        data = super().clean() or {}
        if not self.errors and "file" in data:
            about = {name: data[name] for name in ABOUT}
            try:
                self.instance = take_in(data["file"], **about)
            except Refused as refusal:
                self.add_error("file", f"{data['file'].name}: {refusal}")
        return data


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ("thumbnail", "title", "alt", "credit", "uploaded_at")
    list_display_links = ("title",)
    search_fields = ("title", "alt", "caption", "credit")
    readonly_fields = ("thumbnail", "width", "height", "uploaded_at", "uploaded_by")
    actions = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once it is taken in, a picture stays the same; there are only words to change."""
        return ["file", *ABOUT] if obj is None else ["thumbnail", *ABOUT, *self.readonly_fields[1:]]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Found by every word; who picks a picture is not offered one whose rights are over."""
        found = queryset.found_by(search_term)
        return (found.usable() if request.path.endswith("/autocomplete/") else found), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Picture")
    def thumbnail(self, image: Image) -> str:
        if not image.pk:
            return ""
        url = reverse("admin:articles_image_file", args=[image.pk])
        return format_html('<img class="thumbnail" src="{}" alt="" width="160" height="90" loading="lazy">', url)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if obj.uploaded_by_id is None:
            obj.uploaded_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            recompile(Edition.objects.filter(editionimages__image=obj, past=False))

    def get_urls(self) -> list[URLPattern]:
        file = self.admin_site.admin_view(personal_page(require_safe(self.file)))
        return [
            path("<int:pk>/file/", file, name="articles_image_file"),
            *image_search.urls(self),
            *super().get_urls(),
        ]

    def file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The smallest rendition, for whoever may see the library: a draft's picture has no public address here."""
        image = self.get_object(request, str(pk))
        if image is None or not self.has_view_permission(request, image):
            raise Http404
        name = image.rendition_name(min(image.widths))
        if not default_storage.exists(name):
            raise Http404
        return FileResponse(default_storage.open(name), content_type="image/webp")
