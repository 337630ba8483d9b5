"""Readers' verb: say how much one wants to hear of a discussion."""

from django.core.exceptions import PermissionDenied

from newsroom.lib.people import Person

from .models import Discussion, Following


def follow(discussion: Discussion, *, by: Person, mode: str) -> None:
    """Follow a discussion, mute it or, with "", hear what concerns oneself. Safe to run twice.

    Raises PermissionDenied, or ValueError for an unknown mode.
    """
    if not by.is_active:
        raise PermissionDenied("This account is closed.")
    if mode:
        Following.objects.update_or_create(person=by, discussion=discussion, defaults={"mode": Following.Mode(mode)})
    else:
        Following.objects.filter(person=by, discussion=discussion).delete()


def mode_of(discussion: Discussion, person: Person) -> str:
    """How much this person wants to hear: "follow", "mute", or "" for what concerns them."""
    rows = Following.objects.filter(discussion=discussion, person=person)
    return rows.values_list("mode", flat=True).first() or ""
