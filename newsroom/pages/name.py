"""A page of one's account: the name that others see."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import names, naming


class NameForm(forms.Form):
    """A name, or none. What it may be is said by the verb."""

    display_name = forms.CharField(
        label="The name that others see",
        required=False,
        strip=False,
        max_length=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """The name as it is; or take another."""
    person = signed_in(request)
    form = NameForm(request.POST or None, initial={"display_name": person.display_name}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            naming.rename(person, form.cleaned_data["display_name"])
            messages.success(request, "Saved. This is your name from now on.")
            return redirect("account_name")
        except ValidationError as refusal:
            form.add_error("display_name", refusal)
    context = {"form": form, "again_at": naming.changes_again_at(person)}
    return render(request, "account/name.html", context, status=422 if form.errors else 200)
