"""Remove files that no picture has: `manage.py sweep_files [--dry-run]`, once a day. Safe to repeat."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from ...images.sweeping import strays

SPARED = timedelta(days=1)


class Command(BaseCommand):
    help = "Remove what uploads left behind that were killed in the middle, and are a day old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only name them")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(strays(timezone.now() - SPARED))
        for name in tqdm(found, unit=" files", disable=None):
            if options["dry_run"]:
                self.stdout.write(name)
            else:
                default_storage.delete(name)
        self.stdout.write(f"{'would remove' if options['dry_run'] else 'removed'} {len(found)} files")
