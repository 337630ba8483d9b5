"""One thing done with many stories: each by its verb, as it was on screen. What is refused is told by story."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from newsroom.lib.people import Person, signed_in

from .. import editing, publishing, trash
from ..body.clean import BodyTooHeavy
from ..models import Article, Section
from ..publishing import NotPossible
from . import moves

NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
PAIR = re.compile(r"([1-9][0-9]{0,17})\.([1-9][0-9]{0,8})", re.ASCII)
MOST = 500
SURE = "_sure"
REFUSALS = (*moves.REFUSALS, ValidationError, BodyTooHeavy)

# --- What is done with one -------------------------------------------------------------------------


class NoteForm(forms.Form):
    """A word for the record."""

    note = forms.CharField(label="Note for the record", max_length=1000, required=False)


class ReasonForm(forms.Form):
    """Why; the writers read it."""

    note = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SectionForm(forms.Form):
    """Where to."""

    section = forms.ModelChoiceField(Section.objects, label="New section")


def publish_now(article: Article, *, version: int, by: Person, note: str) -> object:
    """Publish, where nothing is left to be asked."""
    if article.waiting_edition:
        raise NotPossible("An edition of it waits: open the story, and say what becomes of that.")
    return publishing.publish(article, version=version, by=by, note=note)


def change_section(article: Article, *, version: int, by: Person, section: Section) -> object:
    return editing.save(article, replace(article.draft, section=section.pk), version=version, by=by)


def duplicate(article: Article, *, version: int, by: Person) -> object:
    return editing.duplicate(article, by=by)


@dataclass(frozen=True)
class Bulk:
    """One row of the table: what `verb` does with each chosen story, for who holds `right`; `form` is asked first."""

    name: str
    label: str
    right: str
    verb: Callable[..., object]
    done: str
    form: type[forms.Form] | None = None
    warning: str = ""


BULKS = (
    Bulk("submit", "Submit for review", "articles.submit_article", publishing.submit, "submitted for review"),
    Bulk("approve", "Approve", "articles.approve_article", publishing.approve, "approved"),
    Bulk("send_back", "Send back …", "articles.approve_article", publishing.send_back, "sent back", ReasonForm),
    Bulk("section", "Change the section …", "articles.change_article", change_section, "moved", SectionForm),
    Bulk("duplicate", "Duplicate", "articles.add_article", duplicate, "duplicated"),
    Bulk(
        "publish",
        "Publish now …",
        "articles.publish_article",
        publish_now,
        "published",
        NoteForm,
        "Readers have these stories at once, as they are now.",
    ),
    Bulk(
        "unpublish",
        "Unpublish …",
        "articles.publish_article",
        publishing.unpublish,
        "unpublished",
        NoteForm,
        "Readers lose these stories at once.",
    ),
    Bulk(
        "trash",
        "Put in the trash …",
        "articles.change_article",
        trash.trash,
        "put in the trash",
        NoteForm,
        f"They leave every list. For {trash.LASTS.days} days each can be put back; then it goes for good.",
    ),
)

# --- What is done with many ------------------------------------------------------------------------


@dataclass(frozen=True)
class Refused:
    """A story that was left as it is, and why."""

    article: Article
    reason: str


def actions_for(user: Any) -> dict[str, tuple[Callable[..., Any], str, str]]:
    """The actions to offer this person, as Django's admin wants them."""
    return {bulk.name: (action(bulk), bulk.name, bulk.label) for bulk in BULKS if user.has_perm(bulk.right)}


def action(bulk: Bulk) -> Callable[..., HttpResponse | None]:
    def act(site_of: admin.ModelAdmin, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return perform(site_of, request, bulk)

    return act


def perform(site_of: admin.ModelAdmin, request: HttpRequest, bulk: Bulk) -> HttpResponse | None:
    """Ask what is to be asked, then do it with each; a report where something was refused, else back to the list."""
    numbers = chosen(request)
    articles = list(Article.objects.visible_to(request.user).filter(pk__in=numbers).order_by("-saved_at", "-pk"))
    if len(numbers) > MOST:
        messages.error(request, f"Choose at most {MOST} stories at a time.")
        return None
    data: dict[str, Any] = {}
    if bulk.form:
        form = bulk.form(request.POST if SURE in request.POST else None, label_suffix="")
        if not form.is_valid():
            return asked(site_of, request, bulk, form, articles)
        data = form.cleaned_data
    refused = do(bulk, articles, on_screen(request), by=signed_in(request), data=data)
    done, missing = len(articles) - len(refused), len(numbers) - len(articles)
    if refused or missing:
        return report(site_of, request, bulk, done=done, refused=refused, missing=missing)
    messages.success(request, f"{count(done)} {bulk.done}.")
    return HttpResponseRedirect(request.get_full_path())


def do(
    bulk: Bulk, articles: Sequence[Article], versions: dict[int, int], *, by: Person, data: dict[str, Any]
) -> list[Refused]:
    """Do it with each story, in a transaction of its own; returns those that were refused."""
    refused = []
    for article in articles:
        try:
            if article.pk not in versions:
                raise NotPossible("It was not on the screen.")
            bulk.verb(article, version=versions[article.pk], by=by, **data)
        except REFUSALS as refusal:
            reason = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            refused.append(Refused(article, reason))
    return refused


def chosen(request: HttpRequest) -> set[int]:
    """The numbers of the chosen stories; what is no number is none."""
    return {int(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if NUMBER.fullmatch(pk)}


def on_screen(request: HttpRequest) -> dict[int, int]:
    """The versions that the list showed, by the story's number: "12.5 13.7", in one field whatever their number."""
    pairs = (PAIR.fullmatch(pair) for pair in request.POST.get("versions", "").split())
    return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


def asked(
    site_of: admin.ModelAdmin, request: HttpRequest, bulk: Bulk, form: forms.Form, articles: list[Article]
) -> HttpResponse:
    """The page between: which stories, and what goes with it."""
    versions = on_screen(request)
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"{bulk.label.rstrip(' …')}: {count(len(articles))}",
        "opts": site_of.opts,
        "bulk": bulk,
        "button": bulk.label.rstrip(" …"),
        "form": form,
        "rows": [(article, versions.get(article.pk) != article.version) for article in articles],
        "versions": request.POST.get("versions", ""),
        "back": request.get_full_path(),
        "checkbox": ACTION_CHECKBOX_NAME,
        "sure": SURE,
    }
    template = "admin/articles/article/bulk_ask.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def report(
    site_of: admin.ModelAdmin, request: HttpRequest, bulk: Bulk, *, done: int, refused: list[Refused], missing: int
) -> HttpResponse:
    """What was done and what was not, story by story."""
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"{count(done)} {bulk.done}, {len(refused) + missing} not",
        "opts": site_of.opts,
        "bulk": bulk,
        "refused": refused,
        "missing": missing,
        "back": request.get_full_path(),
    }
    return render(request, "admin/articles/article/bulk_report.html", context, status=409)


def count(number: int) -> str:
    return "1 story" if number == 1 else f"{number} stories"
