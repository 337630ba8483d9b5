"""Choosing an answer to a story's question: a page that asks, without JavaScript; the same address at once with it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from articles.models import Edition
from newsroom.lib.http import personal_page, wants_json
from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import posting, voting
from ..ballot import ballot
from .halfway import signed_in_only
from .posting import live_edition_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@signed_in_only
def vote(request: HttpRequest, article_id: int) -> HttpResponse:
    """The answers, the one chosen marked; `?answer=` marks another beforehand. Posted, it is chosen; 0 is none."""
    edition = live_edition_or_404(article_id)
    given = (request.POST if request.method == "POST" else request.GET).get("answer", "")
    answer = number(given, 99)
    if request.method != "POST":
        return page(request, edition, answer)
    if answer is None:
        return page(request, edition, None, "Choose one of the answers.")
    try:
        discussion = voting.vote(edition, answer=answer, by=signed_in(request))
    except posting.Refused as refused:
        if wants_json(request):
            return JsonResponse({"message": str(refused)}, status=409)
        return page(request, edition, None, str(refused))
    if wants_json(request):
        choices = ballot(edition.card.answers, discussion.vote_counts)
        context = {"ballot": choices, "article_id": article_id, "is_open": True}
        return JsonResponse({"answer": answer, "html": render_to_string("comments/_ballot.html", context)})
    return redirect(f"{edition.path}#discussion")


def page(request: HttpRequest, edition: Edition, answer: int | None, refused: str = "") -> HttpResponse:
    """The answers to choose from, on a page of its own."""
    discussion = posting.open_for(edition)
    chosen = discussion.votes.filter(person=signed_in(request)).values_list("answer", flat=True).first() or 0
    context = {
        "story": edition.card,
        "ballot": ballot(edition.card.answers, discussion.vote_counts),
        "chosen": chosen,
        "marked": answer if answer is not None else chosen,
        "refused": refused or discussion.closed_because,
        "is_open": discussion.is_open,
    }
    return render(request, "comments/vote.html", context, status=409 if refused else 200)
