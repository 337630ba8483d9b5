"""The trash in the admin: what lies there, putting a story in and back, and deleting one before its time."""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import trash
from ..body.clean import BodyTooHeavy
from ..body.compile import compile_body
from ..editing import Conflict
from ..embargo import Embargoed
from ..models import Article
from ..models.parts import parts_of
from ..publishing import NotPossible
from .doors import door
from .history_page import version_read

LIST, PUT, BACK, DELETE = (f"articles_article_{name}" for name in ("trash_list", "trash", "put_back", "delete_now"))
REFUSALS = (NotPossible, Embargoed, Conflict, PermissionDenied)
LISTED = 50
NOTE_LENGTH = 1000
HISTORY = 20
# What a page that was open when its story went away may have been sent with.
TYPED = ("headline", "dek", "body", "prompt")


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    return [
        path("trash/", door(site_of, listing, require_safe), name=LIST),
        path("<int:pk>/trash/", door(site_of, put), name=PUT),
        path("<int:pk>/put-back/", door(site_of, put_back, require_POST), name=BACK),
        path("<int:pk>/delete-now/", door(site_of, delete_now), name=DELETE),
    ]


# --- What lies there -------------------------------------------------------------------------------


def listing(site_of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The stories in the trash, the newest first, each with the day on which it goes."""
    if not site_of.has_view_permission(request):
        raise PermissionDenied
    person = signed_in(request)
    rows = Article.objects.of(person).trashed().select_related("trashed_by", "section").defer("body")
    page = Paginator(rows, LISTED).get_page(request.GET.get("p"))
    may_all = person.has_perm(trash.RIGHT)
    context = {
        **site_of.admin_site.each_context(request),
        "title": "Trash",
        "opts": site_of.opts,
        "page": page,
        "rows": [(row, goes_at(row), may_all or row.trashed_by_id == person.pk) for row in page],
        "days": trash.LASTS.days,
    }
    return render(request, "admin/articles/article/trash.html", context)


def in_trash(site_of: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """The page of a story that lies in the trash, to read and to put back; None for any other.

    Whatever was typed on a page that was open before is shown, and not saved.
    """
    person = signed_in(request)
    article = Article.objects.of(person).trashed().filter(pk=number(object_id) or 0).select_related("section").first()
    if article is None or not site_of.has_view_permission(request):
        return None
    context = {
        **site_of.admin_site.each_context(request),
        "title": "In the trash",
        "original": article,
        "opts": site_of.opts,
        "goes_at": goes_at(article),
        "html": html_of(article),
        "names": [line.author.name for line in article.byline_set.select_related("author")],
        "events": article.events.select_related("by", "edition").defer("edition__source")[:HISTORY],
        "may_put_back": trash.may_trash(article, by=person),
        "may_delete": person.has_perm(trash.EMPTY_RIGHT),
        "typed": [(name, request.POST[name]) for name in TYPED if request.POST.get(name)],
    }
    return render(
        request, "admin/articles/article/trashed.html", context, status=409 if request.method == "POST" else 200
    )


def html_of(article: Article) -> str:
    try:
        return compile_body(article.body, parts_of(article.draft)).html
    except BodyTooHeavy:
        return ""


def goes_at(article: Article) -> datetime | None:
    """When a story in the trash goes for good."""
    return article.trashed_at + trash.LASTS if article.trashed_at else None


# --- What can be done ------------------------------------------------------------------------------


def put(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the story in the trash."""
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None:
        raise Http404
    person = signed_in(request)
    if not trash.may_trash(article, by=person):
        raise PermissionDenied("This story is not yours to put in the trash.")
    if request.method != "POST":
        return asked(site_of, request, article, question="Put this story in the trash?", button="Put in the trash")
    try:
        trash.trash(article, version=version_read(request), by=person, note=request.POST.get("note", "")[:NOTE_LENGTH])
    except REFUSALS as refusal:
        return refused(request, article, refusal)
    undo = reverse("admin:articles_article_change", args=[pk])
    words = '“{}” lies in the trash for {} days. <a href="{}">Look at it there, or put it back</a>'
    messages.success(request, format_html(words, article, trash.LASTS.days, undo))
    return redirect("admin:articles_article_changelist")


def put_back(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Put the story back as it was."""
    article = get_object_or_404(Article.objects.of(request.user).trashed(), pk=pk)
    try:
        trash.untrash(article, by=signed_in(request))
        messages.success(request, "The story is back, as it was. Links that shared it work again.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:articles_article_change", pk)


def delete_now(site_of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a story in the trash for good."""
    article = get_object_or_404(Article.objects.of(request.user).trashed(), pk=pk)
    if not request.user.has_perm(trash.EMPTY_RIGHT):
        raise PermissionDenied("You may not delete stories.")
    if request.method != "POST":
        return asked(site_of, request, article, question="Delete this story for good?", button="Delete for good")
    title = str(article)
    try:
        trash.delete(article, by=signed_in(request))
        messages.success(request, f"“{title}” is deleted. The audit log keeps what happened to it.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(f"admin:{LIST}")


def asked(
    site_of: admin.ModelAdmin, request: HttpRequest, article: Article, *, question: str, button: str
) -> HttpResponse:
    context = {
        **site_of.admin_site.each_context(request),
        "title": question,
        "original": article,
        "opts": site_of.opts,
        "button": button,
        "days": trash.LASTS.days,
        "note_length": NOTE_LENGTH,
    }
    return render(request, "admin/articles/article/trash_ask.html", context)


def refused(request: HttpRequest, article: Article, refusal: Exception) -> HttpResponse:
    messages.error(request, f"Not put in the trash. {refusal}")
    return redirect("admin:articles_article_change", article.pk)
