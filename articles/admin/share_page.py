"""A story's share links in the admin: making, showing once, revoking."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from newsroom.lib.people import signed_in

from .. import sharing
from ..models import Article
from .doors import story_door

NAME = "articles_article_share"
LISTED = 50


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    at = "<int:pk>/share/"
    return [
        path(at, story_door(site_of, page), name=NAME),
        path(f"{at}<int:link>/revoke/", story_door(site_of, revoke_link, require_POST), name=f"{NAME}_revoke"),
    ]


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The links there are, for who may edit the story; POST makes one and shows it this once."""
    if not site_of.has_change_permission(request, article):
        raise Http404
    address = new_link(request, article) if request.method == "POST" else ""
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Share: {article}",
        "original": article,
        "opts": site_of.opts,
        "address": address,
        "links": article.share_links.select_related("made_by", "revision")[:LISTED],
        "days": sharing.LASTS.days,
    }
    return render(request, "admin/articles/article/share.html", context)


def new_link(request: HttpRequest, article: Article) -> str:
    """Make a link to the draft or, if asked, to the words as they were last saved; returns its address."""
    pinned = article.revisions.of_working_copy().first() if "pin" in request.POST else None
    token = sharing.share(article, by=signed_in(request), revision=pinned)
    return request.build_absolute_uri(reverse("articles:share", args=[token]))


def revoke_link(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, link: int) -> HttpResponse:
    """Close a link of this story."""
    if not site_of.has_change_permission(request, article):
        raise Http404
    sharing.revoke(get_object_or_404(article.share_links, pk=link), by=signed_in(request))
    messages.success(request, "The link is closed.")
    return redirect(f"admin:{NAME}", article.pk)
