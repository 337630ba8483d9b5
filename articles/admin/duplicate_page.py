"""Making a new draft of a story's words: a page that says what goes along, and does it."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from newsroom.lib.people import signed_in

from .. import editing
from ..models import Article
from .doors import story_door


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [path("<int:pk>/duplicate/", story_door(site_of, page), name="articles_article_duplicate")]


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Ask, then make the copy and open it."""
    if not site_of.has_add_permission(request):
        raise Http404
    if request.method == "POST":
        copy = editing.duplicate(article, by=signed_in(request))
        messages.success(request, "This is the copy: a new draft, in your name.")
        return redirect("admin:articles_article_change", copy.pk)
    context = {
        **site_of.admin_site.each_context(request),
        "title": "Duplicate this story?",
        "original": article,
        "opts": site_of.opts,
    }
    return render(request, "admin/articles/article/duplicate.html", context)
