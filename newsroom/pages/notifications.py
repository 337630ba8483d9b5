"""What somebody is told of discussions: the list, how often it comes by mail, and the link that stops the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.models import Edition
from comments import unsubscribing
from comments.models import Following, Notification
from comments.reading import stories_of
from newsroom.lib.http import personal_page
from newsroom.lib.keys import page_behind_a_key
from newsroom.lib.paging import Page, page_of
from newsroom.lib.people import Mail, Person, signed_in

from ..models import User
from .mail import wish_form

PAGE = 30
FOLLOWED = 200
ORDER = ("made_at", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """The newest first; what is on the page counts as seen from then on. Or say how often it comes by mail."""
    person = signed_in(request)
    form = wish_form("talk_mail", person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        User.objects.filter(pk=person.pk).update(talk_mail=form.cleaned_data["talk_mail"])
        messages.success(request, "Saved.")
        return redirect("account_notifications")
    page = page_for(person, request.GET.dict())
    context = {"form": form, "page": page, "followings": followed_by(person)}
    response = render(request, "account/notifications.html", context, status=422 if form.is_bound else 200)
    if request.method == "GET":
        see(page.rows)
    return response


def page_for(person: Person, query: dict[str, str]) -> Page:
    """A page of what this person is told, each with its story."""
    rows = Notification.objects.standing().filter(person=person).with_comments()
    page = page_of(rows, query, size=PAGE, order=ORDER)
    stories = stories_of(row.comment for row in page.rows)
    for row in page.rows:
        row.story = stories.get(row.comment.discussion.article_id)
    return page


def see(rows: list[Notification]) -> None:
    """Note that these were before their person's eyes."""
    fresh = [row.pk for row in rows if row.seen_at is None]
    if fresh:
        Notification.objects.unseen().filter(pk__in=fresh).update(seen_at=timezone.now())


def followed_by(person: Person) -> list[Following]:
    """What this person follows or has muted, each with its story, or None for one that is not on the site now."""
    rows = list(Following.objects.filter(person=person).select_related("discussion")[:FOLLOWED])
    live = Edition.objects.live().filter(article__in=[row.discussion.article_id for row in rows]).as_cards()
    stories = {edition.article_id: edition.card for edition in live}
    for row in rows:
        row.story = stories.get(row.discussion.article_id)  # type: ignore[attr-defined]
    return rows


@page_behind_a_key
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; or at once, when a mail program sends the press of its own button (RFC 8058). It needs no sign-in."""
    link = unsubscribing.opened(token)
    if link is None:
        return render(request, "account/stop.html", status=404)
    context: dict[str, object] = {"link": link, "is_done": link.person.talk_mail == Mail.NEVER}
    if link.discussion:
        edition = Edition.objects.live().filter(article=link.discussion.article_id).as_cards().first()
        context["story"] = edition.card if edition else None
    if request.method == "POST":
        is_mute = "mute" in request.POST and link.discussion is not None
        verb = unsubscribing.mute if is_mute else unsubscribing.stop
        verb(link)
        context |= {"is_done": not is_mute, "is_muted": is_mute}
    return render(request, "account/stop.html", context)
