"""A story's share links in the admin: making, showing once, revoking."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import sharing
from ..models import Article

NAME = "articles_article_share"
LISTED = 50


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    """The page and what it can do, behind the admin's door."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return page(site_of, request, pk)

    def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponse:
        return revoke_link(site_of, request, pk, link)

    door = site_of.admin_site.admin_view
    return [
        path("<int:pk>/share/", door(personal_page(view)), name=NAME),
        path("<int:pk>/share/<int:link>/revoke/", door(personal_page(require_POST(revoke))), name=f"{NAME}_revoke"),
    ]


def story_or_404(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> Article:
    article = site_of.get_object(request, str(pk))
    if article is None or not site_of.has_change_permission(request, article):
        raise Http404
    return article


def page(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The links there are; POST makes one and shows it this once."""
    article = story_or_404(site_of, request, pk)
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


def revoke_link(site_of: admin.ModelAdmin, request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Close a link of this story."""
    article = story_or_404(site_of, request, pk)
    sharing.revoke(get_object_or_404(article.share_links, pk=link), by=signed_in(request))
    messages.success(request, "The link is closed.")
    return redirect(f"admin:{NAME}", pk)
