"""Keeping, changing and removing views of the list of stories."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from newsroom.lib.people import Person

from .models import SavedView

SHARE_RIGHT = "articles.edit_any_article"
MOST = 20


@transaction.atomic
def keep(query: str, *, name: str, is_shared: bool, by: Person) -> SavedView:
    """Keep a view under a name. Raises ValidationError with what is wrong, or PermissionDenied."""
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise ValidationError(f"You have {MOST} views already: remove one first.")
    if not query:
        raise ValidationError("This is the whole list, which has a tab already. Search, filter or sort first.")
    view = SavedView(owner=by, query=query)
    return _write(view, name=name, is_shared=is_shared, by=by)


@transaction.atomic
def change(view: SavedView, *, name: str, is_shared: bool, by: Person) -> SavedView:
    """Call one's own view something else, share it or no longer. Raises ValidationError or PermissionDenied."""
    _require_own(view, by)
    return _write(view, name=name, is_shared=is_shared, by=by)


def remove(view: SavedView, *, by: Person) -> None:
    """Remove one's own view. Raises PermissionDenied."""
    _require_own(view, by)
    view.delete()


def _write(view: SavedView, *, name: str, is_shared: bool, by: Person) -> SavedView:
    if is_shared and not view.is_shared and not by.has_perm(SHARE_RIGHT):
        raise PermissionDenied("You may not share views.")
    view.name, view.is_shared = " ".join(name.replace("\x00", "").split()), is_shared
    if not view.name:
        raise ValidationError("The view needs a name.")
    if SavedView.objects.filter(owner=by, name=view.name).exclude(pk=view.pk).exists():
        raise ValidationError(f"You have a view called “{view.name}” already.")
    view.full_clean(exclude=["owner"], validate_unique=False, validate_constraints=False)
    view.save()
    return view


def _require_own(view: SavedView, by: Person) -> None:
    if view.owner_id != by.pk:
        raise PermissionDenied("This view is somebody else's.")
