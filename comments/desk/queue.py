"""The queue of held comments, the list of reported ones, and the rulings on both."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from newsroom.lib.people import signed_in

from .. import branches, moderation
from ..models import Comment, Report
from ..models.comment import CommentQuerySet
from ..reading import with_stories
from ..workflow import Reason
from .access import moderators_only

PAGE, MOST_COUNTED = 25, 1_000


@require_safe
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Held comments, the longest waiting first, with what each answers and the story it is about."""
    waiting, after = Comment.objects.awaiting(), number(request.GET.get("after", ""))
    rows = passed_over(waiting, after).with_people().select_related("discussion", "parent__author")
    comments = list(rows[: PAGE + 1])
    later = queue_url(after=comments[PAGE - 1].pk) if len(comments) > PAGE else ""
    comments = with_stories(comments[:PAGE])
    context = {"comments": comments, "total": counted(waiting), "reasons": Reason.choices}
    context["reported"] = counted(Comment.objects.reported())
    return render(request, "desk/queue.html", context | {"after": after, "later_url": later})


@require_safe
@moderators_only
def reported(request: HttpRequest) -> HttpResponse:
    """Shown comments that readers have reported, those that weigh most first; a ruling answers their reports."""
    told = Prefetch("reports", Report.objects.open().select_related("reporter", "notice"), to_attr="told")
    found = Comment.objects.reported()
    rows = found.with_people().select_related("discussion", "parent__author").prefetch_related(told)
    comments = with_stories(list(rows[:PAGE]))
    context = {"comments": comments, "total": counted(found), "reasons": Reason.choices, "is_reported": True}
    return render(request, "desk/queue.html", context)


def counted(comments: CommentQuerySet) -> str:
    """How many, in digits; "" for none. Beyond a thousand nobody counts on: a queue of any length costs the same."""
    found = comments[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if found > MOST_COUNTED else f"{found:,}" if found else ""


def number(text: str) -> int:
    """The row or place that a request names, 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def passed_over(waiting: CommentQuerySet, pk: int) -> CommentQuerySet:
    """What waits behind the comment `pk`, whatever became of that; all of it when there is none."""
    last = Comment.objects.filter(pk=pk).first() if pk else None
    if last is None:
        return waiting
    return waiting.filter(Q(posted_at__gt=last.posted_at) | Q(posted_at=last.posted_at, pk__gt=last.pk))


def queue_url(*, after: int, place: int = 0) -> str:
    """The queue behind the comment `after`, at the card that stands at `place` now."""
    query = "?" + urlencode({"after": after}) if after else ""
    return reverse("desk:queue") + query + (f"#card-{place}" if place else "")


@require_POST
@moderators_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let readers see a comment."""
    return rule(
        request, pk, lambda comment, version: moderation.approve(comment, version=version, by=signed_in(request))
    )


@require_POST
@moderators_only
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a reported comment where it is."""
    return rule(request, pk, lambda comment, version: moderation.keep(comment, version=version, by=signed_in(request)))


@require_POST
@moderators_only
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment from readers, alone or with all that stands below it, for a reason its author is told."""
    said = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")[:500]}
    verb = branches.remove if "branch" in request.POST else moderation.reject
    return rule(request, pk, lambda comment, version: verb(comment, version=version, by=signed_in(request), **said))


def rule(request: HttpRequest, pk: int, verb: Callable[[Comment, int], object]) -> HttpResponse:
    """Apply a ruling to the comment as the moderator saw it, say what happened, and go back to the queue."""
    comment = get_object_or_404(Comment, pk=pk)
    try:
        decision = verb(comment, number(request.POST.get("version", "")))
    except (moderation.Overtaken, moderation.ReasonMissing) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{decision.get_after_display()}: {comment.author_name}’s comment.")  # type: ignore[attr-defined]
    if request.POST.get("list") == "reported":
        return redirect("desk:reported")
    if request.POST.get("list") == "one":
        return redirect("desk:comment", pk)
    after, place = (number(request.POST.get(name, "")) for name in ("after", "place"))
    return redirect(queue_url(after=after, place=place))
