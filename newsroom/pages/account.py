"""Your account: a reader's own comments and settings; and what sign-up refuses."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import ErrorNote
from comments.models import Comment, Mute, Report
from comments.reading import with_stories
from comments.workflow import Complaint
from newsroom.lib.http import personal_page
from newsroom.lib.people import signed_in

from .. import names, naming

OWN = 30
LONGEST_NAME = 254


class SignIn(AuthenticationBackend):
    """By e-mail or user name. The demo's people, whose password everybody knows, get in only under DEBUG."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person, or None; what is longer than any name or address is not looked for."""
        names = (credentials.get("username"), credentials.get("email"))
        if any(name and len(name) > LONGEST_NAME for name in names):
            return None
        return super().authenticate(request, **credentials)

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        return super().user_can_authenticate(user) and (settings.DEBUG or not getattr(user, "is_demo", False))


class AccountAdapter(DefaultAccountAdapter):
    """The paper's rules for names, and its words for the commonest mistake."""

    # One sentence for both, which does not tell whether there is such an account.
    error_messages = DefaultAccountAdapter.error_messages | dict.fromkeys(
        ("username_password_mismatch", "email_password_mismatch"),
        "The name or the password is not right. Look at both and try again.",
    )

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if not names.USERNAME.match(username):
            raise ValidationError("Use the letters a to z, numbers, “-” and “_”, beginning with a letter or number.")
        names.refuse_reserved(username)
        cleaned: str = super().clean_username(username, shallow)
        if not shallow:
            naming.refuse_taken(cleaned)
        return cleaned


@require_safe
@personal_page
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who one is here, where one may go, and one's own comments with what became of them."""
    own = Comment.objects.filter(author=signed_in(request)).select_related("discussion").prefetch_related("decisions")
    comments = with_stories(list(own.order_by("-posted_at")[:OWN]))
    to_moderators = Report.objects.filter(reporter=signed_in(request)).exclude(reason=Complaint.ERROR)
    told = {
        "has_sanctions": signed_in(request).sanctions.exists(),
        "mutes": Mute.objects.filter(person=signed_in(request)).select_related("muted"),
        "errors": ErrorNote.objects.filter(said_by=signed_in(request))[:OWN],
        "reports": to_moderators.order_by("-at")[:OWN],
    }
    return render(request, "account/home.html", {"comments": comments, **told})
