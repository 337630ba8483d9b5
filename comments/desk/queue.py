"""The queue of held comments, and the list of reported ones."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Comment
from ..models.comment import CommentQuerySet
from ..workflow import Reason
from .access import moderators_only
from .cards import cards_of
from .ruling import number

PAGE, MOST_COUNTED = 25, 1_000


@require_safe
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Held comments, the longest waiting first, with what each answers and the story it is about."""
    waiting, after = Comment.objects.awaiting(), number(request.GET.get("after", ""))
    cards = cards_of(passed_over(waiting, after), most=PAGE + 1)
    later = f"{reverse('desk:queue')}?{urlencode({'after': cards[PAGE - 1].comment.pk})}" if len(cards) > PAGE else ""
    context = {"cards": cards[:PAGE], "total": counted(waiting), "reported": counted(Comment.objects.reported())}
    return page(request, context | {"after": after, "later_url": later})


@require_safe
@moderators_only
def reported(request: HttpRequest) -> HttpResponse:
    """Shown comments that readers have reported, those that weigh most first; a ruling answers their reports."""
    found = Comment.objects.reported()
    context = {"cards": cards_of(found, most=PAGE), "total": counted(found), "is_reported": True}
    return page(request, context)


def page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The page, or with `?part` the list alone, for the script that puts it into the page."""
    template = "desk/_list.html" if "part" in request.GET else "desk/queue.html"
    return render(request, template, context | {"reasons": Reason.choices, "back": request.get_full_path()})


def counted(comments: CommentQuerySet) -> str:
    """How many, in digits; "" for none. Beyond a thousand nobody counts on: a queue of any length costs the same."""
    found = comments[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if found > MOST_COUNTED else f"{found:,}" if found else ""


def passed_over(waiting: CommentQuerySet, pk: int) -> CommentQuerySet:
    """What waits behind the comment `pk`, whatever became of that; all of it when there is none."""
    last = Comment.objects.filter(pk=pk).first() if pk else None
    if last is None:
        return waiting
    return waiting.filter(Q(posted_at__gt=last.posted_at) | Q(posted_at=last.posted_at, pk__gt=last.pk))
