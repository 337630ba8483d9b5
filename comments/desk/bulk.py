"""Many comments at once: one ruling, one reason, each as it was read."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from newsroom.lib.http import wants_json
from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import moderation
from ..workflow import RULINGS
from .access import moderators_only, theirs
from .ruling import back, refused

MOST = 100


@require_POST
@moderators_only
def bulk(request: HttpRequest) -> HttpResponse:
    """Rule on all that was chosen. What somebody else was quicker with is named, and the others are ruled on."""
    read = chosen(request)
    name = request.POST.get("act", "")
    if not read or len(read) > MOST or name not in RULINGS:
        return refused(request, f"Choose up to {MOST} comments, and what becomes of them.", 422)
    known = theirs(request).filter(pk__in=read).values_list("pk", flat=True)
    read = {pk: read[pk] for pk in known}
    try:
        outcome = moderation.rule_all(name, read, by=signed_in(request), reason=request.POST.get("reason", ""))
    except moderation.ReasonMissing as problem:
        return refused(request, str(problem), 422)
    return told(request, outcome)


def chosen(request: HttpRequest) -> dict[int, int]:
    """The versions that were read, by the numbers of the comments: each is sent as "12.3"."""
    pairs = (text.partition(".") for text in request.POST.getlist("chosen"))
    return {number(pk) or 0: number(version) or 0 for pk, _, version in pairs}


def told(request: HttpRequest, outcome: moderation.Outcome) -> HttpResponse:
    """What was done with how many, and with which it was not."""
    done = {
        str(decision.comment_id): {
            "said": decision.done,
            "version": decision.version + 1,
            "undo_url": reverse("desk:undo", args=[decision.pk]),
        }
        for decision in outcome.decisions
    }
    late = {str(problem.comment.pk): str(problem) for problem in outcome.overtaken}
    if wants_json(request):
        return JsonResponse({"done": done, "late": late})
    for said, count in Counter(decision.done for decision in outcome.decisions).items():
        messages.success(request, f"{said}. {count} comment{'s' * (count != 1)}.")
    for problem in outcome.overtaken:
        messages.error(request, f"Not the comment by {problem.comment.author_name}. {problem}")
    return redirect(back(request))
