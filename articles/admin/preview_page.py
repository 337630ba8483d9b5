"""The preview: words through the very template that readers get, as they were saved or as they are being typed."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from newsroom.lib.http import may_frame

from .. import cutting
from ..body.clean import BodyTooHeavy
from ..body.embeds import FRAME_SOURCES
from ..draft import Draft
from ..editing import cleaned
from ..models import Article
from .autosave import read_form
from .doors import story_door
from .json_page import refusal

METHODS = require_http_methods(["GET", "HEAD", "POST"])


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    door = story_door(site_of, page, lambda view: METHODS(may_frame(FRAME_SOURCES)(view)))
    return [path("<int:pk>/preview/", door, name="articles_article_preview")]


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponseBase:
    """GET: the working copy. POST: what the writing page's form holds now, or 422; nothing is written."""
    if request.method != "POST":
        return show(request, article, article.draft)
    if not site_of.has_change_permission(request, article):
        raise Http404
    typed, _, errors = read_form(site_of, request, article)
    if typed is None:
        return refusal(422, "Some fields cannot be shown as they are.", errors=errors)
    try:
        return show(request, article, cleaned(typed))
    except BodyTooHeavy as problem:
        return refusal(422, str(problem), errors={})


def show(request: HttpRequest, article: Article, draft: Draft) -> HttpResponse:
    """The story as readers would get it."""
    return render(request, "articles/article.html", {"story": cutting.preview(article, draft), "more": []})
