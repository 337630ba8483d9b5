"""Writing the index of search: `manage.py rebuild_search`, for what it lacks, or with --all for every edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ...models import Edition
from ...search import index

BATCH = 50


class Command(BaseCommand):
    help = (
        "Write what search reads of stories. Readers may search meanwhile. Stop it when you like, and start it again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="Every edition, not only those it lacks.")
        parser.add_argument("--from", type=int, default=0, metavar="ID", help="With --all: go on where it was stopped.")

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.filter(past=False, pk__gte=options["from"]).order_by("pk")
        keys = list((editions if options["all"] else index.lacking()).values_list("pk", flat=True))
        written, dropped = 0, index.drop_past()
        with tqdm(total=len(keys), unit=" stories", disable=None) as bar:
            for start in range(0, len(keys), BATCH):
                batch = keys[start : start + BATCH]
                try:
                    written += index.rewrite(batch)
                except KeyboardInterrupt:
                    raise CommandError(f"Stopped after {written}. To go on: {going_on(batch[0], **options)}") from None
                bar.update(len(batch))
        if options["verbosity"]:
            self.stdout.write(f"wrote {written} editions, took out {dropped} that are past")


def going_on(first: int, **options: Any) -> str:
    """The command that does the rest."""
    return f"rebuild_search --all --from {first}" if options["all"] else "rebuild_search"
