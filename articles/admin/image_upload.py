"""Putting pictures into the library: many at once by a form, and one a request by the page's script."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from newsroom.lib.http import personal_page
from newsroom.lib.people import Person, signed_in

from ..images.intake import Refused, admit
from ..models import Image
from .image_search import described
from .json_page import refusal

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Received:
    """What became of one file: a new picture, the one that was there, or why it was refused."""

    name: str
    image: Image | None = None
    is_new: bool = False
    why_not: str = ""

    @property
    def sentence(self) -> str:
        if self.image is None:
            return f"{self.name}: {self.why_not}"
        if self.is_new:
            return f"{self.name} is in the library."
        return f"{self.name}: the library has this picture already, as “{self.image}”."


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def answer(request: HttpRequest) -> JsonResponse:
        return why_not(site_of, request) or take_one(request)

    return [path("upload/", require_POST(personal_page(answer)), name="articles_image_upload")]


def why_not(site_of: admin.ModelAdmin, request: HttpRequest) -> JsonResponse | None:
    """The refusal for who may not add pictures: 401 signed out, 403 without the right."""
    if not request.user.is_authenticated:
        return refusal(401, "You are signed out.")
    if not site_of.admin_site.has_permission(request) or not site_of.has_add_permission(request):
        return refusal(403, "You may not add pictures.")
    return None


def take_one(request: HttpRequest) -> JsonResponse:
    """One `file`: 201 with the new picture, 200 with the one that was there, 422 with the reason."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return refusal(422, "No file came with it.")
    received = receive(file, by=signed_in(request))
    if received.image is None:
        return refusal(422, received.sentence)
    about = described(received.image) | {"is_new": received.is_new, "sentence": received.sentence}
    return JsonResponse(about, status=201 if received.is_new else 200)


def receive(file: UploadedFile, *, by: Person) -> Received:
    name = file.name or "The file"
    try:
        return Received(name, *admit(file, title=title_from(name), by=by))
    except Refused as refused:
        return Received(name, why_not=str(refused))


def title_from(name: str) -> str:
    """A title to begin with, made of the file's name."""
    words = PurePath(name).stem.replace("_", " ").replace("-", " ").replace("\x00", "")
    return " ".join(words.split())[:LONGEST_TITLE] or "A picture"


def page(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for many files; POST takes each, and says of every one what became of it."""
    if not site_of.has_add_permission(request):
        raise PermissionDenied
    files = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    received = [receive(file, by=signed_in(request)) for file in files]
    if len(received) == 1 and received[0].is_new and received[0].image:
        return redirect("admin:articles_image_change", received[0].image.pk)
    is_empty = request.method == "POST" and not received
    context: dict[str, Any] = {
        **site_of.admin_site.each_context(request),
        "title": "Add pictures",
        "opts": site_of.opts,
        "received": received,
        "problem": "Choose at least one picture." if is_empty else "",
    }
    refused = is_empty or any(one.image is None for one in received)
    return render(request, "admin/articles/image/upload.html", context, status=422 if refused else 200)
