"""Notes and work: what colleagues say to each other about a story, who has it, and until when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from newsroom.lib.people import Person, signed_in, staff_with

from .. import assigning, notes
from ..models import Article, Note
from ..publishing import NotPossible
from .doors import story_door

NAME = "articles_article_notes"
LISTED = 100
NAMED = 20


class ColleagueField(forms.ModelChoiceField):
    """A choice among people, by the names that others see."""

    def label_from_instance(self, person: Person) -> str:
        return person.name


class WorkForm(forms.Form):
    """Who has the story, and until when."""

    to = ColleagueField(None, required=False, label="With", empty_label="Nobody")
    due = forms.DateField(
        required=False, label="Due", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff_with(assigning.WRITES).order_by("username")  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Refused:
    """What was typed and not kept, and why; shown again as a new note or as the answer to the note `pk`."""

    text: str = ""
    why: str = ""
    pk: int = 0


NOTHING_REFUSED = Refused()


def urls(site_of: admin.ModelAdmin) -> list[URLPattern]:
    at = "<int:pk>/notes/"
    return [
        path(at, story_door(site_of, page), name=NAME),
        path(f"{at}assign/", story_door(site_of, assign, require_POST), name=f"{NAME}_assign"),
        path(f"{at}<int:note>/answer/", story_door(site_of, answer, require_POST), name=f"{NAME}_answer"),
        path(f"{at}<int:note>/resolve/", story_door(site_of, resolve, require_POST), name=f"{NAME}_resolve"),
        path(f"{at}<int:note>/reopen/", story_door(site_of, reopen, require_POST), name=f"{NAME}_reopen"),
    ]


def page(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The notes there are; POST writes one."""
    if request.method != "POST":
        return show(site_of, request, article)
    text = request.POST.get("text", "")
    try:
        return kept(request, notes.write(article, text=text, by=signed_in(request)))
    except NotPossible as refusal:
        return show(site_of, request, article, refused=Refused(text, str(refusal)))


def answer(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, note: int) -> HttpResponse:
    """Answer a note of this story."""
    row, text = get_object_or_404(article.notes, pk=note), request.POST.get("text", "")
    try:
        return kept(request, notes.answer(row, text=text, by=signed_in(request)))
    except NotPossible as refusal:
        return show(site_of, request, article, refused=Refused(text, str(refusal), note))


def resolve(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, note: int) -> HttpResponse:
    return settle(request, get_object_or_404(article.notes, pk=note), notes.resolve, "Resolved.")


def reopen(site_of: admin.ModelAdmin, request: HttpRequest, article: Article, note: int) -> HttpResponse:
    return settle(request, get_object_or_404(article.notes, pk=note), notes.reopen, "Open again.")


def settle(request: HttpRequest, note: Note, verb: Callable[..., None], done: str) -> HttpResponse:
    """Resolve or reopen a note, and tell."""
    try:
        verb(note, by=signed_in(request))
        messages.success(request, done)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(f"admin:{NAME}", note.article_id)


def assign(site_of: admin.ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Give the story to somebody; who may not, takes it."""
    person = signed_in(request)
    form = WorkForm(request.POST, label_suffix="")
    wanted: dict[str, Any] = {"to": person, "due": article.due_on}
    if assigning.may_assign(person, article):
        if not form.is_valid():
            return show(site_of, request, article, form=form)
        wanted = form.cleaned_data
    try:
        article = assigning.assign(article, **wanted, by=person)
        messages.success(request, f"Assigned {assigning.describe(article.assignee, article.due_on)}.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(f"admin:{NAME}", article.pk)


def kept(request: HttpRequest, written: notes.Written) -> HttpResponse:
    """Back to the page, at the note; who was not told is named."""
    if written.missed:
        names = ", ".join(f"@{name}" for name in written.missed)
        messages.warning(request, f"Kept, but not told to {names}: nobody of that name may open this story.")
    address = reverse(f"admin:{NAME}", args=[written.note.article_id])
    return redirect(f"{address}#note-{written.note.pk}")


def show(
    site_of: admin.ModelAdmin,
    request: HttpRequest,
    article: Article,
    *,
    refused: Refused = NOTHING_REFUSED,
    form: WorkForm | None = None,
) -> HttpResponse:
    """The page; with what was refused, if anything was, and then with the status of a mistake."""
    person, threads = signed_in(request), threads_of(article)
    open_notes = list(threads.filter(resolved_at=None)[:LISTED])
    if refused.pk not in {note.pk for note in open_notes}:
        # Resolved meanwhile: its words stand where they can still be sent.
        refused = replace(refused, pk=0)
    context = {
        **site_of.admin_site.each_context(request),
        "title": f"Notes and work: {article}",
        "original": article,
        "opts": site_of.opts,
        "open_notes": open_notes,
        "resolved_notes": threads.exclude(resolved_at=None).order_by("-resolved_at")[:LISTED],
        "names": names_of(article, person),
        "refused": refused,
        "max_length": Note.MAX_LENGTH,
        "form": form or WorkForm(label_suffix="", initial={"to": article.assignee, "due": article.due_on}),
        "may_assign": assigning.may_assign(person, article),
        "may_take": article.assignee is None and site_of.has_change_permission(request, article),
    }
    return render(request, "admin/articles/article/notes.html", context, status=422 if refused.why or form else 200)


def names_of(article: Article, person: Person) -> list[str]:
    """The first user names that this person may mention on the story."""
    others = article.who_may_open().exclude(pk=person.pk).order_by("username")
    return [one.get_username() for one in others[:NAMED]]


def threads_of(article: Article) -> Any:
    """The story's notes with all that is shown of them, in a fixed number of queries."""
    answers = Note.objects.select_related("by").prefetch_related("mentions")
    threads = article.notes.threads().select_related("by", "resolved_by")
    return threads.prefetch_related("mentions", Prefetch("answers", answers))
