"""Writing a comment: a page of its own without JavaScript, the same address with it."""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from articles.models import Edition
from newsroom.lib.http import View, personal_page, wants_json
from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import markup, posting
from ..ballot import ballot
from ..forms import WORDS, CommentForm
from ..looking import look_around
from ..models import Comment, Discussion
from ..models.comment import EDIT_WITHIN
from ..reading import with_answers
from ..screening import screen
from ..threads import Node
from ..workflow import State
from .halfway import keeps_words, signed_in_only, words_for


def live_edition_or_404(article_id: int) -> Edition:
    """What readers have of a story; one they do not have has no discussion either."""
    # By the id's own field, which knows that a number too large for the database stands in no row.
    edition = Edition.objects.live().filter(article__id=article_id).as_cards().first()
    if edition is None:
        raise Http404
    return edition


def guests_go_elsewhere(view: View) -> View:
    """Who has no account is led to where guests write, if the discussion takes any."""

    @wraps(view)
    def led(request: HttpRequest, article_id: int) -> HttpResponseBase:
        may_come = request.method == "GET" and "parent" not in request.GET and not request.user.is_authenticated
        if may_come and Discussion.objects.filter(article__id=article_id, takes_guests=True).exists():
            return redirect("guest", article_id)
        return view(request, article_id)

    return led


@personal_page
@guests_go_elsewhere
@keeps_words(*WORDS)
@signed_in_only
def form(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the form, or take what was written in it."""
    edition = live_edition_or_404(article_id)
    data = request.POST if request.method == "POST" else request.GET
    parent = parent_of(edition, data.get("parent", ""))
    if request.method == "POST":
        return take(request, edition, parent)
    if parent and parent.is_tombstone:
        raise Http404
    start = {"parent": parent and parent.pk} | words_for(request)
    return form_page(request, edition, parent, CommentForm(initial=start))


def parent_of(edition: Edition, pk: str) -> Comment | None:
    """The comment to answer; 404 for none of this story's. It may be gone from readers' eyes meanwhile."""
    if not pk:
        return None
    comments = Comment.objects.with_people().filter(discussion__article=edition.article_id)
    return get_object_or_404(comments, pk=number(pk))


def take(request: HttpRequest, edition: Edition, parent: Comment | None) -> HttpResponse:
    """Post, and say what became of it; whatever is refused keeps its text."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, edition, parent, form)
    data = form.cleaned_data
    if "preview" in request.POST:
        return form_page(request, edition, parent, form, preview=form.words)
    how = {"key": data["key"], "parent": parent, "advised": data["advised"]}
    sender = get_adapter().get_client_ip(request) or ""
    try:
        comment = posting.post(edition, form.words, by=signed_in(request), sender=sender, **how)
    except posting.Closed as closed:
        return closed_page(request, edition, data["body"], closed)
    except posting.Advised as advice:
        return advised(request, edition, parent, str(advice))
    except posting.Refused as refusal:
        form.add_error("body", str(refusal))
        return refused(request, edition, parent, form)
    return posted(request, edition, comment)


def advised(request: HttpRequest, edition: Edition, parent: Comment | None, advice: str) -> HttpResponse:
    """The words again with a word of advice; sent once more they count."""
    if wants_json(request):
        return JsonResponse({"errors": {}, "advice": advice}, status=422)
    data = request.POST.copy()
    data["advised"] = "on"
    return form_page(request, edition, parent, CommentForm(data), 422, advice=advice)


def form_page(
    request: HttpRequest,
    edition: Edition,
    parent: Comment | None,
    form: CommentForm,
    status: int = 200,
    preview: posting.Words | None = None,
    advice: str = "",
) -> HttpResponse:
    discussion = posting.open_for(edition)
    try:
        posting.refuse_closed(discussion, signed_in(request))
    except posting.Closed as closed:
        return closed_page(request, edition, form["body"].value() or "", closed)
    verdict = screen(look_around(discussion, signed_in(request)))
    quoted = None if parent is None or parent.is_tombstone else parent
    context = {
        "story": edition.card,
        "parent": quoted,
        "form": form,
        "notice": verdict.sentence,
        "preview": preview and shown_as(preview),
        "advice": advice,
    }
    return render(request, "comments/form.html", context, status=status)


def shown_as(words: posting.Words) -> Comment:
    """Words as the thread would show them; nothing is kept."""
    body = markup.tidy(words.body)
    return Comment(body=body, html=markup.render(body), is_spoiler=words.is_spoiler, spoiler_scope=words.spoiler_scope)


def refused(request: HttpRequest, edition: Edition, parent: Comment | None, form: CommentForm) -> HttpResponse:
    if wants_json(request):
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"errors": form.errors, "message": message}, status=422)
    return form_page(request, edition, parent, form, status=422)


def closed_page(request: HttpRequest, edition: Edition, text: str, closed: posting.Closed) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"errors": {}, "message": str(closed)}, status=409)
    context = {"story": edition.card, "text": text, "why": str(closed)}
    context["is_barred"] = isinstance(closed, posting.Barred)
    return render(request, "comments/closed.html", context, status=409)


def changeable(comment: Comment) -> dict[str, object]:
    """A comment's words, for the form that changes them, and until when it may."""
    return {
        "body": comment.body,
        "is_spoiler": comment.is_spoiler,
        "spoiler_scope": comment.spoiler_scope,
        "version": comment.version,
        "until": (comment.posted_at + EDIT_WITHIN).isoformat(),
    }


def answer(comment: Comment, edition: Edition) -> dict[str, object]:
    """What the script on the page needs to show the comment in its place."""
    comment = Comment.objects.with_people().select_related("discussion").get(pk=comment.pk)
    return {
        "id": comment.pk,
        "change": changeable(comment),
        "state": comment.state,
        "html": rendered(comment, edition),
        "message": comment.held_for or "Posted.",
        "count": comment.discussion.shown_count,
    }


def posted(request: HttpRequest, edition: Edition, comment: Comment) -> HttpResponse:
    """To the comment, or the page that says why it waits."""
    if wants_json(request):
        return JsonResponse(answer(comment, edition), status=201)
    if comment.state == State.SHOWN:
        return redirect(comment)
    context = {"story": edition.card, "comment": comment, "reason": comment.held_for}
    return render(request, "comments/posted.html", context, status=201)


def rendered(comment: Comment, edition: Edition) -> str:
    """One comment as the thread shows it to its author."""
    with_answers([comment], ballot(edition.card.answers, comment.discussion.vote_counts))
    context = {
        "nodes": [Node(comment)],
        "is_own": True,
        "article_id": comment.discussion.article_id,
        "is_open": comment.discussion.is_open,
    }
    return render_to_string("comments/_thread.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; then take one's own comment back."""
    comment = get_object_or_404(Comment.objects.select_related("discussion"), pk=pk, author=signed_in(request))
    if request.method != "POST":
        story = live_edition_or_404(comment.discussion.article_id).card
        return render(request, "comments/withdraw.html", {"story": story, "comment": comment})
    posting.withdraw(comment, by=signed_in(request))
    if request.POST.get("then") == "account":
        # The story may be gone from the site, and its discussion with it.
        return redirect("account_home")
    return redirect("comments:discussion", comment.discussion.article_id)
