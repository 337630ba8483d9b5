"""Whoever acts, as verbs are told: the site's own kind of account, without importing the app that has it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest

if TYPE_CHECKING:
    # The name under which the type checker knows AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as Person
else:
    from django.contrib.auth.models import AbstractUser as Person

__all__ = ["Mail", "Person", "signed_in", "staff_with"]


def signed_in(request: HttpRequest) -> Person:
    """Who makes this request. Raises PermissionDenied for somebody signed out."""
    if not request.user.is_authenticated:
        raise PermissionDenied("Sign in first.")
    return request.user


def staff_with(right: str) -> "QuerySet[Person]":
    """Everybody who works here and holds a right, in one query."""
    people = get_user_model().objects.with_perm(right, backend=settings.AUTHENTICATION_BACKENDS[0])
    return people.filter(is_staff=True)


class Mail(TextChoices):
    """When a person wants mail: about the stories that concern them, or about what others say to them."""

    AT_ONCE = "at_once", "At once"
    HOURLY = "hourly", "Once an hour"
    DAILY = "daily", "Once a day, in the morning"
    NEVER = "never", "Never"
