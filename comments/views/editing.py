"""Changing one's own comment, and seeing beforehand what marks make of words."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Edition
from newsroom.lib.http import personal_page, wants_json
from newsroom.lib.people import signed_in

from .. import posting, rewording
from ..forms import WORDS, EditForm, WordsForm
from ..models import Comment
from ..workflow import State
from .halfway import keeps_words, signed_in_only, words_for
from .posting import answer, live_edition_or_404, shown_as


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@keeps_words(*WORDS)
@signed_in_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one's own words to change, or take what they are now."""
    rows = Comment.objects.with_people().select_related("discussion")
    comment = get_object_or_404(rows, pk=pk, author=signed_in(request))
    edition = live_edition_or_404(comment.discussion.article_id)
    if request.method == "POST":
        return take(request, comment, edition)
    words = words_for(request) or {name: getattr(comment, name) for name in WORDS}
    return page(request, comment, EditForm(initial={"version": comment.version} | words))


def take(request: HttpRequest, comment: Comment, edition: Edition) -> HttpResponse:
    """Change the words, and say what became of them; whatever is refused keeps its text."""
    form = EditForm(request.POST)
    if not form.is_valid():
        return page(request, comment, form, 422)
    if "preview" in request.POST:
        return page(request, comment, form, preview=shown_as(form.words))
    try:
        version = form.cleaned_data["version"]
        comment = rewording.edit(comment, form.words, version=version, by=signed_in(request))
    except posting.Refused as refused:
        form.add_error("body", str(refused))
        return page(request, comment, form, 422 if type(refused) is posting.Refused else 409)
    if wants_json(request):
        return JsonResponse(answer(comment, edition) | {"message": comment.held_for or "Changed."})
    if comment.state == State.SHOWN:
        return redirect(comment)
    context = {"story": edition.card, "comment": comment}
    return render(request, "comments/posted.html", context | {"reason": comment.held_for})


def page(
    request: HttpRequest, comment: Comment, form: EditForm, status: int = 200, preview: Comment | None = None
) -> HttpResponse:
    if wants_json(request):
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"errors": form.errors, "message": message}, status=status)
    story = live_edition_or_404(comment.discussion.article_id).card
    context = {"story": story, "comment": comment, "form": form, "preview": preview}
    return render(request, "comments/edit.html", context, status=status)


@require_POST
@personal_page
@signed_in_only
def preview(request: HttpRequest) -> HttpResponse:
    """What the thread would make of some words, for the script; nothing is kept."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"html": ""}, status=422)
    return JsonResponse({"html": render_to_string("comments/_words.html", {"comment": shown_as(form.words)})})
