"""The page of a queue: its cards, what is looked for in it, and how much waits in the others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.lib.numbers import number
from newsroom.lib.people import signed_in

from .. import glancing
from ..workflow import Reason
from .access import moderators_only, theirs
from .cards import cards_of, spread
from .heat import hot
from .queues import QUEUES, behind, counted, goes_on
from .search import Search

PAGE = 25
BY_NAME = {queue.name: queue for queue in QUEUES}


@require_safe
@moderators_only
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """A page of cards, `?after=` a comment; with `?part` the list alone, for the script that puts it into the page."""
    here, search, after = (
        BY_NAME[name],
        Search(request.GET, by=signed_in(request)),
        number(request.GET.get("after", "")) or 0,
    )
    comments = here.rows(theirs(request))
    context: dict[str, object] = {
        "here": here,
        "search": search,
        "after": after,
        "reasons": Reason.choices,
        "back": request.get_full_path(),
        "total": counted(comments) if here.is_counted else "",
    }
    if search.is_valid():
        found = search.among(comments)
        cards = cards_of(behind(found, after), most=PAGE + 1, by=signed_in(request))
        context["cards"] = spread(cards[:PAGE])
        if search.is_asked:
            context |= {"asked": asked_for(request), "found": counted(found)}
        if len(cards) > PAGE and goes_on(found):
            context["later_url"] = address(request, after=str(cards[PAGE - 1].comment.pk))
    if "part" in request.GET:
        return render(request, "desk/_list.html", context)
    context |= hot(signed_in(request))
    context["exposure"] = glancing.exposure(signed_in(request))
    others = {one.name: counted(one.rows(theirs(request))) for one in QUEUES if one.is_counted and one != here}
    context["queues"] = [(one, others.get(one.name, context["total"] if one == here else "")) for one in QUEUES]
    return render(request, "desk/queue.html", context, status=422 if search.errors else 200)


def asked_for(request: HttpRequest) -> str:
    """What is looked for, as a query, to be looked for in another queue."""
    query = request.GET.copy()
    for name in ("after", "part"):
        query.pop(name, None)
    return "?" + query.urlencode()


def address(request: HttpRequest, *, after: str) -> str:
    """The same page behind a comment."""
    query = request.GET.copy()
    query["after"] = after
    query.pop("part", None)
    return f"{request.path}?{query.urlencode()}"
