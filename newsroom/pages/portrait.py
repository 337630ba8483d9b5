"""The picture of a person: a page of one's account, the file for everybody, and the moderators' way to take it down."""

from allauth.core import ratelimit
from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from articles.images.judging import WANTED
from comments.desk.access import moderators_only
from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import portraits
from ..models import User

METHODS = require_http_methods(["GET", "HEAD", "POST"])
# Reading a picture takes a while: nobody tries more in an hour.
LIMIT = {"picture": "20/h/user"}
DAY = 86_400


class PictureForm(forms.Form):
    """A file; what it may be is said by the verb."""

    file = forms.FileField(
        label="A picture of you",
        help_text=f"{WANTED}, at most 5 MB. It is cut square; where and with what it was taken is not kept.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        error_messages={"required": "Choose a picture first.", "empty": "The file is empty."},
    )


@METHODS
@personal_page
@login_required
def own(request: HttpRequest) -> HttpResponseBase:
    """One's picture as it is; take another, or take it away."""
    person = signed_in(request)
    if request.method != "POST":
        return page(request, PictureForm(label_suffix=""))
    if "remove" in request.POST:
        portraits.remove(person)
        messages.success(request, "Your picture is gone.")
        return redirect("account_picture")
    if too_many := ratelimit.consume_or_429(request, action="picture", config=LIMIT, user=person):
        return too_many
    form = PictureForm(request.POST, request.FILES, label_suffix="")
    if form.is_valid():
        try:
            portraits.put(person, form.cleaned_data["file"])
            messages.success(request, "Saved. This picture stands beside what you say.")
            return redirect("account_picture")
        except portraits.Refused as refusal:
            form.add_error("file", str(refusal))
    return page(request, form, 422)


def page(request: HttpRequest, form: PictureForm, status: int = 200) -> HttpResponse:
    return render(request, "account/picture.html", {"form": form}, status=status)


@require_safe
@csp_replace({"default-src": ["'none'"], "sandbox": True})  # type: ignore[arg-type]
def portrait(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file, as long as somebody has it; browsers keep it for a day."""
    name = f"{User.PORTRAITS}{key}.webp"
    if not User.objects.filter(portrait=name).exists() or not default_storage.exists(name):
        raise Http404
    etag = f'"{key}"'
    response = get_conditional_response(request, etag=etag) or FileResponse(
        default_storage.open(name), content_type="image/webp", headers={"ETag": etag}
    )
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


@METHODS
@moderators_only
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then take somebody's picture away, with a word for the record."""
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        if portraits.take_down(person, by=signed_in(request), note=request.POST.get("note", "")[:500]):
            messages.success(request, f"The picture of {person.public_name} is gone.")
        return redirect("desk:queue")
    return render(request, "desk/picture.html", {"person": person})
