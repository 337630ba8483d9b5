"""Guests: who has no account says something, and the owner of the address confirms it before it is anywhere.

Nobody learns here which addresses are known: whatever is given, the answer is the same. The mail holds nothing that
was typed, so that nobody writes to others through it.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Edition
from comments import erasing, excluding, posting
from comments.looking import look_at
from comments.models import Comment, Exclusion, Guest, Sanction
from comments.models.discussion import CLOSED
from comments.screening import screen
from newsroom.lib import keys
from newsroom.lib.mail import letter
from newsroom.lib.tasks import enqueue

from . import naming, tries
from .letters import LINK_LASTS, normal
from .models import User

CONFIRM, ERASE = "newsroom.guests.confirm", "newsroom.guests.erase"
NO_GUESTS = "Guests cannot comment here any more. Who has an account can."


def ask(
    edition: Edition, words: posting.Words, *, name: str, email: str, key: uuid.UUID, sender: str, advised: bool = True
) -> None:
    """Keep what a guest wants to say, and mail the link that confirms it; the same key again changes nothing.

    Raises posting.Refused (Closed, Advised) or tries.TooMany.
    """
    words, email, discussion = posting.checked(words), normal(email), posting.open_for(edition)
    if not discussion.takes_guests:
        raise posting.Closed(NO_GUESTS)
    speaker = Guest(name=name, email=email)
    advice = screen(look_at(discussion, speaker, words.body)).advice
    if advice and not advised:
        raise posting.Advised(" ".join(advice))
    if not tries.may_mail("guest", sender=sender, address=email):
        return
    with transaction.atomic():
        given = vars(words) | {"name": name, "email": email, "asked_at": timezone.now()}
        row, is_new = Guest.objects.get_or_create(discussion=discussion, key=key, defaults=given)
        if is_new:
            enqueue(send_link, guest=row.pk)


def send_link(guest: int) -> None:
    """Mail the links by which a guest confirms and erases; none to whoever was shut out of their account.

    An address from which no comments are taken is told that instead.
    """
    row = Guest.objects.select_related("discussion").filter(pk=guest, comment=None).first()
    edition = live_of(row) if row else None
    if row is None or edition is None or is_shut_out(row.email):
        return
    if excluded := Exclusion.objects.standing().of(row.email).first():
        excluding.message(excluded, row).send()
        return
    context = {
        "headline": edition.card.headline,
        "confirm_url": url_of("confirm", row),
        "erase_url": url_of("erase", row),
    }
    letter(f"{settings.SITE_NAME}: Is this comment yours?", "guest", context, to=row.email).send()


def is_shut_out(email: str) -> bool:
    """Whether this is the address of an account that is closed, or may not post; a guest's name opens no way around."""
    barred = Exists(Sanction.objects.barring().filter(person=OuterRef("pk")))
    return User.objects.filter(Q(is_active=False) | barred, email__iexact=email).exists()


def live_of(row: Guest) -> Edition | None:
    """What readers have of the story that a guest speaks of, if they have it."""
    return Edition.objects.live().filter(article=row.discussion.article_id).as_cards().first()


def url_of(what: str, row: Guest) -> str:
    """The signed address at which a guest may "confirm" or "erase"; whoever holds it may."""
    return keys.url_of(f"guest_{what}", row.pk, salt={"confirm": CONFIRM, "erase": ERASE}[what])


def who_confirms(token: str) -> Guest | None:
    """Whose link this is, while it lasts."""
    return _holder(keys.value_of(token, salt=CONFIRM, lasts=LINK_LASTS))


def who_erases(token: str) -> Guest | None:
    """Whose link this is; it lasts for ever."""
    return _holder(keys.value_of(token, salt=ERASE))


def _holder(pk: Any) -> Guest | None:
    return Guest.objects.select_related("discussion", "comment").filter(pk=pk).first()


@transaction.atomic
def confirm(guest: Guest) -> Comment:
    """Take a guest's words into the discussion, as any others; a second press gives the same comment.

    Raises posting.Refused (Closed, TooFast), after which the words still wait.
    """
    row = Guest.objects.select_for_update(of=("self",)).select_related("discussion").filter(pk=guest.pk).first()
    edition = live_of(row) if row else None
    if row and row.comment:
        return row.comment
    if row is None or edition is None:
        raise posting.Closed(CLOSED)
    if excluded := Exclusion.objects.standing().of(row.email).first():
        raise posting.Barred(excluded.sentence)
    if not row.discussion.takes_guests or is_shut_out(row.email):
        raise posting.Closed(NO_GUESTS)
    try:
        naming.refuse_taken(row.name)
    except ValidationError as taken:
        raise posting.Refused("Somebody here has taken this name meanwhile. Write it anew under another.") from taken
    words = posting.Words(row.body, row.is_spoiler, row.spoiler_scope)
    comment = posting.post(edition, words, by=row, key=row.key)
    # The words are the comment's from now on: one place to erase.
    Guest.objects.filter(pk=row.pk).update(comment=comment, body="", spoiler_scope="")
    return comment


def erase(guest: Guest) -> None:
    """Erase what was said, with the name and the address. Safe to run twice."""
    erasing.forget(guest)


def forget() -> int:
    """Delete what nobody confirmed while the link lasted; returns how many."""
    deleted, _ = Guest.objects.filter(comment=None, asked_at__lt=timezone.now() - LINK_LASTS).delete()
    return deleted
