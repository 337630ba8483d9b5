"""The paper's housekeeping: `manage.py tick`, from cron, as often as you like. Late without harm."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import fronts
from articles.images.library import lapse
from articles.intervals import announce_due, mark_past
from articles.mailing import send_notices
from articles.presence import forget_gone
from articles.readership import count
from articles.search.index import complete
from articles.trash import discard_old
from comments import glancing, pace, sanctioning, tallying, telling, warming
from comments.mailing import send_notifications

from ... import farewells, guests, illegal, letters, tries
from ...counting import fill_fronts


class Command(BaseCommand):
    help = (
        "Announce editions whose moment has come, and mark those long ended; forget who left; delete what has lain "
        "in the trash for 30 days; count readings; list what is most read and most discussed; write what "
        "search lacks; find discussions that heat up; forget addresses that nobody confirmed; delete accounts a day "
        "after their owners asked; forget what people were told long ago; mail staff and readers what concerns them. "
        "Nobody waits for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = f"announced {announce_due()}, marked past {mark_past()}, forgot {forget_gone()}, withdrew {lapse()}"
        self.stdout.write(f"{done}, deleted {discard_old()}, counted {count()} readings, indexed {complete()}")
        self.stdout.write(f"listed {fill_fronts()} as most read or discussed, cleared {fronts.forget_over()} slots")
        tries.forget()
        pace.forget()
        glancing.forget()
        self.stdout.write(f"forgot {letters.forget()} addresses and {guests.forget()} words of guests")
        self.stdout.write(f"deleted {farewells.delete_due()} accounts, forgot {telling.forget()} notifications")
        self.stdout.write(f"told of {sanctioning.tell_all()} sanctions, counted {tallying.fill()} days of discussion")
        self.stdout.write(f"found {warming.look_for_heat()} discussions heating up")
        self.stdout.write(f"told of {illegal.tell_decided()} notices, forgot who sent {illegal.forget()}")
        for whom, (mailed, failed) in (("staff", send_notices()), ("readers", send_notifications())):
            self.stdout.write(f"{whom}: mailed {mailed}{f', could not mail {failed}' if failed else ''}")
