"""Forget old plain saves: `manage.py prune_revisions --days 90 [--dry-run]`. Safe to repeat."""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from ...history import NEWEST_STAY, prunable, prune


class Command(BaseCommand):
    help = (
        "Remove plain saves older than so many days. Kept for ever: versions with a name, those submitted, "
        "published, corrected, restored, taken over, imported or set aside, those that a share link shows, "
        f"and the newest {NEWEST_STAY} of each story."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, required=True, help="how old a save must be to go")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["days"] <= 36500:
            raise CommandError("--days must be between 0 and 36500.")
        found = list(prunable(timezone.now() - timedelta(days=options["days"])))
        total = sum(len(keys) for _, keys in found)
        if options["dry_run"]:
            self.stdout.write(f"would remove {total} revisions of {len(found)} stories")
            return
        bar = tqdm(found, unit="story", file=sys.stderr, disable=not sys.stderr.isatty())
        removed = sum(prune(keys) for _, keys in bar)
        self.stdout.write(f"removed {removed} revisions of {len(found)} stories")
