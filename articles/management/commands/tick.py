"""The housekeeping of stories: `manage.py tick`, from cron, as often as you like. Late without harm."""

from typing import Any

from django.core.management.base import BaseCommand

from ...intervals import announce_due, mark_past
from ...presence import forget_gone


class Command(BaseCommand):
    help = "Announce editions whose moment has come, and mark those long ended; forget who left. Nobody waits for it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"announced {announce_due()}, marked past {mark_past()}, forgot {forget_gone()}")
