"""Keeping a view of the list of stories under a name; renaming, sharing and removing one's own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import saved_views
from ..models import SavedView
from .story_list import canonical

ADD, VIEW, REMOVE = (f"articles_article_view{name}" for name in ("_add", "", "_remove"))


class ViewForm(forms.Form):
    """What a view is called, and who finds it."""

    name = forms.CharField(max_length=SavedView.NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    is_shared = forms.BooleanField(label="Show it to everybody who has the list", required=False)


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    def door(view: Callable[..., HttpResponse], methods: Callable[..., Any]) -> Callable[..., Any]:
        def inner(request: HttpRequest, **more: Any) -> HttpResponse:
            if not site_of.has_view_permission(request):
                raise PermissionDenied
            return view(site_of, request, **more)

        return site_of.admin_site.admin_view(personal_page(methods(inner)))

    asks = require_http_methods(["GET", "HEAD", "POST"])
    return [
        path("views/add/", door(add, asks), name=ADD),
        path("views/<int:pk>/", door(change, asks), name=VIEW),
        path("views/<int:pk>/remove/", door(remove, require_POST), name=REMOVE),
    ]


def add(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """A name for what the list shows now, which stands in the address or, when it is sent, in the form."""
    asked = QueryDict(request.POST.get("query", "")) if request.method == "POST" else request.GET
    query, form = canonical(asked), form_for(request, {})
    if form.is_valid() and written(form, lambda data: saved_views.keep(query, by=signed_in(request), **data)):
        return HttpResponseRedirect(address_of(query))
    return page(site_of, request, form, "Keep this view", query=query)


def change(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a view of one's own, shared or not; or away with it."""
    view = own_or_404(request, pk)
    form = form_for(request, {"name": view.name, "is_shared": view.is_shared}, was_shared=view.is_shared)
    if form.is_valid() and written(form, lambda data: saved_views.change(view, by=signed_in(request), **data)):
        return HttpResponseRedirect(address_of(view.query))
    return page(site_of, request, form, "Change this view", query=view.query, view=view)


def remove(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    view = own_or_404(request, pk)
    saved_views.remove(view, by=signed_in(request))
    messages.success(request, f"The view “{view}” is gone; the stories are all there.")
    return redirect("admin:articles_article_changelist")


def own_or_404(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, owner=request.user.pk)


def form_for(request: HttpRequest, initial: dict[str, Any], *, was_shared: bool = False) -> ViewForm:
    form = ViewForm(request.POST if request.method == "POST" else None, initial=initial, label_suffix="")
    if not was_shared and not request.user.has_perm(saved_views.SHARE_RIGHT):
        form.fields["is_shared"].disabled = True
        form.fields["is_shared"].widget = forms.HiddenInput()
    return form


def written(form: ViewForm, verb: Callable[[dict[str, Any]], SavedView]) -> bool:
    """Whether the verb did it; if not, the form says why."""
    try:
        verb(form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    return True


def page(site_of: admin.ModelAdmin, request: HttpRequest, form: ViewForm, title: str, **more: Any) -> HttpResponse:
    context = {
        **site_of.admin_site.each_context(request),
        "title": title,
        "opts": site_of.opts,
        "form": form,
        "back": address_of(more["query"]),
        **more,
    }
    return render(request, "admin/articles/article/view.html", context, status=422 if form.is_bound else 200)


def address_of(query: str) -> str:
    return reverse("admin:articles_article_changelist") + (f"?{query}" if query else "")
