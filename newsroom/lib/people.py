"""Whoever acts, as verbs are told: the site's own kind of account, without importing the app that has it."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    # The name under which the type checker knows AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as Person
else:
    from django.contrib.auth.models import AbstractUser as Person

__all__ = ["Person", "signed_in"]


def signed_in(request: HttpRequest) -> Person:
    """Who makes this request. Raises PermissionDenied for somebody signed out."""
    if not request.user.is_authenticated:
        raise PermissionDenied("Sign in first.")
    return request.user
