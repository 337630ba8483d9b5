"""One person's private calendar as a file (iCalendar, RFC 5545): what the admin's calendar shows them, and no more."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from newsroom.lib.http import personal_page

from .. import calendar_feed
from ..agenda import Entry, agenda
from ..models import Article

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


@require_safe
@personal_page
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The last two months and the next thirteen; an address closed or never made looks like any unknown one."""
    person = calendar_feed.owner(token)
    if person is None:
        raise Http404
    now = timezone.now()
    entries = agenda(Article.objects.visible_to(person), now - BACK, now + AHEAD)
    response = HttpResponse(written(entries), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="newsroom.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def written(entries: list[Entry]) -> bytes:
    """The entries as a file."""
    found = Calendar()
    found.add("prodid", "-//Newsroom//Calendar//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", settings.SITE_NAME)
    found.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
    for entry in entries:
        found.add_component(event(entry))
    return found.to_ical()


def event(entry: Entry) -> Event:
    """One entry, under a name that stays when it is moved: a moment of no length, or a whole day."""
    found = Event()
    found.add("uid", f"{entry.key}@{urlsplit(settings.SITE_URL).hostname}")
    found.add("dtstamp", timezone.now())
    found.add("dtstart", entry.day or entry.at)
    found.add("summary", f"{entry.words.capitalize()}: {entry.headline}")
    found.add("url", settings.SITE_URL + reverse("admin:articles_article_change", args=[entry.article]))
    if entry.section:
        found.add("categories", [entry.section])
    return found
