"""The demo paper: `manage.py demo` fills an empty database and prints how to get in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.models import Article

from ...demo.loading import PASSWORD, ROLES, load
from ...models import User

JOBS = {
    "rory": "writes, in the admin",
    "edith": "edits and publishes, in the admin",
    "mo": "moderates, at the desk",
    "rosa": "reads and comments",
}


class Command(BaseCommand):
    help = "Load the demo paper into an empty database. Only under DEBUG: its passwords are known to all."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are known to all: it is for DEBUG only.")
        if Article.objects.exists() or User.objects.exists():
            self.stdout.write("The database has a paper already; nothing loaded.")
        else:
            with transaction.atomic():
                load()
        if User.objects.filter(is_demo=True).exists():
            self.stdout.write(logins())


def logins() -> str:
    """The four people one can sign in as."""
    lines = [f"  {name:<6} {PASSWORD}   {JOBS[name]}" for name in ROLES]
    return "\n".join(["", "Sign in as (user name, password):", *lines, ""])
