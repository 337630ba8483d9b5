"""Readers' verb: choose the name that others see. Nobody takes one that looks like another's."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import shown
from articles.models import Author, ErrorNote
from comments import shown as talked
from newsroom.lib.facts import changed

from . import names
from .models import User

CHANGE_AFTER = timedelta(days=30)
TAKEN = "Somebody here has this name, or one that looks like it. Choose another."


def changes_again_at(person: User) -> datetime | None:
    """When the name may be changed, if not yet."""
    at = person.named_at and person.named_at + CHANGE_AFTER
    return at if at and at > timezone.now() else None


def refuse_taken(name: str, *, by: User | None = None) -> None:
    """Raises ValidationError for a name that looks like that of the paper, of an author, or of anybody else here."""
    wanted = names.key(name)
    people = User.objects.exclude(pk=by.pk) if by else User.objects.all()
    authors = Author.objects.exclude(user=by) if by else Author.objects.all()
    if wanted == names.key(settings.SITE_NAME):
        raise ValidationError("This name is kept for the paper. Choose another.")
    if people.filter(Q(name_key=wanted) | Q(username_key=wanted)).exists():
        raise ValidationError(TAKEN)
    real = (f"{first} {last}" for first, last in people.filter(is_staff=True).values_list("first_name", "last_name"))
    if wanted in map(names.key, [*authors.values_list("name", flat=True), *real]):
        raise ValidationError(TAKEN)


@transaction.atomic
def rename(person: User, name: str) -> User:
    """Give a person the name they chose, "" for the user name; the same one again changes nothing.

    Raises ValidationError for a name that is none or is taken, or when the last was chosen less than 30 days ago.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    name = names.tidy(name) if name.strip() else ""
    if name == row.display_name:
        return row
    if again := changes_again_at(row):
        raise ValidationError(f"You can change your name again on {timezone.localtime(again):%-d %B %Y}.")
    if name:
        refuse_taken(name, by=row)
    row.display_name, row.named_at = name, timezone.now()
    row.save(update_fields=["display_name", "named_at"])
    tell([row.pk])
    return row


def tell(people: Collection[int]) -> None:
    """Have readers' pages told that these are not who they were: a name, what they are here, or that they are."""
    thanked = ErrorNote.objects.filter(said_by__in=people, correction__isnull=False)
    corrected = {shown.corrected(article) for article in thanked.values_list("article", flat=True)}
    changed(*map(talked.person, people), *corrected, *({shown.CORRECTIONS} if corrected else ()))
