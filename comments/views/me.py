"""What only this reader may know of a discussion, for the script on a page that is the same for all."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Edition
from newsroom.lib.http import personal_page
from newsroom.lib.people import Person, signed_in

from .. import muting, picking, posting, sanctioning
from ..following import mode_of
from ..looking import look_around
from ..marking import mark_of
from ..models import Comment, Discussion, Like, Notification
from ..models.comment import EDIT_WITHIN, EDITABLE
from ..screening import screen
from ..workflow import State
from .posting import changeable, live_edition_or_404, rendered

OWN = 20
LIKED = 500
UNSEEN = 99


def liked(person: Person, discussion: Discussion) -> list[int]:
    """Which comments this person likes here, the last liked first."""
    likes = Like.objects.filter(person=person, comment__discussion=discussion).order_by("-pk")
    return list(likes.values_list("comment", flat=True)[:LIKED])


def editable(person: Person, discussion: Discussion) -> dict[int, dict[str, object]]:
    """One's own comments that may still be changed, by key: their words, their version, and until when."""
    since = timezone.now() - EDIT_WITHIN
    rows = Comment.objects.filter(discussion=discussion, author=person, posted_at__gt=since, state__in=EDITABLE)
    return {row.pk: changeable(row) for row in rows}


@require_safe
@personal_page
def me(request: HttpRequest, article_id: int) -> HttpResponse:
    """As JSON: who is signed in, the form's token and address, and own comments that others do not see."""
    edition = live_edition_or_404(article_id)
    form_url = reverse("comments:form", args=[article_id])
    if not request.user.is_authenticated:
        sign_in = f"{reverse('account_login')}?next={form_url}"
        return JsonResponse({"signed_in": False, "sign_in_url": sign_in, "form_url": form_url})
    return JsonResponse(known(request, edition) | {"signed_in": True, "form_url": form_url})


def known(request: HttpRequest, edition: Edition) -> dict[str, object]:
    """What the page does not say to a reader who is signed in."""
    person = signed_in(request)
    discussion = posting.open_for(edition)
    waiting = Comment.objects.filter(discussion=discussion, author=person, state=State.HELD)
    own = list(waiting.with_people().order_by("-seq")[:OWN])
    for comment in own:
        comment.discussion = discussion
    return {
        "name": person.name,
        "page": person.get_absolute_url(),
        "is_open": discussion.is_open and not sanctioning.why_barred(person),
        "slow": discussion.pace,
        "csrf": get_token(request),
        "notice": screen(look_around(discussion, person)).sentence,
        "mine": [rendered(comment, edition) for comment in own],
        "unseen": Notification.objects.standing().unseen().filter(person=person)[:UNSEEN].count(),
        "notifications_url": reverse("account_notifications"),
        "follows": mode_of(discussion, person),
        "seen": mark_of(discussion, person),
        "seen_url": reverse("comments:seen", args=[edition.article_id]),
        "muted": muting.muted_in(discussion, person),
        "may_pick": picking.may_pick(person, discussion.pk),
        "may_moderate": Discussion.objects.moderated_by(person).filter(pk=discussion.pk).exists(),
        "liked": liked(person, discussion),
        "answer": discussion.votes.filter(person=person).values_list("answer", flat=True).first() or 0,
        "editable": editable(person, discussion),
        "preview_url": reverse("comments:preview"),
        "longest": posting.MAX_LENGTH,
    }
