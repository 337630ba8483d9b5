"""The housekeeping of stories: `manage.py tick`, from cron, as often as you like. Late without harm."""

from typing import Any

from django.core.management.base import BaseCommand

from ...images.library import lapse
from ...intervals import announce_due, mark_past
from ...mailing import send_notices
from ...presence import forget_gone
from ...readership import count
from ...trash import discard_old


class Command(BaseCommand):
    help = (
        "Announce editions whose moment has come, and mark those long ended; forget who left; delete what has lain "
        "in the trash for 30 days; count readings; mail staff what concerns them. Nobody waits for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = f"announced {announce_due()}, marked past {mark_past()}, forgot {forget_gone()}, withdrew {lapse()}"
        self.stdout.write(f"{done}, deleted {discard_old()}, counted {count()} readings")
        mailed, failed = send_notices()
        self.stdout.write(f"mailed {mailed}{f', could not mail {failed}' if failed else ''}")
