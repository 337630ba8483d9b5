"""A page of the admin on which people say how often they want mail about stories."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from ..models import User


def wish_form(field: str, person: User, data: QueryDict | None) -> forms.ModelForm:
    """How often somebody wants one kind of mail, by the field of their account that says it; nothing else of it."""
    form = forms.modelform_factory(
        User, fields=[field], labels={field: "How often?"}, help_texts={field: ""}, widgets={field: forms.RadioSelect}
    )
    return form(data, instance=person, label_suffix="")


def urls(site: AdminSite) -> list[URLPattern]:
    """The page's address, behind the admin's door."""

    def view(request: HttpRequest) -> HttpResponse:
        return page(site, request)

    guarded = require_http_methods(["GET", "HEAD", "POST"])(site.admin_view(personal_page(view)))
    return [path("mail/", guarded, name="mail")]


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """One's own wish, and no one else's."""
    person = signed_in(request)
    form = wish_form("mail", person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        User.objects.filter(pk=person.pk).update(mail=form.cleaned_data["mail"])
        messages.success(request, "Saved.")
        return redirect("admin:mail")
    context: dict[str, Any] = {**site.each_context(request), "title": "Mail about stories", "form": form}
    return render(request, "admin/mail.html", context, status=422 if form.is_bound else 200)
