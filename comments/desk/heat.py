"""What heats up, on top of every queue, and what is calmed now: with one press it is calmed, or left."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from articles.models import Edition
from articles.story import Card
from newsroom.lib.people import Person, signed_in

from .. import calming, warming
from ..heat import is_enough
from ..models import Calm, Discussion, Heat
from .access import moderators_only
from .ruling import back

MOST = 10


@dataclass(frozen=True)
class Hot:
    """A discussion that heats up, or that is calmed, with its story."""

    row: Heat | Calm
    story: Card


def hot(person: Person) -> dict[str, list[Hot]]:
    """What heats up and what is calmed now in this moderator's discussions. Four queries, two where nothing is."""
    mine = Discussion.objects.public().moderated_by(person)
    heats = _not_calmed(list(Heat.objects.unanswered().filter(discussion__in=mine).select_related("discussion")))[:MOST]
    calms = list(Calm.objects.standing().filter(discussion__in=mine).select_related("discussion")[:MOST])
    articles = {row.discussion.article_id for row in heats} | {row.discussion.article_id for row in calms}
    editions = Edition.objects.live().filter(article__in=articles).as_cards() if articles else ()
    stories = {edition.article_id: edition.card for edition in editions}

    def with_stories(rows: list[Heat] | list[Calm]) -> list[Hot]:
        return [Hot(row, stories[row.discussion.article_id]) for row in rows if row.discussion.article_id in stories]

    return {"heats": with_stories(heats), "calms": with_stories(calms)}


def _not_calmed(heats: list[Heat]) -> list[Heat]:
    """Those about which nobody has done as much by themselves. One query, none without any."""
    standing: dict[int, list[str]] = {row.discussion_id: [] for row in heats}
    for calm in Calm.objects.standing().filter(discussion__in=standing):
        standing[calm.discussion_id].append(calm.measure)
    return [row for row in heats if not is_enough(standing[row.discussion_id], row.measure)]


@require_POST
@moderators_only
def heat(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what is proposed, or with `leave` nothing; `measure` is what the button said."""
    mine = Discussion.objects.public().moderated_by(signed_in(request))
    row = get_object_or_404(Heat, pk=pk, discussion__in=mine)
    by, measure = signed_in(request), request.POST.get("measure", "")
    try:
        if "leave" in request.POST:
            warming.leave(row, measure, by=by)
            messages.success(request, "Left as it is. You are asked again only if more is called for.")
        else:
            messages.success(request, f"Readers are told: {warming.calm(row, measure, by=by).told}")
    except calming.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back(request))
