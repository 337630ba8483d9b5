"""The housekeeping of editions: `manage.py tick`, from cron, as often as you like. Late without harm."""

from typing import Any

from django.core.management.base import BaseCommand

from ...intervals import announce_due, mark_past


class Command(BaseCommand):
    help = "Announce editions whose moment has come, and mark those long ended. Readers wait for neither."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"announced {announce_due()}, marked past {mark_past()}")
