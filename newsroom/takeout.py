"""All that is kept of a person, for that person: as data for programs and as a page to read. Nothing of others."""

import io
import json
import zipfile
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition, ErrorNote, Section
from articles.story import Card
from comments.models import (
    Calm,
    Comment,
    Decision,
    Exclusion,
    Following,
    Glance,
    Heat,
    Like,
    Mute,
    Notification,
    ReadMark,
    Report,
    Sanction,
    Vote,
    Watch,
)
from comments.reading import stories_of

from .farewells import addresses_of
from .models import Subscriber, User

Data = dict[str, Any]
PICTURE = "your-picture.webp"


def archive(person: User) -> bytes:
    """A zip with your-data.json and your-data.html, which say the same, and your picture."""
    data = gather(person)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("your-data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        folder.writestr("your-data.html", render_to_string("account/takeout.html", data))
        if person.portrait and default_storage.exists(person.portrait):
            with default_storage.open(person.portrait) as picture:
                folder.writestr(PICTURE, picture.read())
    return buffer.getvalue()


def gather(person: User) -> Data:
    """What is kept, in a fixed number of queries."""
    return {
        "site": settings.SITE_NAME,
        "made_at": timezone.now(),
        "account": account_of(person),
        "newsletter": list(
            Subscriber.objects.filter(email__in=addresses_of(person)).values(
                "email", "place", "asked_at", "confirmed_at", "unsubscribed_at"
            )
        ),
        "comments": comments_of(person),
        "likes": [
            {"comment": url_of(comment), "at": at}
            for comment, at in Like.objects.filter(person=person).order_by("at").values_list("comment", "at")
        ],
        "votes": votes_of(person),
        "read": [
            {"discussion": discussion_url(article), "up_to": seq}
            for article, seq in read_by(person).values_list("discussion__article", "seq")
        ],
        "reports": [report_of(row) for row in Report.objects.filter(reporter=person).order_by("at")],
        "errors": list(ErrorNote.objects.filter(said_by=person).order_by("at").values("text", "at", "answer")),
        "notifications": [notification_of(row) for row in Notification.objects.filter(person=person).newest_first()],
        "followed": [
            {"discussion": discussion_url(article), "mode": mode, "at": at}
            for article, mode, at in Following.objects.filter(person=person).values_list(
                "discussion__article", "mode", "at"
            )
        ],
        "sanctions": [sanction_of(row) for row in Sanction.objects.filter(person=person)],
        "exclusions": [exclusion_of(row) for row in Exclusion.objects.of(person.email)],
        "remarks": list(person.remarks.values("text", "at")),
        "watched": list(Watch.objects.filter(person=person).order_by("at").values("at")),
        "mutes": list(Mute.objects.filter(person=person).order_by("at").values("muted__username", "at")),
        **desk_of(person),
    }


def desk_of(person: User) -> Data:
    """What is kept of a moderator's work besides decisions: what they watch, looked at, calmed, and where they work."""
    watches = Watch.objects.of(person).order_by("at")
    glances = Glance.objects.filter(by=person).order_by("at").values_list("comment", "at", "opened_at")
    lifted = Calm.objects.filter(lifted_by=person).values_list("discussion__article", "lifted_at")
    heats = Heat.objects.filter(answered_by=person).order_by("answered_at")
    return {
        "watches": list(watches.values("discussion__article", "person__username", "at")),
        "glances": [{"comment": url_of(comment), "at": at, "opened_at": opened} for comment, at, opened in glances],
        "sections": list(Section.objects.filter(moderators=person).order_by("name").values_list("name", flat=True)),
        "calms": [calm_of(row) for row in Calm.objects.filter(by=person).select_related("discussion")],
        "calms_lifted": [{"discussion": discussion_url(article), "at": at} for article, at in lifted],
        "heats": [
            {"discussion": discussion_url(article), "at": at}
            for article, at in heats.values_list("discussion__article", "answered_at")
        ],
    }


def account_of(person: User) -> Data:
    names = "username display_name first_name last_name email date_joined last_login named_at mail talk_mail".split()
    emails = EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified", "primary")
    steps = Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
    about = {name: getattr(person, name) for name in names}
    about["picture"] = PICTURE if person.portrait else ""
    elsewhere = SocialAccount.objects.filter(user=person).values("provider", "uid", "date_joined", "extra_data")
    return about | {"addresses": list(emails), "second_steps": list(steps), "elsewhere": list(elsewhere)}


def comments_of(person: User) -> list[Data]:
    """Every comment in the order of time, with its earlier wordings, what was found in it, and what was decided."""
    rows = Comment.objects.filter(author=person).select_related("discussion").prefetch_related("wordings", "decisions")
    comments = list(rows.order_by("posted_at", "pk"))
    stories = stories_of(comments)
    return [
        {
            "address": url_of(comment.pk),
            "story": getattr(stories.get(comment.discussion.article_id), "headline", ""),
            "posted_at": comment.posted_at,
            "edited_at": comment.edited_at,
            "state": comment.get_state_display(),
            "held_for": comment.held_for,
            "words": comment.body,
            "spoiler": comment.spoiler_label,
            "likes": comment.like_count,
            "picked_at": comment.picked_at,
            "found": comment.signals,
            "earlier": [{"words": row.body, "until": row.until} for row in comment.wordings.all()],
            "decisions": [decision_of(row) for row in comment.decisions.all()],
        }
        for comment in comments
    ]


def votes_of(person: User) -> list[Data]:
    """What was chosen among the answers to stories' questions; of a story that is not on the site now, the number."""
    votes = list(Vote.objects.filter(person=person).select_related("discussion").order_by("at"))
    live = Edition.objects.live().filter(article__in=[vote.discussion.article_id for vote in votes]).as_cards()
    stories = {edition.article_id: edition.card for edition in live}
    return [vote_of(vote, stories.get(vote.discussion.article_id)) for vote in votes]


def read_by(person: User) -> QuerySet[ReadMark]:
    """How far discussions were read, by the number of the last comment."""
    return ReadMark.objects.filter(person=person).order_by("discussion")


def vote_of(vote: Vote, story: Card | None) -> Data:
    words = story.answers[vote.answer - 1] if story and vote.answer <= len(story.answers) else ""
    return {"story": story.headline if story else "", "number": vote.answer, "answer": words, "at": vote.at}


def report_of(row: Report) -> Data:
    told = {"reason": row.get_reason_display(), "words": row.text, "outcome": row.get_outcome_display()}
    return {"comment": url_of(row.comment_id), "at": row.at, **told}


def notification_of(row: Notification) -> Data:
    """What was told, without the words of others."""
    times = {"at": row.made_at, "seen_at": row.seen_at, "mailed_at": row.mailed_at}
    return {"what": row.get_kind_display(), "comment": url_of(row.comment_id), **times}


def decision_of(row: Decision) -> Data:
    """What was decided and why; by whom is not the author's to know."""
    reason = row.get_reason_display()
    return {"ruling": row.ruling, "reason": reason, "note": row.note, "at": row.at}


def sanction_of(row: Sanction) -> Data:
    """What was done about the person, why, and what both sides said."""
    names = "note began_at until acknowledged_at lifted_at appeal appealed_at answer answered_at".split()
    about = {"what": row.get_kind_display(), "reason": row.get_reason_display()}
    return about | {name: getattr(row, name) for name in names}


def exclusion_of(row: Exclusion) -> Data:
    """From where nobody may comment, as far as it is about the person's own address."""
    times = {"began_at": row.began_at, "until": row.until, "lifted_at": row.lifted_at}
    return {"of": row.domain or "your address", "reason": row.get_reason_display(), **times}


def calm_of(row: Calm) -> Data:
    """How the person calmed a discussion, and why."""
    about = {"discussion": discussion_url(row.discussion.article_id), "measure": row.get_measure_display()}
    return about | {name: getattr(row, name) for name in ("seconds", "reason", "began_at", "ends_at", "lifted_at")}


def discussion_url(article: int) -> str:
    return settings.SITE_URL + reverse("comments:discussion", args=[article])


def url_of(comment: int) -> str:
    return settings.SITE_URL + reverse("comments:comment", args=[comment])
