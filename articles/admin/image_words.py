"""What a picture shows and whose it is, asked for where it is put into a story: JSON for the editor's own script."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from newsroom.lib.http import personal_page

from ..images import library
from ..models import Image
from .image_search import described
from .json_page import refusal


class WordsForm(forms.ModelForm):
    """The words without which no picture may go out."""

    class Meta:
        model = Image
        fields = ("alt", "is_decorative", "credit")


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def answer(request: HttpRequest, pk: int) -> JsonResponse:
        return why_not(site_of, request) or keep(request, pk)

    return [path("<int:pk>/words/", require_POST(personal_page(answer)), name="articles_image_words")]


def why_not(site_of: admin.ModelAdmin, request: HttpRequest) -> JsonResponse | None:
    """The refusal for who may not change pictures: 401 signed out, 403 without the right."""
    if not request.user.is_authenticated:
        return refusal(401, "You are signed out.")
    if not site_of.admin_site.has_permission(request) or not site_of.has_change_permission(request):
        return refusal(403, "You may not change pictures.")
    return None


def keep(request: HttpRequest, pk: int) -> JsonResponse:
    """The picture with its new words, which reach all that shows it; 404 where it is gone, 422 with the reason."""
    image = Image.objects.filter(pk=pk).first()
    if image is None:
        return refusal(404, "There is no such picture.")
    form = WordsForm(request.POST, instance=image)
    if not form.is_valid():
        return refusal(422, " ".join(str(line) for lines in form.errors.values() for line in lines))
    form.save()
    library.changed(image)
    return JsonResponse(described(image))
