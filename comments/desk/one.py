"""One comment at the desk, in whatever state: what was decided on it, and what may be decided now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.lib.people import signed_in

from .. import branches
from ..models import Comment
from ..workflow import RULINGS, Reason, State
from .access import moderators_only, theirs
from .branch import branch_around
from .cards import cards_of


@require_safe
@moderators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment with its story, its decisions, the rulings that are possible and the conversation around it.

    With `?part` the conversation alone, for the script that opens it below a card.
    """
    if "part" in request.GET:
        comment = get_object_or_404(theirs(request), pk=pk)
        return render(request, "desk/_branch.html", {"comment": comment, "branch": branch_around(comment)})
    cards = cards_of(theirs(request).filter(pk=pk), most=1, by=signed_in(request))
    if not cards:
        raise Http404
    comment = cards[0].comment
    decisions = list(comment.decisions.with_followers())
    last = decisions[0] if decisions else None
    context = {
        "card": cards[0],
        "comment": comment,
        "branch": branch_around(comment),
        "decisions": decisions,
        "answers": Comment.objects.filter(pk__in=branches.below(comment), state__in=(State.SHOWN, State.HELD)).count(),
        "undoable": last if last and last.ruling in RULINGS and comment.state == last.after else None,
        "reasons": Reason.choices,
        "back": request.path,
    }
    return render(request, "desk/comment.html", context)
